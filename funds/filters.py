"""One FilterSet per list, for the page and the API."""

import django_filters

from funds.models import FundKind, Misuse, MisuseKind, Recovery
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsFilter


class MisuseFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title", "responsible_unit__name"), label="编号、名称或单位")
    state = django_filters.ChoiceFilter(choices=Misuse.State.choices, label="状态", empty_label="不限")
    kind = TermFilter(terms=MisuseKind.objects.all(), label="问题类型")
    fund_kind = TermFilter(terms=FundKind.objects.all(), label="资金种类")
    how_found = django_filters.ChoiceFilter(
        choices=Misuse.Source.choices, label="发现途径", empty_label="不限"
    )
    region = RegionFilter(field_name="region", label="地区")
    found_from = DayFilter(field_name="found_on", lookup_expr="gte", label="发现不早于")
    found_to = DayFilter(field_name="found_on", lookup_expr="lte", label="发现不晚于")

    class Meta:
        model = Misuse
        fields = ()


class RecoveryFilter(django_filters.FilterSet):
    misuse = django_filters.ModelChoiceFilter(
        queryset=Misuse.objects.all(), to_field_name="public_id", label="违规使用资金"
    )
    kind = django_filters.ChoiceFilter(choices=Recovery.Kind.choices, label="方式")
    received_from = DayFilter(field_name="received_on", lookup_expr="gte", label="到账不早于")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte", label="到账不晚于")
    voided = django_filters.BooleanFilter(
        field_name="voided_at", lookup_expr="isnull", exclude=True, label="已作废"
    )

    class Meta:
        model = Recovery
        fields = ()
