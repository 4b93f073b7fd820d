"""What machines send when registering: money in 分, the complainant goes one way only."""

from typing import Any

from rest_framework import serializers

from cases.api.shapes.exchange import BatchField
from cases.api.shapes.handling import LONG
from cases.api.shapes.intake import CHECK_HELP, IntakeShape
from cases.api.shapes.people import SubjectShape
from cases.models import (
    Axis,
    Batch,
    Category,
    Channel,
    IdentityStatus,
    Kind,
)
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    MoneyField,
    ProseField,
    RegionField,
    TermField,
)
from povertyaudit.core.api.serializers import IdentityShape, NoteShape, Shape


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
    intake = IntakeShape(required=False, help_text="来件情况，各渠道要填的项目见说明")
    check_note = ProseField(required=False, allow_blank=True, max_length=LONG, help_text=CHECK_HELP)
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
    batch = BatchField(
        queryset=Batch.objects.all(), required=False, allow_null=True, help_text="交办批次：标识或者编号"
    )
    subjects = SubjectShape(many=True, required=False)
    other_numbers = NumberShape(many=True, required=False)
    complainant = IdentityShape(required=False, write_only=True)
    intake = IntakeShape(required=False, help_text="来件情况，各渠道要填的项目见说明")
    check_note = ProseField(required=False, allow_blank=True, max_length=LONG, help_text=CHECK_HELP)


class AcknowledgeShape(NoteShape):
    acknowledged_on = DayField(required=False, allow_null=True, help_text="告知日期")


class VerifyIdentityShape(NoteShape):
    verified = serializers.BooleanField(help_text="是否属实")


class ComplainantShape(Shape):
    complainant = IdentityShape(write_only=True)


class RevealShape(Shape):
    reason = LineField(max_length=200, help_text="查看事由")
