"""拆分、合并 as machines read them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from rectification.models import Regrouping


class PlannedPart(serializers.Serializer[object]):
    """One of the items it is to be split into."""

    problem = serializers.CharField()
    unit_name = serializers.CharField()
    measures = serializers.ListField(child=serializers.CharField(), help_text="归入的措施的标识")


class RegroupingPart(serializers.ModelSerializer[Regrouping]):
    """A request to split or merge, decided or not."""

    id = serializers.CharField(source="public_id", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    state_display = serializers.CharField(source="get_state_display", read_only=True)
    asked_by = serializers.CharField(source="asked_by.display_name", read_only=True)
    decided_by = serializers.CharField(source="decided_by.display_name", read_only=True, default=None)
    plan = serializers.SerializerMethodField(help_text="拆分成的各部分")

    class Meta:
        model = Regrouping
        fields = (
            "id", "kind", "kind_display", "state", "state_display", "reason", "plan", "asked_by", "asked_on", "decided_by",
            "decided_on", "opinion",
        )  # fmt: skip

    @extend_schema_field(PlannedPart(many=True))
    def get_plan(self, row: Regrouping) -> list[dict[str, object]]:
        """Without the money: not everybody who sees the item may know of it."""
        return [{name: part[name] for name in ("problem", "unit_name", "measures")} for part in row.plan]
