"""工作汇总 for machines: read the figures, correct the text, send."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.models import WorkSummary
from cases.services import summing
from cases.summary_filters import WorkSummaryFilter
from cases.workflow.summaries import SUMMARY
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import CodeField, ProseField
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet


class SummaryFigureSerializer(serializers.Serializer[Any]):
    """One figure as it was counted."""

    key = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    value = serializers.IntegerField(read_only=True)
    before = serializers.IntegerField(read_only=True, allow_null=True, help_text="上期")


class SummaryCellSerializer(serializers.Serializer[Any]):
    """One count of a body of the joint meeting."""

    key = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    value = serializers.IntegerField(read_only=True)


class SummaryReportSerializer(serializers.Serializer[Any]):
    """What a member reported itself."""

    handed_over = serializers.IntegerField(read_only=True, help_text="本月移交线索（件）")
    under_way = serializers.IntegerField(read_only=True, help_text="正在办理（件）")


class PartnerFigureSerializer(SummaryFigureSerializer):
    """A figure; of a monthly total of hand-overs with its counts and what the body reported (null: nothing)."""

    cells = SummaryCellSerializer(many=True, read_only=True, default=())
    report = SummaryReportSerializer(read_only=True, allow_null=True, default=None)


class WorkSummarySerializer(RecordSerializer):
    """A summary of one period; `figures` as they stood at `counted_at`."""

    title = serializers.CharField(read_only=True)
    period_display = serializers.CharField(source="get_period_display", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True, default=None, help_text="通报部门")
    figures = PartnerFigureSerializer(many=True, read_only=True)
    sent_by = serializers.CharField(source="sent_by.display_name", read_only=True, default=None)

    class Meta:
        model = WorkSummary
        fields = (
            *RecordSerializer.COMMON, "title", "period", "period_display", "first_day", "last_day", "unit", "document_number",
            "counted_at",
            "figures", "text", "sent_on", "sent_by",
        )  # fmt: skip


class SummaryTextShape(NoteShape):
    text = ProseField(help_text="正文")


class TellShape(NoteShape):
    document_number = CodeField(max_length=60, help_text="通报的文号")


class WorkSummaryViewSet(DossierMixin, ScopedViewSet):
    """工作汇总：周汇总、月排查、季分析、部门移送汇总、处分宣布情况报告和办结情况通报，由系统生成草稿，案管室报送；领导只看已报送的。"""

    queryset = WorkSummary.objects.for_list()
    serializer_class = WorkSummarySerializer
    filterset_class = WorkSummaryFilter
    workflow = SUMMARY
    orderings = {**ScopedViewSet.orderings, "last_day": "last_day"}  # noqa: RUF012 — as the base class has it

    @verb(SummaryTextShape, WorkSummarySerializer, example={"text": "本期新登记线索有所下降，办结进度正常。"})
    def amend(self, request: Request, id: str) -> Response:
        """修改文字（案管室，报送前）。"""
        return self.act(summing.amend, SummaryTextShape)

    @verb(NoteShape, WorkSummarySerializer, example={})
    def recount(self, request: Request, id: str) -> Response:
        """重新统计（案管室，报送前）：数据和文字都换成现在的。"""
        return self.act(summing.recount, NoteShape)

    @verb(NoteShape, WorkSummarySerializer, example={"note": "已核对。"})
    def send(self, request: Request, id: str) -> Response:
        """报送（案管室）：此后数据和文字不再变化。"""
        return self.act(summing.send, NoteShape)

    @verb(TellShape, WorkSummarySerializer, example={"document_number": "青纪监一〔2026〕8 号"})
    def tell(self, request: Request, id: str) -> Response:
        """通报信访部门（承办部门的办结情况通报）：此后数据和文字不再变化，下一次的期限从这一天起算。"""
        return self.act(summing.tell, TellShape)
