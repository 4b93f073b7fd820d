"""What machines send about batches, assisting offices and results reported back."""

from cases.models import Batch
from cases.models.batches import MOST_LEADS
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    NumberField,
    ProseField,
    ScopedRelatedField,
    UnitField,
)
from povertyaudit.core.api.serializers import NoteShape, Shape


class AskAssistShape(Shape):
    assisting_units = UnitField(many=True, help_text="协办部门")
    note = ProseField(max_length=2000, help_text="协办事项")


class LeadResultShape(Shape):
    result = ProseField(help_text="办理情况和结果")


class BatchField(ScopedRelatedField):
    """A batch by its id or number."""


class JoinBatchShape(NoteShape):
    batch = BatchField(queryset=Batch.objects.all(), help_text="批次：标识或者编号")


class BatchShape(NoteShape):
    title = LineField(max_length=100, help_text="批次名称")
    sender = LineField(max_length=100, help_text="交办单位")
    sender_number = CodeField(max_length=60, required=False, allow_blank=True, help_text="来文编号")
    received_on = DayField(help_text="收到日期")
    promised = NumberField(min_value=1, max_value=MOST_LEADS, help_text="来文载明件数")
    deadline = DayField(required=False, allow_null=True, help_text="要求办结日期")


class AmendBatchShape(NoteShape):
    """What may be mended; a field left out stays."""

    title = LineField(max_length=100, required=False)
    sender = LineField(max_length=100, required=False)
    sender_number = CodeField(max_length=60, required=False, allow_blank=True)
    promised = NumberField(min_value=1, max_value=MOST_LEADS, required=False)
    deadline = DayField(required=False, allow_null=True)
