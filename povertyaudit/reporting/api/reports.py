"""报表 over REST: read what was counted, amend the text, check, sign."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import CodeField, ProseField
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.reporting.filters import ReportFilter
from povertyaudit.reporting.models import Report, ReportFigure
from povertyaudit.reporting.services import reports
from povertyaudit.reporting.workflow import REPORT


class ReportFigureSerializer(serializers.ModelSerializer[ReportFigure]):
    """One figure as it was counted; money in 分."""

    class Meta:
        model = ReportFigure
        fields = ("code", "name", "unit", "counts", "value", "past_value", "year_value")


class FrozenReportSerializer(RecordSerializer):
    """A report; its figures as they stood at `counted_at`."""

    title = serializers.CharField(read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    round = serializers.CharField(
        source="round.public_id", read_only=True, default=None, help_text="巡察轮次"
    )
    figures = ReportFigureSerializer(many=True, read_only=True)
    checked_by = serializers.CharField(source="checked_by.display_name", read_only=True, default=None)
    signed_by = serializers.CharField(source="signed_by.display_name", read_only=True, default=None)

    class Meta:
        model = Report
        fields = (
            *RecordSerializer.COMMON, "title", "kind", "kind_display", "round", "first_day", "last_day", "counted_at", "figures",
            "text", "checked_by", "checked_on", "signed_by", "signed_on", "explained",
        )  # fmt: skip


class ReportTextShape(NoteShape):
    text = ProseField(help_text="文字说明")


class ReportCheckShape(NoteShape):
    explained = ProseField(
        required=False, allow_blank=True, max_length=2000, help_text="对数据检查提示的说明"
    )


class ReportLinesShape(NoteShape):
    lines = serializers.ListField(
        child=CodeField(max_length=40), max_length=100, help_text="指标代码，按顺序，见 indicators/"
    )


class ReportViewSet(DossierMixin, ScopedViewSet):
    """报表：旬报、月报、季度报表、年报和轮次总结，由系统生成草稿，一人核对、另一人签发；签发后不再变化。"""

    queryset = Report.objects.for_page()
    serializer_class = FrozenReportSerializer
    filterset_class = ReportFilter
    workflow = REPORT
    orderings = {**ScopedViewSet.orderings, "last_day": "last_day"}  # noqa: RUF012 — as the base class has it

    @verb(ReportTextShape, FrozenReportSerializer, example={"text": "本期各项工作平稳，没有需要说明的情况。"})
    def amend(self, request: Request, id: str) -> Response:
        """修改文字（案管室、巡察办，核对前）。"""
        return self.act(reports.amend, ReportTextShape)

    @verb(NoteShape, FrozenReportSerializer, example={})
    def recount(self, request: Request, id: str) -> Response:
        """重新统计（核对前）：数据和文字都换成现在的。"""
        return self.act(reports.recount, NoteShape)

    @verb(
        ReportLinesShape,
        FrozenReportSerializer,
        example={"lines": ["leads_received", "leads_concluded", "items_closed"]},
    )
    def set_lines(self, request: Request, id: str) -> Response:
        """调整指标（核对前）：本期列哪些指标，以后各期沿用。"""
        return self.act(reports.set_lines, ReportLinesShape)

    @verb(
        ReportCheckShape, FrozenReportSerializer, example={"explained": "提示的各处已与清单核对，情况属实。"}
    )
    def check(self, request: Request, id: str) -> Response:
        """核对：统计以后数据没有变化；数据检查的提示已更正或者说明。"""
        return self.act(reports.check, ReportCheckShape)

    @verb(NoteShape, FrozenReportSerializer, example={"note": "同意签发。"})
    def sign(self, request: Request, id: str) -> Response:
        """签发（领导，不是核对人本人）：此后数据和文字不再变化。"""
        return self.act(reports.sign, NoteShape)

    @verb(NoteShape, FrozenReportSerializer, example={"note": "请补充整改情况后再报。"})
    def send_back(self, request: Request, id: str) -> Response:
        """退回核对。"""
        return self.act(reports.send_back, NoteShape)
