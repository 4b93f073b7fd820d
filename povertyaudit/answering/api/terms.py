"""Terms for machines, and the question who answered for a place on a day."""

from typing import ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.answering.api import shapes
from povertyaudit.answering.filters import ResponsibilityFilter
from povertyaudit.answering.ledger import COLUMNS
from povertyaudit.answering.models import Responsibility, TermHandover
from povertyaudit.answering.services import handing
from povertyaudit.answering.services import terms as services
from povertyaudit.answering.workflow.responsibilities import RESPONSIBILITY
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW = {
    "capacity": "vice_head", "region": "990101102000", "name": "罗某", "post_title": "副镇长",
    "home_unit": "荻渚镇人民政府", "starts_on": "2026-01-05", "basis": "乡镇领导分工文件",
}  # fmt: skip
NEXT = {"name": "石某", "post_title": "科员", "home_unit": "县农业农村局", "starts_on": "2026-11-01"}


class TermHandoverSerializer(serializers.ModelSerializer[TermHandover]):
    """交接 at the end of a term; `taken_on` is empty until the other side confirmed it."""

    given_by = serializers.CharField(source="given_by.display_name", read_only=True)
    taken_by = serializers.CharField(
        source="taken_by.display_name", default=None, read_only=True, allow_null=True
    )

    class Meta:
        model = TermHandover
        fields = ("listed", "given_on", "given_by", "taken_on", "taken_by", "remarks")


class ResponsibilitySerializer(RecordSerializer):
    """One term. `level` 1 to 5 from the province to the village; `standing`: how it stands today, in words."""

    capacity = serializers.CharField(source="code", read_only=True)
    capacity_display = serializers.CharField(source="capacity.name", read_only=True)
    level = serializers.IntegerField(source="region.level", read_only=True)
    region_name = serializers.CharField(source="region.path_name", read_only=True)
    area = serializers.CharField(source="area.name", default=None, read_only=True, allow_null=True)
    user = serializers.CharField(
        source="user.public_id", default=None, read_only=True, allow_null=True, help_text="没有账号的为空"
    )
    name = serializers.CharField(source="called", read_only=True)
    home_unit = serializers.CharField(source="home_unit.name", default=None, read_only=True, allow_null=True)
    standing = serializers.CharField(read_only=True)
    predecessor = serializers.CharField(
        source="predecessor.public_id", default=None, read_only=True, allow_null=True
    )
    village_person = serializers.CharField(
        source="village_person.public_id", default=None, read_only=True, allow_null=True
    )
    handover = TermHandoverSerializer(default=None, read_only=True, allow_null=True)

    class Meta:
        model = Responsibility
        fields = (
            *RecordSerializer.COMMON, "capacity", "capacity_display", "level", "region_name", "area", "object_no", "user",
            "name", "post_title", "home_unit", "duty", "basis", "starts_on", "ends_on", "standing", "times_extended",
            "predecessor", "village_person", "handover",
        )  # fmt: skip


class ResponsibilityViewSet(DossierMixin, AttachMixin, LedgerMixin, ScopedViewSet):
    """责任人任职。region 和 on 一起写：这个地方这一天各级由谁负责，从省到村；只写 region：这个地区及其下级的任职。"""

    queryset = Responsibility.objects.for_page().in_order()
    serializer_class = ResponsibilitySerializer
    filterset_class = ResponsibilityFilter
    ledger_columns, ledger_name = COLUMNS, "responsibilities"
    workflow = RESPONSIBILITY
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings, "place": "place_order", "starts_on": "starts_on", "ends_on": "ends_on",
    }  # fmt: skip

    @property
    def default_ordering(self) -> str:  # type: ignore[override]
        return "place" if "on" in self.request.query_params else "-created_at"

    @write_schema(shapes.ResponsibilityShape, ResponsibilitySerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """登记任职。"""
        return self.make(services.register, shapes.ResponsibilityShape)

    @verb(shapes.TermPersonShape, ResponsibilitySerializer, example=NEXT)
    def succeed(self, request: Request, id: str) -> Response:
        """登记接任：前任的任期到前一天为止；答复是前任，接任的在列表里。"""
        return self.act(services.succeed, shapes.TermPersonShape)

    @verb(
        shapes.ExtendTermShape,
        ResponsibilitySerializer,
        example={"ends_on": "2027-12-31", "note": "任务未完。"},
    )
    def extend(self, request: Request, id: str) -> Response:
        """延期。"""
        return self.act(services.extend, shapes.ExtendTermShape)

    @verb(
        shapes.EndTermShape, ResponsibilitySerializer, example={"listed_checked": True, "note": "任期届满，单位另有任用。"}
    )  # fmt: skip
    def end(self, request: Request, id: str) -> Response:
        """结束任职。"""
        return self.act(services.end, shapes.EndTermShape)

    @verb(shapes.RecallTermShape, ResponsibilitySerializer, example={"note": "多次查到不在岗。"})
    def recall(self, request: Request, id: str) -> Response:
        """召回驻村人员；另派的登记接任。"""
        return self.act(services.recall, shapes.RecallTermShape)

    @verb(
        shapes.GiveShape, ResponsibilitySerializer,
        example={"listed": "帮扶台账 3 本；村集体账户复印件；未完成的安全饮水申报。"},
    )  # fmt: skip
    def give(self, request: Request, id: str) -> Response:
        """移交：交接清单。"""
        return self.act(handing.give, shapes.GiveShape)

    @verb(shapes.TakeShape, ResponsibilitySerializer, example={"remarks": "清单与实物相符。"})
    def take(self, request: Request, id: str) -> Response:
        """接收，由移交确认人以外的人确认。"""
        return self.act(handing.take, shapes.TakeShape)

    @verb(shapes.AmendTermShape, ResponsibilitySerializer, example={"duty": "产业帮扶"})
    def amend(self, request: Request, id: str) -> Response:
        """修改职责、依据、职务。"""
        return self.act(services.amend, shapes.AmendTermShape)

    @verb(NoteShape, ResponsibilitySerializer, example={"note": "人员登记错误。"})
    def void(self, request: Request, id: str) -> Response:
        """登记有误作废。"""
        return self.act(services.void, NoteShape)
