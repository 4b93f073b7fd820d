"""Hotline calls and digests for machines."""

from typing import Any

from django.views.decorators.debug import sensitive_variables
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.shapes import calls as shapes
from cases.api.shapes.registering import RevealShape
from cases.call_filters import CallFilter, DigestFilter
from cases.models import CallDigest, DigestLine, HotlineCall, Instruction
from cases.services import calling, digesting
from cases.workflow.calls import CALL, DIGEST
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW_CALL = {
    "category": "subsidy_unpaid", "region": "990101102000", "title": "咨询危房改造补助为什么没有到账",
    "text": "来电人称验收已过三个月，补助仍未到账。", "caller": {"name": "周六", "phone": "0990-5123457"},
}  # fmt: skip
MAKE_LEAD = {
    "category": "favouritism",
    "subjects": [{"name": "吴某某", "unit_text": "荻渚镇", "post_text": "村主任", "kind": "village_cadre"}],
}


class HotlineCallSerializer(RecordSerializer):
    """A call. Who called stands in the vault and never here."""

    region_name = serializers.CharField(source="region.path_name", read_only=True)
    category = serializers.CharField(source="category.code", read_only=True)
    category_display = serializers.CharField(source="category.name", read_only=True)
    registering_unit = serializers.CharField(source="registering_unit.public_id", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True, default=None)
    unit_name = serializers.CharField(source="unit.name", read_only=True, default=None)
    lead = serializers.CharField(source="lead.public_id", read_only=True, default=None)
    lead_number = serializers.CharField(source="lead.number", read_only=True, default=None)
    answer_way_display = serializers.CharField(source="get_answer_way_display", read_only=True)
    answered_by = serializers.CharField(source="answered_by.display_name", read_only=True, default=None)
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="最早到期的期限")

    class Meta:
        model = HotlineCall
        fields = (
            *RecordSerializer.COMMON, "region_name", "received_at", "category", "category_display", "urgent", "title",
            "text", "registering_unit", "unit", "unit_name", "transferred_on", "signed_for_on", "reply_text",
            "replied_on", "lead", "lead_number", "answer_way", "answer_way_display", "answered_on", "answered_by",
            "answer_text", "closed_on", "due_on",
        )  # fmt: skip


class RevealedCallerSerializer(serializers.Serializer[Any]):
    """Shown once, kept nowhere, recorded."""

    id = serializers.CharField()
    caller = serializers.DictField(child=serializers.CharField())


class DigestLineSerializer(serializers.ModelSerializer[DigestLine]):
    """A call of a digest, and how it stood when the digest was made."""

    call = serializers.CharField(source="call.public_id", read_only=True)
    number = serializers.CharField(source="call.number", read_only=True)
    title = serializers.CharField(source="call.title", read_only=True)
    text = serializers.CharField(source="call.text", read_only=True)

    class Meta:
        model = DigestLine
        fields = ("ordinal", "call", "number", "title", "text", "standing", "answered")


class InstructionSerializer(serializers.ModelSerializer[Instruction]):
    """An instruction: who answers by when, and the answer."""

    id = serializers.CharField(source="public_id", read_only=True)
    call = serializers.CharField(source="call.public_id", read_only=True, default=None)
    leader = serializers.CharField(source="leader.display_name", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    answered_by = serializers.CharField(source="answered_by.display_name", read_only=True, default=None)

    class Meta:
        model = Instruction
        fields = (
            "id", "call", "leader", "text", "given_at", "unit", "unit_name", "due_on", "answered_by", "answered_on",
            "answer_text",
        )  # fmt: skip


class CallDigestSerializer(RecordSerializer):
    """A digest with its calls and the leaders' instructions."""

    desk_unit = serializers.CharField(source="desk_unit.public_id", read_only=True)
    lines = DigestLineSerializer(many=True, read_only=True)
    instructions = InstructionSerializer(many=True, read_only=True)
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="最早到期的批示")

    class Meta:
        model = CallDigest
        fields = (
            *RecordSerializer.COMMON, "issue", "made_for", "desk_unit", "due_on", "lines", "instructions",
        )  # fmt: skip


