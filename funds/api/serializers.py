"""Misused money as machines see it. Money is in 分."""

from typing import Any, cast

from rest_framework import serializers

from cases.models import Lead
from funds.models import LedgerEntry, Misuse, Project, Recovery
from funds.pages import books
from funds.pages.recoveries import masked_household
from inspections.models import Finding
from povertyaudit.core.api.serializers import RecordSerializer


class MisuseSerializer(RecordSerializer):
    """Misused money; `outstanding_fen` is still to come back."""

    kind = serializers.CharField(source="kind.code", read_only=True)
    kind_display = serializers.CharField(source="kind.name", read_only=True)
    fund_kind = serializers.CharField(source="fund_kind.code", default=None, read_only=True)
    fund_kind_display = serializers.CharField(source="fund_kind.name", default=None, read_only=True)
    nature = serializers.CharField(source="nature.code", default=None, read_only=True)
    nature_display = serializers.CharField(source="nature.name", default=None, read_only=True)
    anchor = serializers.CharField(source="kind.anchor", read_only=True, help_text="问题类型的依据")
    owed_fen = serializers.IntegerField(read_only=True, help_text="应追缴（分）")
    finding = serializers.SerializerMethodField(help_text="巡察问题的标识，您能看到的才给出")
    lead = serializers.SerializerMethodField(help_text="相关线索的标识，您能看到的才给出")
    project = serializers.SerializerMethodField(help_text="相关项目的标识，您能看到的才给出")
    outstanding_fen = serializers.IntegerField(source="left_fen", read_only=True)
    responsible_unit = serializers.CharField(source="responsible_unit.public_id", read_only=True)
    responsible_unit_name = serializers.CharField(source="responsible_unit.name", read_only=True)
    how_found_display = serializers.CharField(source="get_how_found_display", read_only=True)
    sheet_state = serializers.SerializerMethodField(
        help_text="发放表：staged 待登记 / booking 登记中；没有等待登记的为空"
    )

    class Meta:
        model = Misuse
        fields = (
            *RecordSerializer.COMMON, "title", "kind", "kind_display", "amount_fen", "recovered_fen", "outstanding_fen",
            "responsible_unit", "responsible_unit_name", "found_on", "how_found", "how_found_display", "description",
            "fund_kind", "fund_kind_display", "nature", "nature_display", "anchor", "owed_fen", "period_from", "period_to",
            "finding", "lead", "project", "sheet_state",
        )  # fmt: skip

    def get_sheet_state(self, row: Misuse) -> str | None:
        state: str | None = getattr(row, "sheet_state", None)
        return state

    def get_finding(self, row: Misuse) -> str | None:
        return self._known(Finding, row.finding_id)

    def get_lead(self, row: Misuse) -> str | None:
        return self._known(Lead, row.lead_id)

    def get_project(self, row: Misuse) -> str | None:
        return self._known(Project, row.project_id)

    def _known(self, model: Any, key: int | None) -> str | None:
        """The id of a row the caller may know of; asked once for all rows of an answer."""
        if key is None:
            return None
        user = self.context["request"].user
        name, kept = f"known_{model._meta.label_lower}", cast("dict[str, Any]", self.context)
        if name not in kept:
            rows = model.objects.visible_to(user).filter(misuses__isnull=False)
            kept[name] = dict(rows.values_list("pk", "public_id"))
        found: str | None = kept[name].get(key)
        return found


class RecoverySerializer(serializers.ModelSerializer[Recovery]):
    """Money that came back. A voided row counts no more."""

    id = serializers.CharField(source="public_id", read_only=True)
    number = serializers.CharField(source="voucher_no", read_only=True, help_text="凭证号")
    region = serializers.CharField(source="misuse.region_id", read_only=True)
    state = serializers.SerializerMethodField(help_text="standing 有效 / voided 已作废")
    state_display = serializers.SerializerMethodField()
    misuse = serializers.CharField(source="misuse.public_id", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    household = serializers.SerializerMethodField(help_text="退还的户主，姓氏加“某”")
    village = serializers.CharField(source="village_id", default=None, read_only=True)
    confirmed = serializers.SerializerMethodField(
        help_text="最近一次回访的结果：received / less / nothing，没有回访为空"
    )
    actions = serializers.SerializerMethodField()

    class Meta:
        model = Recovery
        fields = (
            "id", "number", "version", "region", "state", "state_display", "created_at", "updated_at", "actions",
            "misuse", "kind", "kind_display", "amount_fen", "received_on", "voucher_no", "destination", "voided_at",
            "household", "village", "confirmed",
        )  # fmt: skip

    def get_state(self, row: Recovery) -> str:
        return "standing" if row.is_standing else "voided"

    def get_state_display(self, row: Recovery) -> str:
        return "有效" if row.is_standing else "已作废"

    def get_household(self, row: Recovery) -> str:
        return masked_household(row)

    def get_confirmed(self, row: Recovery) -> str | None:
        return next((one.result for one in row.confirmations.all()), None)

    def get_actions(self, row: Recovery) -> list[str]:
        return []


class LedgerEntrySerializer(serializers.ModelSerializer[LedgerEntry]):
    """One entry: `amount_fen` from the account `credit` to `debit`; `signed_fen` is what it adds to its own account."""

    id = serializers.CharField(source="public_id", read_only=True)
    number = serializers.CharField(source="no", read_only=True, help_text="在该问题的台账中的序号")
    region = serializers.CharField(source="misuse.region_id", read_only=True)
    state = serializers.SerializerMethodField(help_text="booked 已记账 / reversed 已被冲正")
    state_display = serializers.SerializerMethodField()
    misuse = serializers.CharField(source="misuse.public_id", read_only=True)
    misuse_number = serializers.CharField(source="misuse.number", read_only=True)
    recovery = serializers.CharField(source="recovery.public_id", default=None, read_only=True)
    reverses = serializers.CharField(source="reverses.public_id", default=None, read_only=True)
    what = serializers.SerializerMethodField(help_text="事项")
    signed_fen = serializers.IntegerField(read_only=True)
    debit_display = serializers.CharField(source="get_debit_display", read_only=True)
    credit_display = serializers.CharField(source="get_credit_display", read_only=True)
    actions = serializers.SerializerMethodField()

    class Meta:
        model = LedgerEntry
        fields = (
            "id", "number", "version", "region", "state", "state_display", "created_at", "updated_at", "actions", "misuse",
            "misuse_number", "what", "debit", "debit_display", "credit", "credit_display", "amount_fen", "signed_fen",
            "owed_after_fen", "settled_after_fen", "open_after_fen", "booked_on", "recovery", "reverses", "reason",
        )  # fmt: skip

    def get_state(self, row: LedgerEntry) -> str:
        return "reversed" if hasattr(row, "reversed_by") else "booked"

    def get_state_display(self, row: LedgerEntry) -> str:
        return "已被冲正" if hasattr(row, "reversed_by") else "已记账"

    def get_what(self, row: LedgerEntry) -> str:
        return books.what(row)

    def get_actions(self, row: LedgerEntry) -> list[str]:
        return []
