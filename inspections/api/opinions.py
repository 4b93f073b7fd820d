"""Opinions and notices of rounds for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inspections import services
from inspections.api.serializers import FindingField
from inspections.api.shapes import RoundField
from inspections.ledger import IMMEDIATE_COLUMNS, OPINION_COLUMNS
from inspections.models import ImmediateNotice, Opinion, Round
from inspections.opinion_filters import NoticeFilter, OpinionFilter
from inspections.workflow.opinions import NOTICE, OPINION
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.bulk import bulk_verb
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import DayField, ProseField, UnitField
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment

NEW_OPINION = {
    "round": "第十二届县委第七轮巡察", "kind": "advice", "unit": "县农业农村局",
    "text": "对全县产地冷库逐座核查通电和使用情况，一个月内报巡察办。",
}  # fmt: skip
NEW_NOTICE = {
    "round": "第十二届县委第七轮巡察", "unit": "荻渚镇人民政府", "text": "两名公益岗位人员已外出务工，补贴继续发放。",
    "demand": "立即停发，追回多发部分并公示。",
}  # fmt: skip
REASON = {"note": "只有一般表态，没有数据和实例，请补充。"}


class InspectionReasonShape(Shape):
    note = ProseField(max_length=2000, help_text="理由")


class OpinionSerializer(RecordSerializer):
    """An opinion of a round."""

    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    round = serializers.CharField(source="round.public_id", read_only=True)
    round_name = serializers.CharField(source="round.name", read_only=True)
    finding = serializers.CharField(source="finding.number", read_only=True, default=None)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    answered_by = serializers.CharField(source="answered_by.display_name", read_only=True, default=None)
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="答复期限")

    class Meta:
        model = Opinion
        fields = (
            *RecordSerializer.COMMON, "kind", "kind_display", "round", "round_name", "finding", "unit", "unit_name",
            "text", "sent_on", "answered_on", "answered_by", "answer_text", "accepted_on", "return_reason", "due_on",
        )  # fmt: skip


class ImmediateNoticeSerializer(RecordSerializer):
    """A notice to put something right at once."""

    round = serializers.CharField(source="round.public_id", read_only=True)
    round_name = serializers.CharField(source="round.name", read_only=True)
    finding = serializers.CharField(source="finding.number", read_only=True, default=None)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    issued_by = serializers.CharField(source="issued_by.display_name", read_only=True)
    reported_by = serializers.CharField(source="reported_by.display_name", read_only=True, default=None)
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="整改期限")

    class Meta:
        model = ImmediateNotice
        fields = (
            *RecordSerializer.COMMON, "round", "round_name", "finding", "unit", "unit_name", "text", "demand",
            "issued_by", "issued_on", "reported_on", "reported_by", "closing_text", "closed_on", "return_reason",
            "due_on",
        )  # fmt: skip


class AmendOpinionShape(NoteShape):
    kind = serializers.ChoiceField(choices=Opinion.Kind.choices, required=False, help_text="意见类别")
    unit = UnitField(required=False, help_text="接收单位")
    finding = FindingField(required=False, allow_null=True, help_text="对应的问题")
    text = ProseField(max_length=4000, required=False, help_text="意见内容")


class OpinionShape(NoteShape):
    round = RoundField(queryset=Round.objects.all(), help_text="轮次：标识、编号或者名称")
    kind = serializers.ChoiceField(choices=Opinion.Kind.choices, help_text="意见类别")
    unit = UnitField(help_text="接收单位")
    finding = FindingField(required=False, allow_null=True, help_text="对应的问题")
    text = ProseField(max_length=4000, help_text="意见内容")


class OpinionSendShape(NoteShape):
    due_on = DayField(required=False, allow_null=True, help_text="答复期限，不填按规则")


class OpinionAnswerShape(NoteShape):
    answer_text = ProseField(max_length=10000, help_text="答复内容")


class ImmediateNoticeShape(NoteShape):
    round = RoundField(queryset=Round.objects.all(), help_text="轮次：标识、编号或者名称")
    unit = UnitField(help_text="整改单位")
    finding = FindingField(required=False, allow_null=True, help_text="对应的问题")
    text = ProseField(max_length=4000, help_text="问题")
    demand = ProseField(max_length=4000, help_text="整改要求")
    due_on = DayField(required=False, allow_null=True, help_text="整改期限，不填按规则")


class NoticeReportShape(NoteShape):
    closing_text = ProseField(max_length=10000, help_text="整改情况；佐证材料先用 attach 上传")


class OpinionViewSet(DossierMixin, LedgerMixin, ScopedViewSet):
    """巡察提出的整改意见和相关职能部门意见；单位只看到发给自己的。"""

    queryset = Opinion.objects.for_list()
    serializer_class = OpinionSerializer
    filterset_class = OpinionFilter
    ledger_columns, ledger_name = OPINION_COLUMNS, "opinions"
    workflow = OPINION
    orderings = {  # noqa: RUF012 — as the base class has it
        **ScopedViewSet.orderings, "sent_on": "sent_on", "due_on": "due_on",
    }  # fmt: skip
    bulk_send = bulk_verb(
        OPINION, "send", services.send_opinion, OpinionSendShape, example={"ids": ["990101-YJ-2026-0001"]}
    )
    bulk_accept = bulk_verb(
        OPINION, "accept", services.accept_opinion, NoteShape, example={"ids": ["990101-YJ-2026-0001"]}
    )

    @write_schema(OpinionShape, OpinionSerializer, example=NEW_OPINION, status=201)
    def create(self, request: Request) -> Response:
        """登记意见（巡察组、巡察办）：发出时才编号。"""
        return self.make(services.record_opinion, OpinionShape)

    @verb(AmendOpinionShape, OpinionSerializer, example={"text": "一个月内完成核查并书面答复。"})
    def amend(self, request: Request, id: str) -> Response:
        """修改尚未发出的意见。"""
        return self.act(services.amend_opinion, AmendOpinionShape)

    @verb(InspectionReasonShape, OpinionSerializer, example={"note": "与另一条意见重复。"})
    def withdraw(self, request: Request, id: str) -> Response:
        """撤销尚未发出的意见。"""
        return self.act(services.withdraw_opinion, InspectionReasonShape)

    @verb(OpinionSendShape, OpinionSerializer, example={})
    def send(self, request: Request, id: str) -> Response:
        """发出意见：编号，开始计算答复期限。"""
        return self.act(services.send_opinion, OpinionSendShape)

    @verb(
        OpinionAnswerShape,
        OpinionSerializer,
        example={"answer_text": "已逐座核查 12 座冷库，9 座通电使用，3 座列入整改。"},
        path="answer",
    )
    def answer_opinion(self, request: Request, id: str) -> Response:
        """答复意见（接收单位）。"""
        return self.act(services.answer_opinion, OpinionAnswerShape)

    @verb(NoteShape, OpinionSerializer, example={})
    def accept(self, request: Request, id: str) -> Response:
        """采纳答复。"""
        return self.act(services.accept_opinion, NoteShape)

    @verb(InspectionReasonShape, OpinionSerializer, example=REASON)
    def send_back(self, request: Request, id: str) -> Response:
        """退回重新答复，写明理由。"""
        return self.act(services.return_opinion, InspectionReasonShape)


class ImmediateNoticeViewSet(DossierMixin, AttachMixin, LedgerMixin, ScopedViewSet):
    """立行立改通知；单位只看到发给自己的。"""

    queryset = ImmediateNotice.objects.for_list()
    serializer_class = ImmediateNoticeSerializer
    filterset_class = NoticeFilter
    ledger_columns, ledger_name = IMMEDIATE_COLUMNS, "immediate-notices"
    workflow = NOTICE
    orderings = {  # noqa: RUF012 — as the base class has it
        **ScopedViewSet.orderings, "issued_on": "issued_on", "due_on": "due_on",
    }  # fmt: skip

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        said.pop("kind", None)
        return services.attach_proof(row, file=upload, **said)

    @write_schema(ImmediateNoticeShape, ImmediateNoticeSerializer, example=NEW_NOTICE, status=201)
    def create(self, request: Request) -> Response:
        """发出立行立改通知（巡察组、巡察办）。"""
        return self.make(services.issue_notice, ImmediateNoticeShape)

    @verb(
        NoticeReportShape,
        ImmediateNoticeSerializer,
        example={"closing_text": "补贴已停发，多发的 4800 元已追回并公示。"},
    )
    def report(self, request: Request, id: str) -> Response:
        """报告整改情况（整改单位）：没有佐证材料的不能报告。"""
        return self.act(services.report_notice, NoticeReportShape)

    @verb(NoteShape, ImmediateNoticeSerializer, example={})
    def close(self, request: Request, id: str) -> Response:
        """确认办结。"""
        return self.act(services.close_notice, NoteShape)

    @verb(InspectionReasonShape, ImmediateNoticeSerializer, example=REASON)
    def send_back(self, request: Request, id: str) -> Response:
        """退回继续整改，写明理由。"""
        return self.act(services.return_notice, InspectionReasonShape)

    @verb(NoteShape, ImmediateNoticeSerializer, example={})
    def press(self, request: Request, id: str) -> Response:
        """催办。"""
        return self.act(services.press_notice, NoteShape)
