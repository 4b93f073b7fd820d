"""Misused money as machines see it. Money is in 分."""

from rest_framework import serializers

from funds.models import Misuse, Recovery
from povertyaudit.core.api.serializers import RecordSerializer


class MisuseSerializer(RecordSerializer):
    """Misused money; `outstanding_fen` is still to come back."""

    kind = serializers.CharField(source="kind.code", read_only=True)
    kind_display = serializers.CharField(source="kind.name", read_only=True)
    fund_kind = serializers.CharField(source="fund_kind.code", default=None, read_only=True)
    fund_kind_display = serializers.CharField(source="fund_kind.name", default=None, read_only=True)
    outstanding_fen = serializers.IntegerField(source="left_fen", read_only=True)
    responsible_unit = serializers.CharField(source="responsible_unit.public_id", read_only=True)
    responsible_unit_name = serializers.CharField(source="responsible_unit.name", read_only=True)
    how_found_display = serializers.CharField(source="get_how_found_display", read_only=True)

    class Meta:
        model = Misuse
        fields = (
            *RecordSerializer.COMMON, "title", "kind", "kind_display", "amount_fen", "recovered_fen", "outstanding_fen",
            "responsible_unit", "responsible_unit_name", "found_on", "how_found", "how_found_display", "description",
            "fund_kind", "fund_kind_display",
        )  # fmt: skip


class RecoverySerializer(serializers.ModelSerializer[Recovery]):
    """Money that came back. A voided row counts no more."""

    id = serializers.CharField(source="public_id", read_only=True)
    number = serializers.CharField(source="voucher_no", read_only=True, help_text="凭证号")
    region = serializers.CharField(source="misuse.region_id", read_only=True)
    state = serializers.SerializerMethodField(help_text="standing 有效 / voided 已作废")
    state_display = serializers.SerializerMethodField()
    misuse = serializers.CharField(source="misuse.public_id", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    actions = serializers.SerializerMethodField()

    class Meta:
        model = Recovery
        fields = (
            "id", "number", "version", "region", "state", "state_display", "created_at", "updated_at", "actions",
            "misuse", "kind", "kind_display", "amount_fen", "received_on", "voucher_no", "destination", "voided_at",
        )  # fmt: skip

    def get_state(self, row: Recovery) -> str:
        return "standing" if row.is_standing else "voided"

    def get_state_display(self, row: Recovery) -> str:
        return "有效" if row.is_standing else "已作废"

    def get_actions(self, row: Recovery) -> list[str]:
        return []
