"""One FilterSet per list, for the page and the API."""

from typing import Any

import django_filters

from funds import brackets
from funds.brackets import UNIT_LEVELS, Brackets, of_level
from funds.models import ACCOUNTS, FundKind, LedgerEntry, Misuse, MisuseKind, MisuseNature, Recovery
from funds.querysets import GROUPS
from povertyaudit.core.filters import DayFilter, RecordFilter, RegionFilter, TermFilter, WordsFilter


class BracketFilter(TermFilter):
    """Amounts of one bracket, by the bounds in force today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(terms=Brackets, label="金额档", **kwargs)

    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(brackets.rows(value, self.field_name)) if value else qs


class MisuseFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title", "responsible_unit__name"), label="编号、名称或单位")
    state = django_filters.ChoiceFilter(choices=Misuse.State.choices, label="状态", empty_label="不限")
    kind = TermFilter(terms=MisuseKind.objects.all(), label="问题类型")
    nature = TermFilter(terms=MisuseNature.objects.all(), label="问题性质")
    fund_kind = TermFilter(terms=FundKind.objects.all(), label="资金种类")
    level = django_filters.ChoiceFilter(
        choices=UNIT_LEVELS, label="单位层级", empty_label="不限", method="of_level"
    )
    bracket = BracketFilter(field_name="amount_fen")
    without = django_filters.ChoiceFilter(
        choices=(("nature", "未区分性质"),), method="lacking", label="未区分", empty_label="不限"
    )
    how_found = django_filters.ChoiceFilter(
        choices=Misuse.Source.choices, label="发现途径", empty_label="不限"
    )
    region = RegionFilter(field_name="region", label="地区")
    found_from = DayFilter(field_name="found_on", lookup_expr="gte", label="发现不早于")
    found_to = DayFilter(field_name="found_on", lookup_expr="lte", label="发现不晚于")

    class Meta:
        model = Misuse
        fields = ()

    def filter_queryset(self, queryset: Any) -> Any:
        """Those voided are listed where somebody asks for them."""
        asked = self.form.cleaned_data.get("state") == Misuse.State.VOIDED
        return super().filter_queryset(queryset if asked else queryset.standing())

    def of_level(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(of_level(value))

    def lacking(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(nature=None)


class RecoveryFilter(django_filters.FilterSet):
    misuse = RecordFilter(queryset=Misuse.objects.all(), label="违规使用资金（编号）")
    q = WordsFilter(fields=("voucher_no", "misuse__number", "misuse__title"), label="凭证号、编号或问题")
    kind = django_filters.ChoiceFilter(choices=Recovery.Kind.choices, label="方式", empty_label="不限")
    region = RegionFilter(field_name="misuse__region", label="地区")
    received_from = DayFilter(field_name="received_on", lookup_expr="gte", label="到账不早于")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte", label="到账不晚于")
    voided = django_filters.BooleanFilter(
        field_name="voided_at", lookup_expr="isnull", exclude=True, label="已冲正"
    )

    class Meta:
        model = Recovery
        fields = ()


class LedgerEntryFilter(django_filters.FilterSet):
    """Narrowed to one figure of the totals: whose entries it is the sum of."""

    q = WordsFilter(
        fields=("misuse__number", "misuse__title", "recovery__voucher_no"), label="编号、问题或凭证号"
    )
    group = django_filters.ChoiceFilter(
        choices=(("owed", "应追缴"), ("taken", "追缴"), ("returned", "退还群众"), ("otherwise", "其他处理")),
        method="in_group", label="合计项", empty_label="不限",
    )  # fmt: skip
    account = django_filters.ChoiceFilter(
        choices=[pair for pair in ACCOUNTS if pair[0] != "open"],
        method="of_account",
        label="方式",
        empty_label="不限",
    )
    kind = TermFilter(field_name="misuse__kind", terms=MisuseKind.objects.all(), label="问题类型")
    nature = TermFilter(field_name="misuse__nature", terms=MisuseNature.objects.all(), label="问题性质")
    without = django_filters.ChoiceFilter(
        choices=(("nature", "未区分性质"),), method="lacking", label="未区分", empty_label="不限"
    )
    level = django_filters.ChoiceFilter(
        choices=UNIT_LEVELS, label="单位层级", empty_label="不限", method="of_level"
    )
    bracket = BracketFilter(field_name="misuse__amount_fen")
    found_from = DayFilter(field_name="misuse__found_on", lookup_expr="gte", label="发现不早于")
    found_to = DayFilter(field_name="misuse__found_on", lookup_expr="lte", label="发现不晚于")
    misuse = RecordFilter(queryset=Misuse.objects.all(), label="违规使用资金（编号）")
    unit = django_filters.CharFilter(
        field_name="misuse__responsible_unit__public_id", label="责任单位（标识）"
    )
    town = django_filters.CharFilter(method="in_town", label="乡镇（9 位代码）")
    region = RegionFilter(field_name="misuse__region", label="地区")
    booked_from = DayFilter(field_name="booked_on", lookup_expr="gte", label="记账不早于")
    booked_to = DayFilter(field_name="booked_on", lookup_expr="lte", label="记账不晚于")

    class Meta:
        model = LedgerEntry
        fields = ()

    def in_group(self, rows: Any, name: str, value: str) -> Any:
        return rows.about(*GROUPS.get(value, (value,)))

    def of_account(self, rows: Any, name: str, value: str) -> Any:
        return rows.about(value)

    def of_level(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(of_level(value, "misuse__"))

    def lacking(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(misuse__nature=None)

    def in_town(self, rows: Any, name: str, value: str) -> Any:
        """Exactly of this township, or of the county itself."""
        good = value.isascii() and value.isdigit() and len(value) == 9
        return (
            rows.filter(misuse__region_id__gte=value, misuse__region_id__lt=f"{value}:")
            if good
            else rows.none()
        )
