"""What machines send of where a lead came from, and of the way back."""

from cases.api.shapes.handling import LONG
from povertyaudit.core.api.fields import LineField, ProseField
from povertyaudit.core.api.serializers import Shape


class ReturnShape(Shape):
    returned_to = LineField(max_length=100, help_text="退回单位")
    note = ProseField(max_length=LONG, help_text="退回理由")
