"""One FilterSet for the page and the API."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q

from inspections.models import Round
from povertyaudit.core import moment
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsFilter
from povertyaudit.core.models import Unit
from rectification.filters import UnitFilter
from rectification.models import Cadence, FigureKind, PeriodReport, PeriodState

ANY = "不限"


class PeriodReportFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "item__number", "unit__name"), label="编号、事项编号或单位")
    state = django_filters.ChoiceFilter(choices=PeriodState.choices, label="状态", empty_label=ANY)
    missed = django_filters.BooleanFilter(method="by_missed", label="未报")
    cadence = django_filters.ChoiceFilter(choices=Cadence.choices, label="报告周期", empty_label=ANY)
    item = django_filters.CharFilter(method="by_item", max_length=40, label="整改事项编号")
    round = django_filters.ModelChoiceFilter(
        field_name="item__finding__round",
        queryset=Round.objects.all(),
        to_field_name="public_id",
        label="巡察轮次",
        empty_label=ANY,
    )
    figure = TermFilter(field_name="figures__kind", terms=FigureKind.objects.all(), label="填有数据")
    latest = django_filters.BooleanFilter(method="by_latest", label="各事项最近一期")
    latest_on = DayFilter(method="by_latest_on", label="截至该日各事项最近一期")
    region = RegionFilter(field_name="region", label="地区")
    unit = UnitFilter(queryset=Unit.objects.all(), label="报告单位")
    ended_from = DayFilter(field_name="last_day", lookup_expr="gte", label="报告期止不早于")
    ended_to = DayFilter(field_name="last_day", lookup_expr="lte", label="报告期止不晚于")

    class Meta:
        model = PeriodReport
        fields = ()

    def by_item(self, rows: Any, name: str, value: str) -> Any:
        """By its number, as people type it, or its id; a choice out of all items would make the page endless."""
        return rows.filter(Q(item__number=value) | Q(item__public_id=value))

    def by_latest(self, rows: Any, name: str, value: bool) -> Any:
        """Of each item the report signed last, or the others."""
        last = rows.last_signed()
        return last if value else rows.exclude(pk__in=last.order_by().values("pk"))

    def by_latest_on(self, rows: Any, name: str, value: date) -> Any:
        """Of each item the report signed last by the end of that day."""
        return rows.last_signed(value)

    def by_missed(self, rows: Any, name: str, value: bool) -> Any:
        """Past the day and not signed, or not."""
        late = rows.missed(moment.today())
        return late if value else rows.exclude(pk__in=late.order_by().values("pk"))
