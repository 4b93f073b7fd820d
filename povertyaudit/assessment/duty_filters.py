"""Filters of the rhythm of inspections, for the page and the API."""

from typing import Any

import django_filters

from povertyaudit.assessment.models.duties import DutyKind, DutyState, InspectionDuty
from povertyaudit.core import moment
from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter

ANY = "不限"


class DutyFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "rule__name", "unit__name"), label="编号、规定或单位")
    state = django_filters.ChoiceFilter(choices=DutyState.choices, label="状态", empty_label=ANY)
    kind = django_filters.ChoiceFilter(choices=DutyKind.choices, label="督查种类", empty_label=ANY)
    late = django_filters.BooleanFilter(method="that_are_late", label="已超期")
    region = RegionFilter(field_name="region", label="地区")
    due_from = DayFilter(field_name="due_on", lookup_expr="gte", label="时限不早于")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte", label="时限不晚于")

    class Meta:
        model = InspectionDuty
        fields = ()

    def that_are_late(self, rows: Any, name: str, value: bool) -> Any:
        late = rows.late(moment.today())
        return late if value else rows.exclude(pk__in=late.order_by().values("pk"))
