"""One FilterSet per list of the logs, for the page and the API; each figure opens its rows with it."""

from typing import Any

import django_filters

from inspections.models import Campaign
from povertyaudit.activities.models import Activity, ActivityKind, ActivityLevel, ActivityState, Group
from povertyaudit.activities.querysets import COUNTED
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsFilter
from povertyaudit.core.models import Unit
from rectification.board_filters import MainUnitFilter

ANY = "不限"


class ActivityFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title"), label="编号或名称")
    group = django_filters.ChoiceFilter(
        field_name="kind__group", choices=Group.choices, label="大类", empty_label=ANY
    )
    state = django_filters.ChoiceFilter(choices=ActivityState.choices, label="状态", empty_label=ANY)
    kind = TermFilter(terms=ActivityKind.objects.all(), label="类别")
    unit = MainUnitFilter(field_name="unit", queryset=Unit.objects.all(), label="举办单位")
    region = RegionFilter(field_name="region", label="地区")
    level = django_filters.ChoiceFilter(choices=ActivityLevel.choices, label="级别", empty_label=ANY)
    starts_from = DayFilter(field_name="starts_on", lookup_expr="gte", label="开始不早于")
    starts_to = DayFilter(field_name="starts_on", lookup_expr="lte", label="开始不晚于")
    days_from = DayFilter(field_name="ends_on", lookup_expr="gte", label="活动期间不早于")
    days_to = DayFilter(field_name="starts_on", lookup_expr="lte", label="活动期间不晚于")
    held = django_filters.BooleanFilter(method="that_were_held", label="已举办（含已归档）")
    leaflets = django_filters.NumberFilter(
        field_name="leaflets", lookup_expr="gte", label="发放资料不少于（份）"
    )
    campaign = django_filters.ModelChoiceFilter(
        queryset=Campaign.objects.all(), to_field_name="public_id", label="专项行动", empty_label=ANY
    )

    class Meta:
        model = Activity
        fields = ()

    def that_were_held(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.filter(state__in=COUNTED) if value else queryset.exclude(state__in=COUNTED)
