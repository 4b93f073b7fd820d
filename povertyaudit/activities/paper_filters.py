"""One FilterSet per list of commendations, plans and rules, for the page and the API."""

from typing import Any

import django_filters

from povertyaudit.activities.filters import ANY
from povertyaudit.activities.models import (
    ActivityLevel,
    ActivitySheet,
    ActivitySheetState,
    Commendation,
    CommendationKind,
    CommendationState,
    Regulation,
    RegulationKind,
    RegulationState,
)
from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter
from povertyaudit.core.models import Unit
from rectification.board_filters import MainUnitFilter


class CommendationFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "honour", "person_name", "unit__name"), label="编号、荣誉、姓名或单位")
    kind = django_filters.ChoiceFilter(choices=CommendationKind.choices, label="对象", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=CommendationState.choices, label="状态", empty_label=ANY)
    level = django_filters.ChoiceFilter(choices=ActivityLevel.choices, label="级别", empty_label=ANY)
    unit = MainUnitFilter(field_name="unit", queryset=Unit.objects.all(), label="单位")
    region = RegionFilter(field_name="region", label="地区")
    awarded_from = DayFilter(field_name="awarded_on", lookup_expr="gte", label="表彰不早于")
    awarded_to = DayFilter(field_name="awarded_on", lookup_expr="lte", label="表彰不晚于")

    class Meta:
        model = Commendation
        fields = ()


class RegulationFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title", "document"), label="编号、名称或文号")
    kind = django_filters.ChoiceFilter(choices=RegulationKind.choices, label="类别", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=RegulationState.choices, label="状态", empty_label=ANY)
    level = django_filters.ChoiceFilter(choices=ActivityLevel.choices, label="级别", empty_label=ANY)
    on = DayFilter(method="that_were_in_force", label="哪一天施行的")
    unit = MainUnitFilter(field_name="unit", queryset=Unit.objects.all(), label="登记单位")
    region = RegionFilter(field_name="region", label="地区")
    parent = django_filters.ModelChoiceFilter(
        queryset=Regulation.objects.filter(kind="master"), to_field_name="public_id", label="总方案", empty_label=ANY
    )  # fmt: skip
    built = django_filters.BooleanFilter(
        field_name="item", lookup_expr="isnull", exclude=True, label="因整改建立"
    )
    valid_from = DayFilter(field_name="valid_from", lookup_expr="gte", label="施行不早于")
    valid_to = DayFilter(field_name="valid_from", lookup_expr="lte", label="施行不晚于")
    laid_down = django_filters.BooleanFilter(method="that_were_laid_down", label="没有作废的")

    class Meta:
        model = Regulation
        fields = ()

    def that_were_in_force(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset.in_force(value)

    def that_were_laid_down(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.exclude(state="voided") if value else queryset.filter(state="voided")


class ActivitySheetFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "file_name"), label="编号或文件名")
    state = django_filters.ChoiceFilter(choices=ActivitySheetState.choices, label="状态", empty_label=ANY)
    unit = MainUnitFilter(field_name="unit", queryset=Unit.objects.all(), label="导入单位")

    class Meta:
        model = ActivitySheet
        fields = ()
