"""A change of the unit as machines read it."""

from rest_framework import serializers

from rectification.models import Arrangement


class ArrangementPart(serializers.ModelSerializer[Arrangement]):
    """A change of the unit, decided or not."""

    id = serializers.CharField(source="public_id", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    state_display = serializers.CharField(source="get_state_display", read_only=True)
    old_unit = serializers.CharField(source="old_unit.name", read_only=True)
    new_unit = serializers.CharField(source="new_unit.name", read_only=True)
    asked_by = serializers.CharField(source="asked_by.display_name", read_only=True)
    decided_by = serializers.CharField(source="decided_by.display_name", read_only=True, default=None)

    class Meta:
        model = Arrangement
        fields = (
            "id", "kind", "kind_display", "state", "state_display", "old_unit", "new_unit", "keeps_old", "reason",
            "asked_by", "asked_on", "decided_by", "decided_on", "due_on", "opinion", "answered_on", "answer",
        )  # fmt: skip
