"""Papers of rounds for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inspections import services
from inspections.api.opinions import InspectionReasonShape
from inspections.api.shapes import RoundField
from inspections.models import PaperStep, Round, RoundPaper
from inspections.opinion_filters import PaperFilter
from inspections.workflow.papers import PAPER
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import DayField, LineField, ProseField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment

NEW = {
    "round": "第十二届县委第七轮巡察", "kind": "minutes", "title": "组办会商纪要（第一次）", "participants": "巡察一组、巡察办",
    "text": "就三个问题的定性进行会商，同意写入报告。",
}  # fmt: skip
HEARD = {
    "presided_by": "县委巡察工作领导小组组长",
    "opinion": "同意报告，补充数据后报书记专题会。",
}


class PaperStepSerializer(serializers.ModelSerializer[PaperStep]):
    """One hearing of a report."""

    stage_display = serializers.CharField(source="get_stage_display", read_only=True)
    attachment = serializers.CharField(source="attachment.public_id", read_only=True, default=None)

    class Meta:
        model = PaperStep
        fields = ("stage", "stage_display", "held_on", "presided_by", "opinion", "attachment")


class PaperSerializer(RecordSerializer):
    """A paper of a round; it bears no register number."""

    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    round = serializers.CharField(source="round.public_id", read_only=True)
    round_name = serializers.CharField(source="round.name", read_only=True)
    recorded_by = serializers.CharField(source="recorded_by.display_name", read_only=True)
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="向书记专题会报告的期限")
    steps = PaperStepSerializer(many=True, read_only=True)

    class Meta:
        model = RoundPaper
        fields = (
            *RecordSerializer.COMMON, "kind", "kind_display", "round", "round_name", "title", "document", "dated",
            "participants", "text", "recorded_by", "due_on", "steps",
        )  # fmt: skip


class AmendPaperShape(NoteShape):
    title = LineField(max_length=200, required=False, help_text="标题")
    document = LineField(max_length=60, required=False, allow_blank=True, help_text="文号")
    dated = DayField(required=False, help_text="日期")
    participants = LineField(max_length=500, required=False, allow_blank=True, help_text="参加人员")
    text = ProseField(max_length=20000, required=False, allow_blank=True, help_text="内容")


class PaperShape(NoteShape):
    round = RoundField(queryset=Round.objects.all(), help_text="轮次：标识、编号或者名称")
    kind = serializers.ChoiceField(choices=RoundPaper.Kind.choices, help_text="文书类别")
    title = LineField(max_length=200, help_text="标题")
    document = LineField(max_length=60, required=False, allow_blank=True, help_text="文号")
    dated = DayField(required=False, allow_null=True, help_text="日期，不填为今天")
    participants = LineField(
        max_length=500, required=False, allow_blank=True, help_text="参加人员，会商纪要必填"
    )
    text = ProseField(max_length=20000, required=False, allow_blank=True, help_text="内容")
    left_on = DayField(
        required=False, allow_null=True, help_text="巡察组离开日期：巡察报告的期限从这一天算起"
    )


class HearingShape(NoteShape):
    held_on = DayField(required=False, help_text="召开日期，不填为今天")
    presided_by = LineField(max_length=60, help_text="主持人")
    opinion = ProseField(max_length=4000, help_text="会议意见；会议文件用 attach 上传")


class PaperViewSet(DossierMixin, AttachMixin, ScopedViewSet):
    """轮次文书：巡察报告、专题报告、专题通报、组办会商纪要。"""

    queryset = RoundPaper.objects.for_list().prefetch_related("steps__attachment")
    serializer_class = PaperSerializer
    filterset_class = PaperFilter
    workflow = PAPER
    orderings = {**ScopedViewSet.orderings, "dated": "dated"}  # noqa: RUF012 — as the base class has it

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        said.pop("kind", None)
        return services.attach_paper(row, file=upload, **said)

    @write_schema(PaperShape, PaperSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """登记文书（巡察组、巡察办）。"""
        return self.make(services.record_paper, PaperShape)

    @verb(AmendPaperShape, PaperSerializer, example={"document": "县巡办〔2026〕7 号"})
    def amend(self, request: Request, id: str) -> Response:
        """修改尚未上报的文书。"""
        return self.act(services.amend_paper, AmendPaperShape)

    @verb(InspectionReasonShape, PaperSerializer, example={"note": "重复登记。"})
    def discard(self, request: Request, id: str) -> Response:
        """作废没有审议的报告，写明理由。"""
        return self.act(services.discard_paper, InspectionReasonShape)

    @verb(HearingShape, PaperSerializer, example=HEARD)
    def hear(self, request: Request, id: str) -> Response:
        """登记领导小组审议。"""
        return self.act(services.hear, HearingShape)

    @verb(HearingShape, PaperSerializer, example=HEARD | {"presided_by": "县委书记"}, path="decide")
    def decide_paper(self, request: Request, id: str) -> Response:
        """登记书记专题会听取。"""
        return self.act(services.decide_paper, HearingShape)
