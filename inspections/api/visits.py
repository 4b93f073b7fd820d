"""Records of visits for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.api.shapes import RoundField
from inspections.field_filters import VisitFilter
from inspections.models import Round, Visit, VisitCheck, VisitPlan
from inspections.models.visits import MOST
from inspections.services import visits as services
from inspections.workflow.visits import VISIT
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    NumberField,
    ProseField,
    RegionField,
    ScopedRelatedField,
)
from povertyaudit.core.api.parsers import StrictJSONParser
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.uploads import MULTIPART, with_files
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW_VISIT = {
    "region": "990101101000", "visited_on": "2026-03-04", "kind": "household", "place_text": "镇政府驻地",
    "households": 6, "talks": 8, "documents": 2, "talked_to": "农户代表、村组干部",
    "notes": "到户产业补助已经发放，两户反映没有收到通知。", "submission": "demo-visit-1",
}  # fmt: skip


class CheckSerializer(serializers.ModelSerializer[VisitCheck]):
    """Whether somebody who serves in the village was there."""

    person = serializers.CharField(source="person.public_id", read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = VisitCheck
        fields = ("person", "name", "found")


class VisitSerializer(RecordSerializer):
    """A visit. Photos are attachments of kind `photo`, without metadata but with the time they were taken."""

    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    plan = serializers.CharField(source="plan.public_id", read_only=True, default=None)
    round = serializers.CharField(source="round.public_id", read_only=True, default=None)
    region_name = serializers.CharField(source="region.path_name", read_only=True)
    recorded_by = serializers.CharField(source="recorded_by.display_name", read_only=True)
    checks = CheckSerializer(many=True, read_only=True)

    class Meta:
        model = Visit
        fields = (
            *RecordSerializer.COMMON, "kind", "kind_display", "plan", "round", "region_name", "place_text", "visited_on",
            "latitude", "longitude", "doubts", "talked_to", "households", "talks", "documents", "calls", "notes",
            "recorded_by", "checks",
        )  # fmt: skip


class PlanField(ScopedRelatedField):
    """A plan of visits by its id or number."""


class VisitFieldsShape(NoteShape):
    kind = serializers.ChoiceField(
        choices=Visit.Kind.choices, required=False, help_text="走访方式，登记时不填为入户走访"
    )
    region = RegionField(help_text="地点的 12 位代码")
    place_text = LineField(required=False, allow_blank=True, max_length=200, help_text="具体地点")
    visited_on = DayField(help_text="走访日期")
    talked_to = ProseField(required=False, allow_blank=True, max_length=2000, help_text="走访对象")
    households = NumberField(required=False, max_value=MOST, help_text="入户数")
    talks = NumberField(required=False, max_value=MOST, help_text="谈话人次")
    documents = NumberField(required=False, max_value=MOST, help_text="查阅资料份数")
    calls = NumberField(required=False, max_value=MOST, help_text="电话抽查次数")
    notes = ProseField(required=False, allow_blank=True, max_length=20_000, help_text="走访情况")
    latitude = serializers.DecimalField(
        9, 6, min_value=-90, max_value=90, required=False, allow_null=True, help_text="纬度"
    )
    longitude = serializers.DecimalField(
        9, 6, min_value=-180, max_value=180, required=False, allow_null=True, help_text="经度"
    )
    confirmed = serializers.BooleanField(required=False, default=False, help_text="疑点已核对")


class CheckShape(Shape):
    name = LineField(max_length=60, help_text="驻村人员姓名")
    found = serializers.ChoiceField(choices=VisitCheck.Found.choices, help_text="在岗情况")


class VisitShape(VisitFieldsShape):
    submission = CodeField(
        required=False,
        allow_blank=True,
        max_length=40,
        help_text="提交标识，由提交方产生；重复提交得到同一条记录",
    )
    plan = PlanField(queryset=VisitPlan.objects.all(), required=False, allow_null=True, help_text="走访计划")
    round = RoundField(queryset=Round.objects.all(), required=False, allow_null=True, help_text="所属轮次")
    checks = serializers.ListField(child=CheckShape(), required=False, max_length=50, help_text="驻村抽查")
    photos = serializers.ListField(
        child=serializers.FileField(max_length=255),
        required=False,
        max_length=20,
        help_text="照片（multipart）",
    )


class VisitPhotosShape(NoteShape):
    photos = serializers.ListField(
        child=serializers.FileField(max_length=255), allow_empty=False, max_length=20
    )
    confirmed = serializers.BooleanField(required=False, default=False, help_text="疑点已核对")


class VisitViewSet(DossierMixin, ScopedViewSet):
    """走访记录。属于走访计划的，随计划可见，计划结束后编号。"""

    queryset = Visit.objects.for_list()
    serializer_class = VisitSerializer
    filterset_class = VisitFilter
    workflow = VISIT
    orderings = {**ScopedViewSet.orderings, "visited_on": "visited_on"}  # noqa: RUF012 — as the base class has it

    def get_parsers(self) -> list[Any]:
        """A new visit may come with its photos."""
        if (getattr(self, "action_map", None) or {}).get("post") == "create":
            return [StrictJSONParser(), MultiPartParser()]
        return list(super().get_parsers())

    @write_schema(VisitShape, VisitSerializer, example=NEW_VISIT, status=201)
    def create(self, request: Request) -> Response:
        """登记走访。同一 `submission` 再次提交，答复第一次的记录。"""
        return self.make(services.record, VisitShape)

    @verb(
        VisitFieldsShape,
        VisitSerializer,
        example={"region": "990101101000", "visited_on": "2026-03-04", "talks": 9},
    )
    def amend(self, request: Request, id: str) -> Response:
        """修改（登记人）。"""
        return self.act(services.amend, VisitFieldsShape)

    @with_files
    @verb({MULTIPART: VisitPhotosShape}, VisitSerializer)
    def add_photos(self, request: Request, id: str) -> Response:
        """补充照片（multipart）；已经有的不重复保存。"""
        return self.act(services.add_photos, VisitPhotosShape)

    @verb(NoteShape, VisitSerializer, example={"note": "重复登记。"})
    def withdraw(self, request: Request, id: str) -> Response:
        """作废（登记人），写明理由。"""
        return self.act(services.withdraw, NoteShape)
