"""What machines send about two leads side by side."""

from cases.api.shapes.handling import LONG, LeadField
from cases.models import Lead
from povertyaudit.core.api.fields import ProseField
from povertyaudit.core.api.serializers import NoteShape


class LinkShape(NoteShape):
    other = LeadField(queryset=Lead.objects.all(), help_text="另一件线索：id 或编号")


class UnlinkShape(LinkShape):
    note = ProseField(max_length=LONG, help_text="理由")
