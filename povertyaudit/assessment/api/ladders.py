"""Ladders and measures for machines."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.assessment.api.serializers import opaque
from povertyaudit.assessment.filters import MeasureFilter
from povertyaudit.assessment.ledger import MEASURE_COLUMNS
from povertyaudit.assessment.models import Addressed, AssessmentMeasure, Joined, LadderRule, MeasureKind
from povertyaudit.assessment.models.ladders import MOST_TIMES
from povertyaudit.assessment.services import ladders, measures
from povertyaudit.assessment.workflow.ladders import ASSESSMENT_MEASURE
from povertyaudit.core import terms
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import CodeField, DayField, LineField, NumberField, ProseField
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.terms import TermFilterSet, TermSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Role

RULE = {
    "code": "town_last_month", "name": "末位书面检查", "scheme_code": "town_quarter", "last_places": 1, "times": 1,
    "proposal": "self_criticism", "addressed": "heads", "valid_from": "2028-01-01", "anchor": "县委工作要点",
}  # fmt: skip


class LadderShape(NoteShape):
    code = CodeField(max_length=30, help_text="代码；现有规则的代码就是修改那条规则")
    name = LineField(max_length=50, help_text="规则名称")
    scheme_code = CodeField(max_length=30, help_text="考核办法的代码")
    below = NumberField(required=False, allow_null=True, min_value=1, max_value=120, help_text="得分低于")
    last_places = NumberField(
        required=False, allow_null=True, min_value=1, max_value=50, help_text="排名后几名"
    )
    joined = serializers.ChoiceField(
        choices=Joined.choices, required=False, help_text="两个条件怎样合用，不填为都符合"
    )
    missed = serializers.BooleanField(required=False, help_text="年度任务未完成")
    times = NumberField(min_value=1, max_value=MOST_TIMES, help_text="连续几期")
    proposal = serializers.ChoiceField(choices=MeasureKind.choices, help_text="建议")
    addressed = serializers.ChoiceField(choices=Addressed.choices, help_text="对象")
    decider = serializers.ChoiceField(
        choices=((Role.DEPUTY, "分管领导"), (Role.SECRETARY, "主要负责人")),
        required=False,
        help_text="由谁决定",
    )
    anchor = LineField(max_length=200, required=False, allow_blank=True, help_text="依据")
    valid_from = DayField(help_text="自哪一天起")


class OtherwiseShape(Shape):
    kind = serializers.ChoiceField(choices=MeasureKind.choices, help_text="决定")
    addressed = serializers.ChoiceField(choices=Addressed.choices, help_text="对象")
    note = ProseField(max_length=2000, help_text="理由")


class OutcomeShape(NoteShape):
    outcome = ProseField(max_length=2000, help_text="结果；组织调整建议写组织部门的决定")
    outcome_on = DayField(help_text="结果日期")


class LadderSerializer(TermSerializer):
    """One rung from one day on."""

    scheme_code = serializers.CharField(read_only=True)
    words = serializers.CharField(source="in_words", read_only=True, help_text="条件")
    proposal = serializers.CharField(read_only=True)
    addressed = serializers.CharField(read_only=True)
    decider = serializers.CharField(read_only=True)


class AssessmentMeasureSerializer(RecordSerializer):
    """What a rule proposes for one unit after one assessment, and what was decided."""

    assessment = opaque("assessment.public_id")
    sheet = opaque("sheet.public_id")
    unit = opaque("unit.name")
    rule = opaque("rule.code")
    words = opaque("rule.in_words", help_text="符合的规则")
    decided_by = opaque("decided_by.display_name", default=None)

    class Meta:
        model = AssessmentMeasure
        fields = (
            *RecordSerializer.COMMON, "assessment", "sheet", "unit", "rule", "words", "evidence", "proposal", "addressed",
            "decided_kind", "decided_addressed", "decided_by", "decided_on", "reason", "outcome", "outcome_on",
        )  # fmt: skip


class AssessmentLadderViewSet(ScopedViewSet):
    """考核结果运用规则：提出和修改。确认、停用在“分类目录”（terms）。"""

    queryset = LadderRule.objects.for_list()
    serializer_class = LadderSerializer
    filterset_class = TermFilterSet
    workflow = terms.TERM
    orderings: ClassVar[dict[str, str]] = {"order": "order", "code": "code"}
    default_ordering = "order"

    @extend_schema(operation_id="assessment_ladders_list")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """各条规则，包括已停用的和待确认的（后者仅案管室和三员可见）。"""
        return super().list(request, *args, **kwargs)

    @write_schema(LadderShape, LadderSerializer, status=201, example=RULE)
    def create(self, request: Request) -> Response:
        """提出新规则，或者提出修改同一代码的规则（案管室）。"""
        return self.answer(ladders.propose_rule(by=self.user, **self.body(LadderShape)), status=201)


class AssessmentMeasureViewSet(DossierMixin, LedgerMixin, ScopedViewSet):
    """考核结果运用：规则只提出建议，由领导决定，写明理由；组织调整是给组织部门的建议。"""

    queryset = AssessmentMeasure.objects.for_list()
    serializer_class = AssessmentMeasureSerializer
    filterset_class = MeasureFilter
    ledger_columns, ledger_name = MEASURE_COLUMNS, "assessment-measures"
    workflow = ASSESSMENT_MEASURE
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "decided_on": "decided_on"}

    @verb(NoteShape, AssessmentMeasureSerializer, example={"note": "情况属实，按规定办理。"})
    def agree(self, request: Request, id: str) -> Response:
        """同意建议，写明理由。"""
        return self.act(measures.agree, NoteShape)

    @verb(
        OtherwiseShape, AssessmentMeasureSerializer,
        example={"kind": "other", "addressed": "unit", "note": "新任不足一个季度，先提醒。"},
    )  # fmt: skip
    def decide_otherwise(self, request: Request, id: str) -> Response:
        """另作处理，写明理由。"""
        return self.act(measures.decide_otherwise, OtherwiseShape)

    @verb(NoteShape, AssessmentMeasureSerializer, example={"note": "受灾停工，情有可原。"})
    def decline(self, request: Request, id: str) -> Response:
        """不采取，写明理由。"""
        return self.act(measures.decline, NoteShape)

    @verb(
        OutcomeShape,
        AssessmentMeasureSerializer,
        example={"outcome": "检查已经交来。", "outcome_on": "2026-11-23"},
    )
    def record_outcome(self, request: Request, id: str) -> Response:
        """登记结果；组织调整建议登记组织部门的决定。"""
        return self.act(measures.record_outcome, OutcomeShape)
