"""Shapes of leads for machines. Money is in 分. The complainant never comes back."""

from typing import Any

from rest_framework import serializers

from cases.models import (
    Axis,
    Category,
    Channel,
    CloseKind,
    Dispatch,
    DispatchMode,
    IdentityStatus,
    Kind,
    Lead,
    LeadStep,
    LeadSubject,
    OtherNumber,
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
    UnitField,
    UserField,
)
from povertyaudit.core.api.serializers import IdentityShape, NoteShape, RecordSerializer, Shape

LONG = 2000


class SubjectSerializer(serializers.ModelSerializer[LeadSubject]):
    """A person complained of."""

    id = serializers.CharField(source="public_id", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)

    class Meta:
        model = LeadSubject
        fields = ("id", "version", "name", "unit_text", "post_text", "kind", "kind_display", "principal")


class OtherNumberSerializer(serializers.ModelSerializer[OtherNumber]):
    """The number another level gave the same lead."""

    class Meta:
        model = OtherNumber
        fields = ("issuer", "number")


class StepSerializer(serializers.ModelSerializer[LeadStep]):
    """A disposition step."""

    id = serializers.CharField(source="public_id", read_only=True)
    method_display = serializers.CharField(source="get_method_display", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    proposed_by = serializers.CharField(source="proposed_by.display_name", read_only=True)
    approved_by = serializers.CharField(source="approved_by.display_name", read_only=True, default=None)
    standing = serializers.CharField(read_only=True)

    class Meta:
        model = LeadStep
        fields = (
            "id", "ordinal", "method", "method_display", "sub_method", "unit", "proposal", "discussed_on",
            "proposed_by", "proposed_on", "approved_by", "approved_on", "opinion", "sent_back_on", "started_on",
            "replied_on", "finished_on", "result", "standing",
        )  # fmt: skip


class DispatchSerializer(serializers.ModelSerializer[Dispatch]):
    """A dispatch with the leader's instruction."""

    to_unit = serializers.CharField(source="to_unit.public_id", read_only=True)
    to_unit_name = serializers.CharField(source="to_unit.name", read_only=True)

    class Meta:
        model = Dispatch
        fields = (
            "mode", "instruction", "to_unit", "to_unit_name", "dispatched_on", "signed_for_at", "handed_back_at",
            "handed_back_reason",
        )  # fmt: skip


class LeadSerializer(RecordSerializer):
    """A lead. `due_on` is the earliest running period."""

    region_name = serializers.CharField(source="region.path_name", read_only=True)
    channel_display = serializers.CharField(source="get_channel_display", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    identity_status_display = serializers.CharField(source="get_identity_status_display", read_only=True)
    category = serializers.CharField(source="category.code", read_only=True, default=None)
    category_display = serializers.CharField(source="category.name", read_only=True, default=None)
    style: Any = serializers.CharField(source="style.code", read_only=True, default=None)
    style_display = serializers.CharField(source="style.name", read_only=True, default=None)
    registering_unit = serializers.CharField(source="registering_unit.public_id", read_only=True)
    registering_unit_name = serializers.CharField(source="registering_unit.name", read_only=True)
    handling_unit = serializers.CharField(source="handling_unit.public_id", read_only=True, default=None)
    handling_unit_name = serializers.CharField(source="handling_unit.name", read_only=True, default=None)
    acting_unit = serializers.CharField(source="acting_unit.public_id", read_only=True, default=None)
    handler = serializers.CharField(source="handler.display_name", read_only=True, default=None)
    leader = serializers.CharField(source="leader.display_name", read_only=True, default=None)
    method_display = serializers.CharField(source="get_method_display", read_only=True)
    close_kind_display = serializers.CharField(source="get_close_kind_display", read_only=True)
    merged_into = serializers.CharField(source="merged_into.public_id", read_only=True, default=None)
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="最早到期的期限")
    subjects = SubjectSerializer(many=True, read_only=True)

    class Meta:
        model = Lead
        fields = (
            *RecordSerializer.COMMON, "region_name", "channel", "channel_display", "kind", "kind_display",
            "identity_status", "identity_status_display", "received_on", "title", "text", "category",
            "category_display", "style", "style_display", "amount_fen", "registering_unit", "registering_unit_name",
            "handling_unit", "handling_unit_name", "acting_unit", "handler", "leader", "dispatch_mode",
            "dispatched_on", "signed_for_on", "result_due_on", "method", "method_display", "approver", "filed_on",
            "review_on", "concluded_on", "close_kind", "close_kind_display", "result_text", "repeats", "merged_into",
            "forwarded_to", "forwarded_on", "forward_receipt", "pressed_times", "reopened_times", "acknowledged_on",
            "fed_back_on", "due_on", "subjects",
        )  # fmt: skip


class LeadDetailSerializer(LeadSerializer):
    """One lead with its steps, dispatches and other numbers."""

    steps = StepSerializer(many=True, read_only=True)
    dispatches = DispatchSerializer(many=True, read_only=True)
    other_numbers = OtherNumberSerializer(many=True, read_only=True)

    class Meta(LeadSerializer.Meta):
        fields = (*LeadSerializer.Meta.fields, "steps", "dispatches", "other_numbers")


class CategoryField(serializers.SlugRelatedField[Category]):
    """A category by its code."""

    def __init__(self, axis: str, **options: Any) -> None:
        super().__init__(slug_field="code", queryset=Category.objects.of_axis(axis), **options)

    def to_internal_value(self, data: Any) -> Category:
        if not isinstance(data, str) or "\x00" in data:
            self.fail("invalid")
        found: Category = super().to_internal_value(data)
        return found


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
    category = CategoryField(Axis.CORRUPTION, required=False, allow_null=True, help_text="问题类别代码")
    style: Any = CategoryField(Axis.STYLE, required=False, allow_null=True, help_text="作风问题代码")
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
    category = CategoryField(Axis.CORRUPTION, required=False, allow_null=True, help_text="问题类别代码")
    style: Any = CategoryField(Axis.STYLE, required=False, allow_null=True, help_text="作风问题代码")
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


class ReasonShape(Shape):
    note = ProseField(max_length=LONG, help_text="理由")


class ReplyShape(NoteShape):
    replied_on = DayField(help_text="谈话完成或收到函询回复日期")


class FinishShape(NoteShape):
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


class ExtendShape(ReasonShape):
    clock = CodeField(max_length=40, required=False, help_text="期限规则代码，不填为最早到期的一项")
    months = NumberField(required=False, max_value=24)
    days = NumberField(required=False, max_value=365)
    working_days = NumberField(required=False, max_value=365)
    due_on = DayField(required=False, allow_null=True, help_text="上级重新指定的日期")


class AssignShape(NoteShape):
    handler = UserField(required=False, allow_null=True, help_text="承办人")
    leader = UserField(required=False, allow_null=True, help_text="分管领导")


class RecuseShape(ReasonShape):
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


class RevealedSerializer(serializers.Serializer[Any]):
    """Shown once, kept nowhere, recorded."""

    id = serializers.CharField()
    complainant = serializers.DictField(child=serializers.CharField())
