"""Commendations, plans and rules for machines."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.activities import cautions
from povertyaudit.activities.api import paper_shapes as shapes
from povertyaudit.activities.ledger import COMMENDATION_COLUMNS, REGULATION_COLUMNS
from povertyaudit.activities.models import Commendation, Regulation
from povertyaudit.activities.paper_filters import CommendationFilter, RegulationFilter
from povertyaudit.activities.services import commendations, regulations
from povertyaudit.activities.workflow.papers import COMMENDATION, REGULATION
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment

HONOUR = {
    "kind": "person", "unit": "荻渚镇人民政府", "person_name": "陶有禾", "honour": "脱贫攻坚先进个人", "body": "县委、县政府",
    "awarded_on": "2026-01-05", "document": "青发〔2026〕1号",
}  # fmt: skip
RULE = {
    "kind": "rules", "title": "村级财务管理办法（试行）", "issuer": "荻渚镇人民政府", "document": "荻政发〔2026〕3号", "valid_from": "2026-01-05",
}  # fmt: skip


class CommendationSerializer(RecordSerializer):
    """A commendation."""

    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = Commendation
        fields = (
            *RecordSerializer.COMMON, "kind", "unit", "unit_name", "person_name", "honour", "body", "level", "document",
            "awarded_on", "valid_until", "revoked_on",
        )  # fmt: skip


class WholeCommendationSerializer(CommendationSerializer):
    """The commendation itself. `cautions`: what the caller himself may know of matters against whom was honoured."""

    cautions = serializers.SerializerMethodField(help_text="需要核对的问题线索、处理结果：您能看到的")

    class Meta(CommendationSerializer.Meta):
        fields = (*CommendationSerializer.Meta.fields, "reason", "revoke_reason", "cautions")

    def get_cautions(self, row: Commendation) -> list[str]:
        return cautions.of(row, self.context["request"].user)


class RegulationSerializer(RecordSerializer):
    """A plan or rule, with the days it is in force."""

    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    force = serializers.CharField(read_only=True, help_text="施行情况")

    class Meta:
        model = Regulation
        fields = (
            *RecordSerializer.COMMON, "kind", "title", "document", "issuer", "unit", "unit_name", "level", "valid_from",
            "valid_to", "force", "reviewed_on",
        )  # fmt: skip


class WholeRegulationSerializer(RegulationSerializer):
    """The paper itself, with what it belongs to: as far as the caller may know of it."""

    master = serializers.SerializerMethodField(help_text="总方案编号")
    replaces = serializers.SerializerMethodField(help_text="代替的编号")
    replaced_by = serializers.SerializerMethodField(help_text="被代替为")
    item = serializers.SerializerMethodField(help_text="因哪个整改事项建立")

    class Meta(RegulationSerializer.Meta):
        fields = (*RegulationSerializer.Meta.fields, "summary", "master", "replaces", "replaced_by", "item")

    def _number(self, other: Any) -> str | None:
        if other is None:
            return None
        rows = type(other).objects.visible_to(self.context["request"].user)
        return str(other) if rows.filter(pk=other.pk).exists() else None

    def get_master(self, row: Regulation) -> str | None:
        return self._number(row.parent)

    def get_replaces(self, row: Regulation) -> str | None:
        return self._number(row.replaces)

    def get_replaced_by(self, row: Regulation) -> str | None:
        return self._number(getattr(row, "replaced_by", None))

    def get_item(self, row: Regulation) -> str | None:
        return self._number(row.item)


class CommendationViewSet(DossierMixin, AttachMixin, LedgerMixin, ScopedViewSet):
    """表彰：集体和个人。"""

    queryset = Commendation.objects.for_list()
    serializer_class = CommendationSerializer
    filterset_class = CommendationFilter
    ledger_columns, ledger_name = COMMENDATION_COLUMNS, "commendations"
    workflow = COMMENDATION
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "awarded_on": "awarded_on"}

    def get_serializer_class(self) -> type[Any]:
        return CommendationSerializer if self.action == "list" else WholeCommendationSerializer

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        said.pop("kind", None)
        done = commendations.attach(row, files=[upload], **said)
        found: Attachment = Attachment.objects.of(done).latest("pk")
        return found

    @write_schema(shapes.CommendationShape, WholeCommendationSerializer, example=HONOUR, status=201)
    def create(self, request: Request) -> Response:
        """登记表彰。"""
        return self.make(commendations.record, shapes.CommendationShape)

    @verb(shapes.CommendationEditShape, WholeCommendationSerializer, example={"document": "青发〔2026〕2号"})
    def edit(self, request: Request, id: str) -> Response:
        """修改；表彰对象不能修改。"""
        return self.act(commendations.edit, shapes.CommendationEditShape)

    @verb(NoteShape, WholeCommendationSerializer, example={"note": "事迹不实。"})
    def revoke(self, request: Request, id: str) -> Response:
        """撤销表彰，写明理由。"""
        return self.act(commendations.revoke, NoteShape)


class RegulationViewSet(DossierMixin, AttachMixin, LedgerMixin, ScopedViewSet):
    """方案制度：`on` 查哪一天施行的。"""

    queryset = Regulation.objects.for_list()
    serializer_class = RegulationSerializer
    filterset_class = RegulationFilter
    ledger_columns, ledger_name = REGULATION_COLUMNS, "regulations"
    workflow = REGULATION
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "valid_from": "valid_from"}

    def get_serializer_class(self) -> type[Any]:
        return RegulationSerializer if self.action == "list" else WholeRegulationSerializer

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        said.pop("kind", None)
        done = regulations.attach(row, files=[upload], **said)
        found: Attachment = Attachment.objects.of(done).latest("pk")
        return found

    @write_schema(shapes.RegulationShape, WholeRegulationSerializer, example=RULE, status=201)
    def create(self, request: Request) -> Response:
        """登记方案制度；`replaces` 的施行到新的施行前一天。"""
        return self.make(regulations.record, shapes.RegulationShape)

    @verb(shapes.RegulationEditShape, WholeRegulationSerializer, example={"summary": "规范村级财务收支。"})
    def edit(self, request: Request, id: str) -> Response:
        """修改登记错的。"""
        return self.act(regulations.edit, shapes.RegulationEditShape)

    @verb(NoteShape, WholeRegulationSerializer, example={"note": "符合现行政策，继续施行。"})
    def review(self, request: Request, id: str) -> Response:
        """登记复审意见，继续施行。"""
        return self.act(regulations.review, NoteShape)

    @verb(shapes.RepealShape, WholeRegulationSerializer, example={"note": "任务已经完成。"})
    def repeal(self, request: Request, id: str) -> Response:
        """废止，写明理由。"""
        return self.act(regulations.repeal, shapes.RepealShape)

    @verb(NoteShape, WholeRegulationSerializer, example={"note": "重复登记。"})
    def void(self, request: Request, id: str) -> Response:
        """作废登记错的。"""
        return self.act(regulations.void, NoteShape)
