"""What machines send about hotline calls and digests. The caller goes into the vault and does not come back."""

from typing import Any

from rest_framework import serializers

from cases.api.shapes.handling import LONG
from cases.api.shapes.people import SubjectShape
from cases.models import AnswerWay, Axis, CallCategory, Category, HotlineCall, Instruction
from povertyaudit.core.api.fields import (
    DayField,
    LineField,
    MomentField,
    MoneyField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    TermField,
    UnitField,
)
from povertyaudit.core.api.serializers import IdentityShape, NoteShape, Shape


class CallShape(Shape):
    """A new call."""

    received_at = MomentField(required=False, help_text="来电时间，不填为现在")
    category = TermField(queryset=CallCategory.objects.all(), help_text="来电类别代码，见 terms/")
    urgent = serializers.BooleanField(required=False, help_text="是否紧急")
    region = RegionField(help_text="反映的地方（12 位区划代码）")
    title = LineField(max_length=100, help_text="来电摘要，不写来电人信息")
    text = ProseField(required=False, allow_blank=True, max_length=LONG, help_text="来电内容")
    caller = IdentityShape(required=False, write_only=True)


class TransferShape(NoteShape):
    unit = UnitField(help_text="办理单位")
    due_on = DayField(required=False, allow_null=True, help_text="办理期限，不填按期限规则")


class CallReplyShape(NoteShape):
    reply_text = ProseField(max_length=LONG, help_text="办理情况")


class CallReasonShape(Shape):
    note = ProseField(max_length=LONG, help_text="退回的理由")


class AnswerShape(NoteShape):
    answer_way = serializers.ChoiceField(choices=AnswerWay.choices, help_text="回复方式")
    answer_text = ProseField(max_length=LONG, help_text="回复内容，不写来电人信息")
    answered_on = DayField(required=False, allow_null=True, help_text="回复日期，不填为今天")


class MakeLeadShape(NoteShape):
    category = TermField(
        queryset=Category.objects.of_axis(Axis.CORRUPTION), required=False, allow_null=True,
        help_text="问题类别代码",
    )  # fmt: skip
    style: Any = TermField(
        queryset=Category.objects.of_axis(Axis.STYLE),
        required=False,
        allow_null=True,
        help_text="作风问题代码",
    )
    amount_fen = MoneyField(required=False, allow_null=True, help_text="涉及金额（分）")
    subjects = SubjectShape(many=True, required=False)


class CallerShape(Shape):
    caller = IdentityShape(write_only=True)


class InstructShape(NoteShape):
    text = ProseField(max_length=LONG, help_text="批示")
    call = ScopedRelatedField(
        queryset=HotlineCall.objects.all(),
        required=False,
        allow_null=True,
        help_text="针对哪一件来电，不填为整期",
    )
    unit = UnitField(required=False, allow_null=True, help_text="落实部门，不填为汇编单位")
    due_on = DayField(required=False, allow_null=True, help_text="报告期限，不填按期限规则")


class InstructionReportShape(NoteShape):
    instruction = ScopedRelatedField(
        queryset=Instruction.objects.all(), help_text="批示的标识，或在本期中的序号，例如 1"
    )
    answer_text = ProseField(max_length=LONG, help_text="落实情况")
