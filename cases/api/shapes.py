"""What machines send about leads, one shape per verb. Money in 分. The complainant goes one way only."""

from typing import Any

from rest_framework import serializers

from cases.models import (
    Axis,
    Category,
    Channel,
    CloseKind,
    DispatchMode,
    IdentityStatus,
    Kind,
    Lead,
    SubjectKind,
    SubMethod,
)
from cases.services.disposing import PROPOSABLE
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    MoneyField,
    NumberField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    TermField,
    UnitField,
    UserField,
)
from povertyaudit.core.api.serializers import IdentityShape, NoteShape, Shape

LONG = 2000


class SubjectShape(Shape):
    name = LineField(max_length=60, help_text="姓名")
    unit_text = LineField(max_length=100, required=False, allow_blank=True, help_text="工作单位")
    post_text = LineField(max_length=100, required=False, allow_blank=True, help_text="职务")
    kind = serializers.ChoiceField(choices=SubjectKind.choices, required=False, help_text="身份")
    principal = serializers.BooleanField(required=False, help_text="是否下一级党委（党组）主要负责人")


class AddSubjectShape(SubjectShape):
    note = ProseField(required=False, allow_blank=True, max_length=LONG)


class NumberShape(Shape):
    issuer = LineField(max_length=60, help_text="编号单位")
    number = CodeField(max_length=60, help_text="编号")


class AddNumberShape(NumberShape):
    note = ProseField(required=False, allow_blank=True, max_length=LONG)


class AmendShape(Shape):
    """What may be mended; a field left out stays."""

    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    region = RegionField(required=False, help_text="问题属地（12 位区划代码）")
    category = TermField(
        queryset=Category.objects.of_axis(Axis.CORRUPTION),
        required=False,
        allow_null=True,
        help_text="问题类别代码",
    )
    style: Any = TermField(
        queryset=Category.objects.of_axis(Axis.STYLE),
        required=False,
        allow_null=True,
        help_text="作风问题代码",
    )
    amount_fen = MoneyField(required=False, allow_null=True, help_text="涉及金额（分）")
    title = LineField(max_length=100, required=False, help_text="反映问题摘要")
    text = ProseField(required=False, allow_blank=True, help_text="反映的主要问题")
    note = ProseField(required=False, allow_blank=True, max_length=LONG)


class RegisterShape(Shape):
    """A new lead. The complainant goes into the vault and does not come back."""

    channel = serializers.ChoiceField(choices=Channel.choices, help_text="来源渠道")
    kind = serializers.ChoiceField(choices=Kind.choices, required=False, help_text="类型")
    identity_status = serializers.ChoiceField(
        choices=IdentityStatus.choices, required=False, help_text="署名情况"
    )
    received_on = DayField(help_text="受理日期")
    title = LineField(max_length=100, help_text="反映问题摘要")
    text = ProseField(required=False, allow_blank=True, help_text="反映的主要问题")
    region = RegionField(help_text="问题属地（12 位区划代码）")
    category = TermField(
        queryset=Category.objects.of_axis(Axis.CORRUPTION),
        required=False,
        allow_null=True,
        help_text="问题类别代码",
    )
    style: Any = TermField(
        queryset=Category.objects.of_axis(Axis.STYLE),
        required=False,
        allow_null=True,
        help_text="作风问题代码",
    )
    amount_fen = MoneyField(required=False, allow_null=True, help_text="涉及金额（分）")
    result_due_on = DayField(required=False, allow_null=True, help_text="上级要求报结果日期")
    subjects = SubjectShape(many=True, required=False)
    other_numbers = NumberShape(many=True, required=False)
    complainant = IdentityShape(required=False, write_only=True)


class DispatchShape(Shape):
    mode = serializers.ChoiceField(choices=DispatchMode.choices, required=False, help_text="办理方式")
    handling_unit = UnitField(help_text="承办部门")
    handler = UserField(required=False, allow_null=True, help_text="承办人")
    leader = UserField(help_text="分管领导")
    result_due_on = DayField(required=False, allow_null=True, help_text="要求报结果日期")
    instruction = ProseField(max_length=LONG, help_text="领导批示或分办意见")


class ProposeShape(NoteShape):
    method = serializers.ChoiceField(choices=[(m.value, m.label) for m in PROPOSABLE], help_text="处置方式")
    sub_method = serializers.ChoiceField(choices=SubMethod.choices, required=False, allow_blank=True)
    discussed_on = DayField(required=False, allow_null=True, help_text="集体研究日期")
    proposal = ProseField(help_text="处置意见和理由")


class LeadReasonShape(Shape):
    note = ProseField(max_length=LONG, help_text="理由")


class ReplyShape(NoteShape):
    replied_on = DayField(required=False, allow_null=True, help_text="谈话完成或收到函询回复日期，不填为今天")


class LeadFinishShape(NoteShape):
    result = ProseField(help_text="办理情况和结果")


class FileCaseShape(NoteShape):
    handling_unit = UnitField(required=False, allow_null=True, help_text="审查调查部门")


class HoldShape(NoteShape):
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


class ExtendShape(LeadReasonShape):
    clock = CodeField(max_length=40, required=False, help_text="期限规则代码，不填为最早到期的一项")
    months = NumberField(required=False, max_value=24)
    days = NumberField(required=False, max_value=365)
    working_days = NumberField(required=False, max_value=365)
    due_on = DayField(required=False, allow_null=True, help_text="上级重新指定的日期")


class AssignShape(NoteShape):
    handler = UserField(required=False, allow_null=True, help_text="承办人")
    leader = UserField(required=False, allow_null=True, help_text="分管领导")


class RecuseShape(LeadReasonShape):
    person = UserField(required=False, allow_null=True, help_text="回避人员，不填为本人")


class AcknowledgeShape(NoteShape):
    acknowledged_on = DayField(required=False, allow_null=True, help_text="告知日期")


class FeedbackShape(NoteShape):
    fed_back_on = DayField(required=False, allow_null=True, help_text="反馈日期")


class VerifyIdentityShape(NoteShape):
    verified = serializers.BooleanField(help_text="是否属实")


class ComplainantShape(Shape):
    complainant = IdentityShape(write_only=True)


class RevealShape(Shape):
    reason = LineField(max_length=200, help_text="查看事由")
