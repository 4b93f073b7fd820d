"""The rhythm of inspections for machines."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.api.shapes import RoundField
from inspections.models import Round, VisitPlan
from povertyaudit.assessment.api.serializers import opaque
from povertyaudit.assessment.duty_filters import DutyFilter
from povertyaudit.assessment.ledger import DUTY_COLUMNS
from povertyaudit.assessment.models.duties import DutyKind, DutyRule, InspectionDuty
from povertyaudit.assessment.services import duties
from povertyaudit.assessment.spans import PeriodKind
from povertyaudit.assessment.workflow.duties import INSPECTION_DUTY
from povertyaudit.core import terms
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    NumberField,
    RegionField,
    ScopedRelatedField,
    UnitField,
)
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.terms import TermFilterSet, TermSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet

RULE = {
    "code": "year_big", "name": "年度大督查", "region": "990101000000", "kind": "big", "cadence": "year",
    "office": "县委巡察办", "due_days": 330, "open_days": 60, "valid_from": "2028-01-01", "anchor": "县委工作要点",
}  # fmt: skip


class DutyRuleShape(NoteShape):
    code = CodeField(max_length=30, help_text="代码；现有规定的代码就是修改那条规定")
    name = LineField(max_length=50, help_text="名称")
    region = RegionField(help_text="地区的 12 位代码")
    kind = serializers.ChoiceField(choices=DutyKind.choices, help_text="督查种类")
    cadence = serializers.ChoiceField(choices=PeriodKind.choices, help_text="周期")
    office = UnitField(help_text="负责单位")
    due_days = NumberField(min_value=1, max_value=366, help_text="一期开始后几天内完成")
    open_days = NumberField(max_value=366, help_text="到期前几天列入")
    anchor = LineField(max_length=200, required=False, allow_blank=True, help_text="依据")
    valid_from = DayField(help_text="自哪一天起")


class FulfilShape(NoteShape):
    done_on = DayField(help_text="完成日期")
    round = RoundField(queryset=Round.objects.all(), required=False, allow_null=True, help_text="巡察轮次")
    plan = ScopedRelatedField(
        queryset=VisitPlan.objects.all(), required=False, allow_null=True, help_text="已结束的走访计划"
    )
    paper = LineField(max_length=200, required=False, allow_blank=True, help_text="文件名称和文号")


class DutyRuleSerializer(TermSerializer):
    """One rule from one day on."""

    region = opaque("region_id", help_text="12 位区划代码")
    kind = serializers.CharField(read_only=True)
    cadence = serializers.CharField(read_only=True)
    office = opaque("office.name")
    due_days = serializers.IntegerField(read_only=True)
    open_days = serializers.IntegerField(read_only=True)


class InspectionDutySerializer(RecordSerializer):
    """One 督查 that is owed; what closes it is named to those who may know of it, on the page."""

    title = serializers.CharField(read_only=True)
    rule = opaque("rule.code")
    unit = opaque("unit.name")
    done_by = opaque("done_by.display_name", default=None)

    class Meta:
        model = InspectionDuty
        fields = (
            *RecordSerializer.COMMON, "title", "rule", "kind", "unit", "first_day", "last_day", "due_on", "paper", "done_by",
            "done_on",
        )  # fmt: skip


class InspectionRuleViewSet(ScopedViewSet):
    """督查安排规定：提出和修改。确认、停用在“分类目录”（terms）。"""

    queryset = DutyRule.objects.for_list().select_related("office")
    serializer_class = DutyRuleSerializer
    filterset_class = TermFilterSet
    workflow = terms.TERM
    orderings: ClassVar[dict[str, str]] = {"order": "order", "code": "code"}
    default_ordering = "order"

    @extend_schema(operation_id="inspection_rules_list")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """各条规定，包括已停用的和待确认的（后者仅案管室和三员可见）。"""
        return super().list(request, *args, **kwargs)

    @write_schema(DutyRuleShape, DutyRuleSerializer, status=201, example=RULE)
    def create(self, request: Request) -> Response:
        """提出新规定，或者提出修改同一代码的规定（案管室）。"""
        return self.answer(duties.propose_rule(by=self.user, **self.body(DutyRuleShape)), status=201)


class InspectionDutyViewSet(DossierMixin, LedgerMixin, ScopedViewSet):
    """督查安排：到期自动列入，以轮次、走访计划或者文件为证登记完成。"""

    queryset = InspectionDuty.objects.for_list()
    serializer_class = InspectionDutySerializer
    filterset_class = DutyFilter
    ledger_columns, ledger_name = DUTY_COLUMNS, "inspection-duties"
    workflow = INSPECTION_DUTY
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "due_on": "due_on"}

    @verb(
        FulfilShape,
        InspectionDutySerializer,
        example={"done_on": "2026-11-20", "paper": "督查情况通报〔2026〕第 4 期"},
    )
    def fulfil(self, request: Request, id: str) -> Response:
        """登记完成：轮次、走访计划、文件至少一项。"""
        return self.act(duties.fulfil, FulfilShape)

    @verb(NoteShape, InspectionDutySerializer, example={"note": "并入省里统一组织的督查。"})
    def waive(self, request: Request, id: str) -> Response:
        """不再要求，写明理由（领导）。"""
        return self.act(duties.waive, NoteShape)
