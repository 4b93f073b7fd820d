"""Notices of rectification and the comments on them, for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.models import Lead
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from rectification.api import notice_shapes as shapes
from rectification.models import NoticeComment, NoticeLine, NoticeProblem, PublicNotice
from rectification.notice_filters import CommentFilter, NoticeFilter
from rectification.notice_querysets import shown_to
from rectification.services import commenting, notices
from rectification.workflow.notices import COMMENT, NOTICE

WAY = {
    "phone": "0990-5123450", "address": "青禾县城关镇人民路 1 号县委巡察办", "mailbox": "xunchaban@qinghe.example", "days": 15,
}  # fmt: skip
HEAD = {"title": "关于专项巡察整改进展情况的通报", "preface": "现将整改进展情况予以公布。", **WAY}
COMMENT_BODY = {"channel": "call", "text": "公布的到户奖补还有三户没有拿到，请再核对。"}


class NoticeLineSerializer(serializers.ModelSerializer[NoticeLine]):
    """（n）: a measure with what came of it."""

    class Meta:
        model = NoticeLine
        fields = ("no", "measure", "result")


class NoticeProblemSerializer(serializers.ModelSerializer[NoticeProblem]):
    """A problem as the public reads it, or on what ground it is kept back."""

    id = serializers.CharField(source="public_id", read_only=True)
    item = serializers.CharField(source="item.public_id", read_only=True)
    ground = serializers.CharField(source="ground.code", read_only=True, default=None)
    ground_display = serializers.CharField(source="ground.name", read_only=True, default=None)
    withheld_by = serializers.CharField(source="withheld_by.display_name", read_only=True, default=None)
    allowed_by = serializers.CharField(source="allowed_by.display_name", read_only=True, default=None)
    lines = NoticeLineSerializer(many=True, read_only=True)

    class Meta:
        model = NoticeProblem
        fields = (
            "id", "item", "ordinal", "problem_class", "text", "standing", "ground", "ground_display", "ground_note",
            "withheld_by", "allowed_by", "allowed_on", "lines",
        )  # fmt: skip


class NoticeSerializer(RecordSerializer):
    """A notice with the problems its reader may see."""

    round = serializers.CharField(source="round.public_id", read_only=True)
    round_name = serializers.CharField(source="round.name", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True, default=None)
    unit_name = serializers.CharField(source="unit.name", read_only=True, default=None)
    drafted_by = serializers.CharField(source="drafted_by.display_name", read_only=True)
    approved_by = serializers.CharField(source="approved_by.display_name", read_only=True, default=None)
    comment_count = serializers.IntegerField(read_only=True, help_text="收到的群众意见")
    problems = serializers.SerializerMethodField()

    class Meta:
        model = PublicNotice
        fields = (
            *RecordSerializer.COMMON, "title", "preface", "round", "round_name", "unit", "unit_name", "phone", "address",
            "mailbox", "days", "drafted_by", "approved_by", "approved_on", "published_on", "ends_on", "closed_on",
            "comment_count", "problems",
        )  # fmt: skip

    def get_problems(self, notice: PublicNotice) -> list[dict[str, Any]]:
        rows = shown_to(notice, self.context["request"].user)
        return list(NoticeProblemSerializer(rows, many=True).data)


class NoticeCommentSerializer(RecordSerializer):
    """A comment. Who made it stands in the vault of the petition and never here."""

    notice = serializers.CharField(source="notice.public_id", read_only=True)
    notice_number = serializers.CharField(source="notice.number", read_only=True)
    channel_display = serializers.CharField(source="get_channel_display", read_only=True)
    recorded_by = serializers.CharField(source="recorded_by.display_name", read_only=True)
    lead = serializers.SerializerMethodField(help_text="登记的信访件，能查看的人才有")

    class Meta:
        model = NoticeComment
        fields = (
            *RecordSerializer.COMMON, "notice", "notice_number", "received_on", "channel", "channel_display", "text",
            "recorded_by", "lead",
        )  # fmt: skip

    def get_lead(self, comment: NoticeComment) -> str | None:
        if comment.lead_id is None or self.parent is not None:
            return None
        seen = Lead.objects.visible_to(self.context["request"].user).filter(pk=comment.lead_id)
        return seen.values_list("public_id", flat=True).first()


class NoticeViewSet(DossierMixin, ScopedViewSet):
    """整改情况公开：从轮次的整改事项起草，另一人批准，公开、收集意见、结束。"""

    queryset = PublicNotice.objects.for_page()
    serializer_class = NoticeSerializer
    filterset_class = NoticeFilter
    workflow = NOTICE
    orderings = {**ScopedViewSet.orderings, "published_on": "published_on"}  # noqa: RUF012 — as the base class has it

    @write_schema(
        shapes.NoticeShape, NoticeSerializer, example={"round": "990101-XC-2026-02", **HEAD}, status=201
    )
    def create(self, request: Request) -> Response:
        """起草整改情况公开（巡察办）：问题、措施和成效从整改事项取。"""
        return self.make(notices.draft, shapes.NoticeShape)

    @verb(shapes.NoticeHeadShape, NoticeSerializer, example=HEAD)
    def edit(self, request: Request, id: str) -> Response:
        """修改标题、开头语和意见反馈方式。"""
        return self.act(notices.edit, shapes.NoticeHeadShape)

    @verb(shapes.RewordShape, NoticeSerializer, example={
        "problem": "1", "text": "到户奖补资金拨付不及时。",
        "lines": [{"measure": "逐户核对，限期兑付。", "result": "已全部兑付到户。"}],
    })  # fmt: skip
    def reword(self, request: Request, id: str) -> Response:
        """改写一个问题的公开文字。"""
        return self.act(notices.reword, shapes.RewordShape)

    @verb(shapes.ProblemShape, NoticeSerializer, example={"problem": "1"})
    def retake(self, request: Request, id: str) -> Response:
        """从整改事项重新取一个问题的文字。"""
        return self.act(notices.retake, shapes.ProblemShape)

    @verb(shapes.WithholdShape, NoticeSerializer, example={
        "problem": "2", "ground": "case_open", "ground_note": "相关问题正在初步核实，尚未公开。",
    })  # fmt: skip
    def withhold(self, request: Request, id: str) -> Response:
        """提出不公开一个问题。"""
        return self.act(notices.withhold, shapes.WithholdShape)

    @verb(shapes.ProblemShape, NoticeSerializer, example={"problem": "2"})
    def restore(self, request: Request, id: str) -> Response:
        """恢复公开。"""
        return self.act(notices.restore, shapes.ProblemShape)

    @verb(shapes.ProblemShape, NoticeSerializer, example={"problem": "2"})
    def allow_withholding(self, request: Request, id: str) -> Response:
        """同意不公开（领导，不能是提出人）。"""
        return self.act(notices.allow_withholding, shapes.ProblemShape)

    @verb(NoteShape, NoticeSerializer, example={})
    def submit(self, request: Request, id: str) -> Response:
        """报送审批。"""
        return self.act(notices.submit, NoteShape)

    @verb(shapes.NoticeReasonShape, NoticeSerializer, example={"note": "改为只公开一个单位，重新起草。"})
    def discard(self, request: Request, id: str) -> Response:
        """作废起草中的整改情况公开，写明理由。"""
        return self.act(notices.discard, shapes.NoticeReasonShape)

    @verb(NoteShape, NoticeSerializer, example={"note": "同意公开。"})
    def approve(self, request: Request, id: str) -> Response:
        """批准（领导，不能是起草人）。"""
        return self.act(notices.approve, NoteShape)

    @verb(shapes.NoticeReasonShape, NoticeSerializer, example={"note": "第一个问题的成效请写出数据。"})
    def send_back(self, request: Request, id: str) -> Response:
        """退回修改。"""
        return self.act(notices.send_back, shapes.NoticeReasonShape)

    @verb(NoteShape, NoticeSerializer, example={})
    def publish(self, request: Request, id: str) -> Response:
        """公开：编号，起算公开天数，生成公开稿。"""
        return self.act(notices.publish, NoteShape)

    @verb(shapes.NoticeCommentShape, NoticeSerializer, example=COMMENT_BODY)
    def record_comment(self, request: Request, id: str) -> Response:
        """记录群众意见，不记是谁提的。"""
        return self.act(commenting.record_comment, shapes.NoticeCommentShape)

    @verb(NoteShape, NoticeSerializer, example={})
    def close(self, request: Request, id: str) -> Response:
        """结束公开：期满，且群众意见都已登记信访件。"""
        return self.act(notices.close, NoteShape)


class NoticeCommentViewSet(DossierMixin, ScopedViewSet):
    """公开后收到的群众意见。"""

    queryset = NoticeComment.objects.for_list()
    serializer_class: Any = NoticeCommentSerializer
    filterset_class = CommentFilter
    workflow = COMMENT
    orderings = {**ScopedViewSet.orderings, "received_on": "received_on"}  # noqa: RUF012 — as the base class has it

    @verb(shapes.RegisterCommentShape, NoticeCommentSerializer, example={"kind": "suggestion"})
    def register(self, request: Request, id: str) -> Response:
        """登记信访件（信访室）：日期、方式和内容按记录，提意见人加密保存。"""
        return self.act(commenting.register, shapes.RegisterCommentShape)
