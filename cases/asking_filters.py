"""Filters of interference, of accountabilities and of those who answer, for the pages and the API."""

from typing import Any

import django_filters

from cases.filters import ANY
from cases.models import Accountability, Interference, Responsible
from cases.round_filter import RoundFilter
from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter


class InterferenceFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number",), label="登记编号")
    state = django_filters.ChoiceFilter(choices=Interference.State.choices, label="状态", empty_label=ANY)

    class Meta:
        model = Interference
        fields = ()


class AccountabilityFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title", "lead__number"), label="编号、事由或线索编号")
    state = django_filters.ChoiceFilter(choices=Accountability.State.choices, label="状态", empty_label=ANY)
    region = RegionFilter(field_name="region", label="地区")
    own_staff = django_filters.BooleanFilter(label="刀刃向内")
    round = RoundFilter("lead")

    class Meta:
        model = Accountability
        fields = ()


class ResponsibleFilter(django_filters.FilterSet):
    q = WordsFilter(
        fields=("name", "post_text", "accountability__number"), label="姓名、名称、职务或问责编号"
    )
    kind = django_filters.ChoiceFilter(choices=Responsible.Kind.choices, label="对象", empty_label=ANY)
    standing = django_filters.ChoiceFilter(
        choices=(("held", "已决定问责"), ("talked", "已决定约谈（不计入问责）"), ("undecided", "尚未决定")),
        method="of_standing", label="问责情况", empty_label=ANY,
    )  # fmt: skip
    measure = django_filters.ChoiceFilter(
        choices=Responsible.Measure.choices, label="问责方式", empty_label=ANY
    )
    round = RoundFilter("accountability__lead")
    decided_from = DayFilter(field_name="accountability__decided_on", lookup_expr="gte", label="决定不早于")
    decided_to = DayFilter(field_name="accountability__decided_on", lookup_expr="lte", label="决定不晚于")
    region = RegionFilter(field_name="accountability__region", label="地区")

    class Meta:
        model = Responsible
        fields = ()

    def of_standing(self, rows: Any, name: str, value: str) -> Any:
        return {"held": rows.held, "talked": rows.talked_to, "undecided": rows.undecided}[value]()