class HotlineCallViewSet(DossierMixin, ScopedViewSet):
    """扶贫专线来电：登记、转办、回复来电人。来电人信息只进保密库，不再返回。"""

    queryset = HotlineCall.objects.for_list()
    serializer_class = HotlineCallSerializer
    filterset_class = CallFilter
    workflow = CALL
    orderings = {**ScopedViewSet.orderings, "received_at": "received_at", "due_on": "due_on"}  # noqa: RUF012 — as the base class has it

    @sensitive_variables()
    @write_schema(shapes.CallShape, HotlineCallSerializer, example=NEW_CALL, status=201)
    def create(self, request: Request) -> Response:
        """登记来电（信访室）。"""
        return self.make(calling.register, shapes.CallShape)

    @verb(
        shapes.TransferShape,
        HotlineCallSerializer,
        example={"unit": "县民政局", "note": "请核实后三日内答复。"},
    )
    def transfer(self, request: Request, id: str) -> Response:
        """转办，限期办理。"""
        return self.act(calling.transfer, shapes.TransferShape)

    @verb(NoteShape, HotlineCallSerializer, example={})
    def sign_for(self, request: Request, id: str) -> Response:
        """签收转办的来电（办理单位）。"""
        return self.act(calling.sign_for, NoteShape)

    @verb(shapes.CallReasonShape, HotlineCallSerializer, example={"note": "不属于本单位职责。"})
    def hand_back(self, request: Request, id: str) -> Response:
        """退回信访室。"""
        return self.act(calling.hand_back, shapes.CallReasonShape)

    @verb(shapes.CallReplyShape, HotlineCallSerializer, example={"reply_text": "补助已于本周发放到户。"})
    def reply(self, request: Request, id: str) -> Response:
        """报告办理情况（办理单位）。"""
        return self.act(calling.reply, shapes.CallReplyShape)

    @verb(
        shapes.AnswerShape,
        HotlineCallSerializer,
        example={"answer_way": "phone", "answer_text": "已告知政策依据和发放时间，来电人表示满意。"},
        path="answer",
    )
    def answer_caller(self, request: Request, id: str) -> Response:
        """登记回复来电人：方式、日期、内容。"""
        return self.act(calling.answer, shapes.AnswerShape)

    @verb(shapes.MakeLeadShape, HotlineCallSerializer, example=MAKE_LEAD)
    def make_lead(self, request: Request, id: str) -> Response:
        """转为问题线索；来电人信息在保密库中随件移交。"""
        return self.act(calling.make_lead, shapes.MakeLeadShape)

    @verb(NoteShape, HotlineCallSerializer, example={})
    def close(self, request: Request, id: str) -> Response:
        """办结（已回复来电人的）。"""
        return self.act(calling.close, NoteShape)

    @sensitive_variables()
    @verb(
        shapes.CallerShape,
        HotlineCallSerializer,
        example={"caller": {"name": "周六", "phone": "0990-5123457"}},
    )
    def note_caller(self, request: Request, id: str) -> Response:
        """登记来电人信息（登记单位）：加密保存，不再返回。"""
        calling.note_caller(self.get_object(), by=self.user, **self.body(shapes.CallerShape))
        return self.answer(self.get_object())

    @sensitive_variables()
    @verb(RevealShape, RevealedCallerSerializer, example={"reason": "回复来电人"})
    def reveal_caller(self, request: Request, id: str) -> Response:
        """查看来电人（登记单位）：每次查看都有记录。"""
        call = self.get_object()
        identity = calling.reveal_caller(call, by=self.user, **self.body(RevealShape))
        return Response({"id": call.public_id, "caller": identity}, headers={"Cache-Control": "no-store"})


class CallDigestViewSet(DossierMixin, ScopedViewSet):
    """专线快报：到规定时间自动汇编；领导批示，落实部门报告。"""

    queryset = CallDigest.objects.for_list()
    serializer_class = CallDigestSerializer
    filterset_class = DigestFilter
    workflow = DIGEST
    orderings = {**ScopedViewSet.orderings, "made_for": "made_for", "due_on": "due_on"}  # noqa: RUF012 — as the base class has it

    def get_queryset(self) -> Any:
        """With what of each the caller may read."""
        return super().get_queryset().parts_for(self.user)

    @write_schema(NoteShape, CallDigestSerializer, example={}, status=201)
    def create(self, request: Request) -> Response:
        """把上一期之后的来电汇编成一期（信访室）；到规定时间会自动汇编。"""
        return self.make(digesting.assemble_now, NoteShape)

    @verb(
        shapes.InstructShape, CallDigestSerializer, example={"text": "请信访室督促有关单位三日内答复来电人。"}
    )
    def instruct(self, request: Request, id: str) -> Response:
        """批示：针对整期或其中一件，写明落实部门和期限。"""
        return self.act(digesting.instruct, shapes.InstructShape)

    @verb(
        shapes.InstructionReportShape,
        CallDigestSerializer,
        example={"instruction": "1", "answer_text": "已逐件督促，均已答复。"},
    )
    def report(self, request: Request, id: str) -> Response:
        """报告批示落实情况（批示指定的部门）。"""
        return self.act(digesting.report, shapes.InstructionReportShape)
