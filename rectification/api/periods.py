"""整改定期报告 for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import NumberField, ProseField, TermField
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from rectification.api.part_ledgers import PERIOD_REPORT_COLUMNS
from rectification.api.shapes import ReasonShape
from rectification.forms.periods import LONG
from rectification.models import FigureKind, PeriodFigure, PeriodReport
from rectification.period_filters import PeriodReportFilter
from rectification.services import periods
from rectification.services.period_returns import send_back
from rectification.workflow.periods import PERIOD

FILLED = {
    "text": "已完成 126 户兑付，剩余 4 户正在核对。",
    "figures": [{"kind": "repaid", "value": 386000}, {"kind": "visited", "value": 130}],
}  # fmt: skip


class PeriodFigureSerializer(serializers.ModelSerializer[PeriodFigure]):
    """One figure: whole units of its kind, in total since the item began."""

    kind = serializers.CharField(source="kind.code", read_only=True)
    kind_display = serializers.CharField(source="kind.name", read_only=True)

    class Meta:
        model = PeriodFigure
        fields = ("kind", "kind_display", "value")


class PeriodReportSerializer(RecordSerializer):
    """A report of one item for one period."""

    item = serializers.CharField(source="item.public_id", read_only=True)
    item_number = serializers.CharField(source="item.number", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    cadence_display = serializers.CharField(source="get_cadence_display", read_only=True)
    filled_by = serializers.CharField(source="filled_by.display_name", read_only=True, default=None)
    signed_by = serializers.CharField(source="signed_by.display_name", read_only=True, default=None)
    figures = PeriodFigureSerializer(many=True, read_only=True)

    class Meta:
        model = PeriodReport
        fields = (
            *RecordSerializer.COMMON, "title", "item", "item_number", "unit", "unit_name", "cadence", "cadence_display",
            "first_day", "last_day", "due_on", "text", "unchanged", "unchanged_reason", "filled_by", "filled_on",
            "signed_by", "signed_on", "returned_reason", "figures",
        )  # fmt: skip


class FigureShape(Shape):
    kind = TermField(queryset=FigureKind.objects.all(), help_text="指标代码，见 terms/")
    value = NumberField(min_value=0, max_value=periods.MOST, help_text="自整改以来累计")


class FillShape(NoteShape):
    text = ProseField(required=False, allow_blank=True, max_length=LONG, help_text="本期进展情况")
    figures = serializers.ListField(
        child=FigureShape(), required=False, max_length=100, help_text="不填为与上期相同"
    )
    unchanged = serializers.BooleanField(required=False, default=False, help_text="本期无变化")
    unchanged_reason = ProseField(required=False, allow_blank=True, max_length=2000, help_text="无变化的理由")


class PeriodReportViewSet(DossierMixin, LedgerMixin, ScopedViewSet):
    """整改定期报告：到期自动生成，主责单位填报，主要负责人签报。"""

    queryset = PeriodReport.objects.for_page()
    serializer_class: Any = PeriodReportSerializer
    filterset_class = PeriodReportFilter
    ledger_columns, ledger_name = PERIOD_REPORT_COLUMNS, "period-reports"
    workflow = PERIOD
    orderings = {**ScopedViewSet.orderings, "due_on": "due_on", "last_day": "last_day"}  # noqa: RUF012 — as the base class has it

    @verb(FillShape, PeriodReportSerializer, example=FILLED)
    def fill(self, request: Request, id: str) -> Response:
        """填报，签报以前可以再填。"""
        return self.act(periods.fill, FillShape)

    @verb(NoteShape, PeriodReportSerializer, example={"note": "情况属实。"})
    def sign(self, request: Request, id: str) -> Response:
        """签报（主责单位主要负责人）。"""
        return self.act(periods.sign, NoteShape)

    @verb(ReasonShape, PeriodReportSerializer, example={"note": "没有写明兑付户数，请核实后重报。"})
    def send_back(self, request: Request, id: str) -> Response:
        """退回重填：签报以前由主责单位主要负责人退回，签报以后由督办单位退回（以后各期未签报的）。"""
        return self.act(send_back, ReasonShape)

    @verb(ReasonShape, PeriodReportSerializer, example={"note": "该事项本期已停工，不再要求。"})
    def waive(self, request: Request, id: str) -> Response:
        """不再要求这一期报告（督办单位）。"""
        return self.act(periods.waive, ReasonShape)
