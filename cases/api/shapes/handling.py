"""What machines send while a lead is handled."""

from rest_framework import serializers

from cases.models import (
    CloseKind,
    DispatchMode,
    Lead,
    SpecialMode,
)
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    NumberField,
    ProseField,
    ScopedRelatedField,
    UnitField,
    UserField,
)
from povertyaudit.core.api.serializers import NoteShape, ReasonCodeShape, Shape

LONG = 2000


class DispatchShape(Shape):
    mode = serializers.ChoiceField(choices=DispatchMode.choices, required=False, help_text="办理方式")
    handling_unit = UnitField(help_text="承办部门")
    handler = UserField(required=False, allow_null=True, help_text="承办人")
    leader = UserField(help_text="分管领导")
    result_due_on = DayField(required=False, allow_null=True, help_text="要求报结果日期，交办须填写")
    assisting_units = UnitField(many=True, required=False, help_text="协办部门，办理方式为协办的至少一个")
    supervisor = UserField(
        required=False, allow_null=True, help_text="督办人，办理方式为督办而不填的为分管领导"
    )
    special_mode = serializers.ChoiceField(
        choices=SpecialMode.choices, required=False, allow_blank=True, help_text="提级、交叉、直查直办"
    )
    special_reason = ProseField(required=False, allow_blank=True, max_length=LONG, help_text="特殊办理理由")
    special_decider = UserField(required=False, allow_null=True, help_text="特殊办理决定人，不填为分管领导")
    instruction = ProseField(max_length=LONG, help_text="领导批示或分办意见")


class LeadReasonShape(Shape):
    note = ProseField(max_length=LONG, help_text="理由")


class ReplyShape(NoteShape):
    replied_on = DayField(required=False, allow_null=True, help_text="谈话完成或收到函询回复日期，不填为今天")


class LeadFinishShape(NoteShape):
    result = ProseField(help_text="办理情况和结果")


class FileCaseShape(NoteShape):
    handling_unit = UnitField(required=False, allow_null=True, help_text="审查调查部门")


class ReasonedShape(LeadReasonShape, ReasonCodeShape):
    """退回: a reason in words, and one of the list."""


class HoldShape(NoteShape, ReasonCodeShape):
    review_on = DayField(help_text="复核日期")


class ConcludeShape(NoteShape):
    close_kind = serializers.ChoiceField(choices=CloseKind.choices, help_text="办结方式")
    result_text = ProseField(help_text="办结情况")


class ForwardShape(NoteShape):
    forwarded_to = LineField(max_length=100, help_text="转往机关")
    forward_receipt = LineField(max_length=100, required=False, allow_blank=True, help_text="回执编号")


class LeadField(ScopedRelatedField):
    """A lead by its id or number."""

    also_by = ("number",)


class MergeShape(NoteShape):
    into = LeadField(queryset=Lead.objects.all(), help_text="并入哪一件线索")


class ExtendShape(LeadReasonShape, ReasonCodeShape):
    clock = CodeField(max_length=40, required=False, help_text="期限规则代码，不填为最早到期的一项")
    months = NumberField(required=False, max_value=24)
    days = NumberField(required=False, max_value=365)
    working_days = NumberField(required=False, max_value=365)
    due_on = DayField(required=False, allow_null=True, help_text="上级重新指定的日期")
    superior_body = LineField(
        max_length=60,
        required=False,
        allow_blank=True,
        help_text="批准延长的上一级机关（审查调查等期限必填）",
    )
    document_number = LineField(max_length=60, required=False, allow_blank=True, help_text="批准文号")


class AssignShape(NoteShape):
    handler = UserField(required=False, allow_null=True, help_text="承办人")
    leader = UserField(required=False, allow_null=True, help_text="分管领导")
    participants = serializers.ListField(
        child=UserField(), required=False, max_length=20, help_text="加入正在办理的步骤的参加人员"
    )


class RecuseShape(LeadReasonShape):
    person = UserField(required=False, allow_null=True, help_text="回避人员，不填为本人")
