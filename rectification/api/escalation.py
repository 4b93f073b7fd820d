"""督办 for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.attachments import FilesMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import DayField, LineField, ProseField
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.uploads import with_files
from povertyaudit.core.api.viewsets import ScopedViewSet
from rectification import escalation_pages as pages
from rectification.api.shapes import FilesField, ReasonShape
from rectification.escalation_filters import EscalationFilter
from rectification.forms.escalation import LONG
from rectification.models.escalation import Escalation
from rectification.services import escalation_letters as letters
from rectification.workflow.escalation import ESCALATION

WORDED = {"demand": "请主要负责人牵头督促，书面回复进展和完成时间。", "contact": "督办专班 0990-1234567"}


class EscalationSerializer(RecordSerializer):
    """One step of the ladder against one item."""

    item = serializers.CharField(source="item.public_id", read_only=True)
    item_number = serializers.CharField(source="item.number", read_only=True)
    step_display = serializers.CharField(source="get_step_display", read_only=True)
    rule = serializers.CharField(source="rule.public_id", read_only=True, help_text="依据的督办阶梯")
    holder_display = serializers.CharField(source="get_holder_display", read_only=True)
    channel_display = serializers.CharField(source="get_channel_display", read_only=True)
    why_codes = serializers.ListField(child=serializers.CharField(), read_only=True)
    addressee = serializers.CharField(source="addressee.public_id", read_only=True, default=None)
    addressee_name = serializers.CharField(source="addressee.name", read_only=True, default=None)
    signed_by = serializers.CharField(source="signed_by.display_name", read_only=True, default=None)
    received_by = serializers.CharField(source="received_by.display_name", read_only=True, default=None)
    replied_by = serializers.CharField(source="replied_by.display_name", read_only=True, default=None)
    decided_by = serializers.CharField(source="decided_by.display_name", read_only=True, default=None)

    class Meta:
        model = Escalation
        fields = (
            *RecordSerializer.COMMON, "title", "item", "item_number", "step", "step_display", "turn", "rule", "taken_on",
            "due_on", "measure_no", "days_late", "holder", "holder_display", "why", "why_codes", "channel",
            "channel_display", "addressee", "addressee_name", "demand", "contact", "letter_no", "signed_by", "sent_at",
            "reply_by", "received_by", "received_at", "reply", "replied_by", "replied_at", "reply_late", "decided_by",
            "decided_on", "outcome", "concluded_on",
        )  # fmt: skip


class ToldSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    role = serializers.CharField(source="as")
    channel = serializers.CharField()
    read_at = serializers.DateTimeField(allow_null=True)


class EscalationRecordSerializer(EscalationSerializer):
    """With who was told and when he read it."""

    told = serializers.SerializerMethodField()

    class Meta(EscalationSerializer.Meta):
        fields = (*EscalationSerializer.Meta.fields, "told")

    def get_told(self, row: Escalation) -> list[dict[str, Any]]:
        return [dict(one) for one in ToldSerializer(pages.told(row), many=True).data]


class LetterRewordShape(NoteShape):
    demand = ProseField(max_length=LONG, help_text="办理要求")
    contact = LineField(required=False, allow_blank=True, max_length=100, help_text="联系人和电话")


class LetterReplyShape(NoteShape):
    text = ProseField(max_length=LONG, help_text="整改进展、未完成的原因和完成时间")
    files = FilesField(required=False, max_length=20, help_text="附件（multipart，可多个）")


class StepConcludeShape(NoteShape):
    outcome = ProseField(max_length=LONG, help_text="办理结果")
    concluded_on = DayField(required=False, help_text="办理日期，不填为今天")


class EscalationViewSet(DossierMixin, FilesMixin, ScopedViewSet):
    """督办：按督办阶梯每天生成；函件由督办部门签发，收函单位签收、回复；约谈、通报、问责由领导决定。"""

    queryset = Escalation.objects.for_page()
    serializer_class: Any = EscalationSerializer
    filterset_class = EscalationFilter
    workflow = ESCALATION
    orderings = {**ScopedViewSet.orderings, "taken_on": "taken_on", "reply_by": "reply_by"}  # noqa: RUF012 — as the base class has it

    def get_serializer_class(self) -> Any:
        """One step with who was told; a list without."""
        return EscalationRecordSerializer if self.action == "retrieve" else EscalationSerializer

    @verb(NoteShape, EscalationSerializer, example={"note": "已核对，请按期回复。"})
    def send(self, request: Request, id: str) -> Response:
        """签发并发出函件。"""
        return self.act(letters.send, NoteShape)

    @verb(LetterRewordShape, EscalationSerializer, example=WORDED)
    def reword(self, request: Request, id: str) -> Response:
        """修改函稿的要求和联系人。"""
        return self.act(letters.reword, LetterRewordShape)

    @verb(ReasonShape, EscalationSerializer, example={"note": "已当面督促，本周内可以完成。"})
    def withhold(self, request: Request, id: str) -> Response:
        """不予发出；间隔期满仍超期的，再次生成。"""
        return self.act(letters.withhold, ReasonShape)

    @verb(NoteShape, EscalationSerializer, example={"note": "已收到。"})
    def receive(self, request: Request, id: str) -> Response:
        """签收（收函单位）。"""
        return self.act(letters.receive, NoteShape)

    @with_files
    @verb(
        LetterReplyShape,
        EscalationSerializer,
        example={"text": "已完成 18 户核实，余下 4 户 12 月 10 日前完成。"},
    )
    def reply(self, request: Request, id: str) -> Response:
        """回复（收函单位），可附文件；没有签收的同时签收。"""
        return self.act(letters.reply, LetterReplyShape)

    @verb(NoteShape, EscalationSerializer, example={"note": "同意，请分管领导主持。"})
    def decide(self, request: Request, id: str) -> Response:
        """同意约谈、通报或者问责（分管领导、主要负责人）。"""
        return self.act(letters.decide, NoteShape)

    @verb(ReasonShape, EscalationSerializer, example={"note": "先由分管领导到现场督促。"})
    def decline(self, request: Request, id: str) -> Response:
        """不同意；间隔期满仍超期的，再次提出。"""
        return self.act(letters.decline, ReasonShape)

    @verb(
        StepConcludeShape, EscalationSerializer, example={"outcome": "已约谈主要负责人，承诺十日内整改到位。"}
    )
    def conclude(self, request: Request, id: str) -> Response:
        """登记约谈、通报、问责的办理结果。"""
        return self.act(letters.conclude, StepConcludeShape)
