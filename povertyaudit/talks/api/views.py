"""Talks for machines."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.attachments import FilesMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.uploads import with_files
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.talks.api import shapes
from povertyaudit.talks.filters import TalkFilter
from povertyaudit.talks.ledger import COLUMNS
from povertyaudit.talks.models import Talk
from povertyaudit.talks.services import following, linking, minutes, notices, opening
from povertyaudit.talks.workflow import TALK

NEW = {"unit": "荻渚镇人民政府", "reason": "项目进度连续两个月落后。", "note": "请做好准备。"}
NOTICE = {
    "talk_at": "2035-12-03T09:30:00+08:00", "place": "县纪委监委第一谈话室", "matters": "说明进度落后的原因和赶工措施。",
    "talker": "secretary", "recorder": "inspector2",
}  # fmt: skip
MINUTES = {
    "questions": "项目进度落后的原因。", "statement": "主体工程已完成八成。", "promise": "按期完工。",
    "measure": "每周调度一次。", "promise_due_on": "2035-12-31",
}  # fmt: skip


class TalkSerializer(RecordSerializer):
    """One talk with one person or one unit. Never a sanction, never counted as accountability."""

    title = serializers.CharField(read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    account = serializers.CharField(source="account.public_id", default=None, read_only=True)
    step = serializers.CharField(source="step.public_id", default=None, read_only=True)
    previous = serializers.CharField(source="previous.public_id", default=None, read_only=True)
    proposed_by = serializers.CharField(source="proposed_by.display_name", read_only=True)
    decided_by = serializers.CharField(source="decided_by.display_name", default=None, read_only=True)
    talker = serializers.CharField(source="talker.display_name", default=None, read_only=True)
    recorder = serializers.CharField(source="recorder.display_name", default=None, read_only=True)
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="最近的期限")
    group = serializers.CharField(read_only=True, help_text="集体约谈标识，单独约谈为空")

    class Meta:
        model = Talk
        fields = (
            *RecordSerializer.COMMON, "title", "origin", "origin_words", "step", "previous", "group", "kind", "unit",
            "unit_name", "account", "name", "post_text", "rank", "proposed_by", "decided_by", "decided_on", "talk_at",
            "place", "talker", "recorder", "attendees", "notified_at", "postponed", "received_at", "receipt_on_paper",
            "held_on", "promise_due_on", "talker_signed", "subject_signed", "answered_at", "outcome", "followed_on",
            "next_step", "due_on",
        )  # fmt: skip


class WholeTalkSerializer(TalkSerializer):
    """The talk itself, with what was said."""

    class Meta(TalkSerializer.Meta):
        fields = (
            *TalkSerializer.Meta.fields, "reason", "matters", "questions", "statement", "promise", "measure", "answer",
            "finding",
        )  # fmt: skip


class TalkViewSet(DossierMixin, FilesMixin, LedgerMixin, ScopedViewSet):
    """约谈：提出、批准、通知签收、约谈签字、跟踪承诺。约谈不是处分，不计入处分和问责。"""

    queryset = Talk.objects.for_page()
    serializer_class = TalkSerializer
    filterset_class = TalkFilter
    workflow = TALK
    ledger_columns, ledger_name = COLUMNS, "约谈台账"
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings, "talk_at": "talk_at", "held_on": "held_on", "due_on": "due_on",
    }  # fmt: skip

    def get_serializer_class(self) -> type[Any]:
        return TalkSerializer if self.action == "list" else WholeTalkSerializer

    @write_schema(shapes.TalkShape, WholeTalkSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """提出约谈；领导提出的当场决定。集体约谈返回第一件。"""
        return self.make(opening.propose, shapes.TalkShape)

    @verb(NoteShape, WholeTalkSerializer, example={"note": "同意。"})
    def approve(self, request: Request, id: str) -> Response:
        """批准；集体约谈一并批准。"""
        return self.act(notices.approve, NoteShape)

    @verb(shapes.TalkNoticeShape, WholeTalkSerializer, example=NOTICE)
    def issue(self, request: Request, id: str) -> Response:
        """发出通知；集体约谈一并通知。"""
        return self.act(notices.issue, shapes.TalkNoticeShape)

    @verb(
        shapes.TalkPostponeShape,
        WholeTalkSerializer,
        example={"talk_at": "2035-12-05T15:00:00+08:00", "note": "当日有防汛会议。"},
    )
    def postpone(self, request: Request, id: str) -> Response:
        """改期、换约谈人或者记录人，写明理由；须重新签收。"""
        return self.act(notices.postpone, shapes.TalkPostponeShape)

    @verb(NoteShape, WholeTalkSerializer, example={"note": "准时参加。"})
    def receive(self, request: Request, id: str) -> Response:
        """签收通知（约谈对象）。"""
        return self.act(notices.receive, NoteShape)

    @with_files
    @verb(shapes.TalkReceiptShape, WholeTalkSerializer)
    def record_receipt(self, request: Request, id: str) -> Response:
        """登记纸质送达，附送达回证。"""
        return self.act(notices.record_receipt, shapes.TalkReceiptShape)

    @with_files
    @verb(shapes.TalkMinutesShape, WholeTalkSerializer, example=MINUTES)
    def hold(self, request: Request, id: str) -> Response:
        """登记约谈纪要（记录人）。"""
        return self.act(minutes.hold, shapes.TalkMinutesShape)

    @with_files
    @verb(
        shapes.TalkRewriteShape,
        WholeTalkSerializer,
        example={**MINUTES, "promise": "提前十天完工。", "note": "约谈对象要求更正。"},
    )
    def rewrite(self, request: Request, id: str) -> Response:
        """更正纪要（记录人），原签署失效。"""
        return self.act(minutes.rewrite, shapes.TalkRewriteShape)

    @verb(NoteShape, WholeTalkSerializer, example={"note": "无异议。"})
    def sign(self, request: Request, id: str) -> Response:
        """签署纪要（约谈人、约谈对象）；签齐后进入跟踪，督办步骤自动登记结果。"""
        return self.act(minutes.sign, NoteShape)

    @with_files
    @verb(
        shapes.TalkPaperShape,
        WholeTalkSerializer,
        example={"how": "refused", "note": "当场宣读后拒绝签字，两名工作人员在场。"},
    )
    def sign_on_paper(self, request: Request, id: str) -> Response:
        """登记约谈对象纸面签字或者拒绝签字（记录人）。"""
        return self.act(minutes.sign_on_paper, shapes.TalkPaperShape)

    @with_files
    @verb(
        shapes.TalkAnswerShape,
        WholeTalkSerializer,
        example={"text": "已按承诺完成，资料附后。"},
        path="answer",
    )
    def report(self, request: Request, id: str) -> Response:
        """报告承诺落实情况（约谈对象）。"""
        return self.act(following.answer, shapes.TalkAnswerShape)

    @verb(
        shapes.TalkFollowUpShape,
        WholeTalkSerializer,
        example={"outcome": "not_kept", "finding": "现场查看，仍未开工。", "next_step": "press"},
    )
    def follow_up(self, request: Request, id: str) -> Response:
        """登记跟踪结果并办结；没有落实的写明后续办理。"""
        return self.act(following.follow_up, shapes.TalkFollowUpShape)

    @verb(shapes.TalkLinkShape, WholeTalkSerializer, example={"accountability": "990101-WZ-2026-001"})
    def link(self, request: Request, id: str) -> Response:
        """关联问责方式为约谈的问责，不重复计数。"""
        return self.act(linking.link, shapes.TalkLinkShape)

    @verb(NoteShape, WholeTalkSerializer, example={"note": "问题已经整改，不再约谈。"})
    def cancel(self, request: Request, id: str) -> Response:
        """取消，写明理由。"""
        return self.act(notices.cancel, NoteShape)
