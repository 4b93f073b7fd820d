"""One FilterSet per list, for the page and the API."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef

from povertyaudit.answering.models import (
    Capacity,
    Letter,
    LetterState,
    Responsibility,
    ResponsibilityState,
    TeamList,
    TeamListState,
)
from povertyaudit.answering.services.rules import amount
from povertyaudit.answering.services.standing import months_back, wanted_days
from povertyaudit.core import moment
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsFilter
from povertyaudit.core.models import RegionAttribute, Unit

ANY = "不限"
STANDINGS = (
    ("serving", "在任"), ("ending", "即将届满"), ("expired", "已届满没有接任"), ("short", "连续驻村天数不足"),
    ("listed", "在名单内的村"),
)  # fmt: skip


class ResponsibilityFilter(django_filters.FilterSet):
    """`region` alone: the place and all below it. With `on`: who answered for this very place that day, at every level."""

    q = WordsFilter(fields=("number", "name", "user__person__name"), label="编号或姓名")
    region = RegionFilter(field_name="region", label="地区")
    on = DayFilter(label="哪一天", method="nothing")
    capacity = TermFilter(terms=Capacity.objects.all(), label="责任身份", field_name="capacity")
    state = django_filters.ChoiceFilter(choices=ResponsibilityState.choices, label="状态", empty_label=ANY)
    standing = django_filters.ChoiceFilter(
        choices=STANDINGS, label="任期情况", empty_label=ANY, method="by_standing"
    )
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.all(), field_name="home_unit", to_field_name="public_id", label="所在（派出）单位",
        empty_label=ANY,
    )  # fmt: skip
    object_no = django_filters.CharFilter(label="户（人）编号", max_length=30)

    class Meta:
        model = Responsibility
        fields = ()

    def nothing(self, rows: Any, _name: str, _value: Any) -> Any:
        """The day goes with the region: `filter_queryset`."""
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        said = self.form.cleaned_data
        region, day = said.get("region"), said.get("on")
        if day is None:
            return super().filter_queryset(queryset)
        self.form.cleaned_data = {**said, "region": None}
        rows = super().filter_queryset(queryset)
        self.form.cleaned_data = said
        if region is None:
            return rows.on(day)
        if said.get("object_no"):
            return rows.on(day).of_place(region)
        return rows.answering(region, day)

    def by_standing(self, rows: Any, _name: str, value: str) -> Any:
        today = moment.today()
        if value == "serving":
            return rows.serving().on(today)
        if value == "ending":
            return rows.ending(today, amount("remind_days"))
        if value == "expired":
            return rows.expired(today)
        if value == "listed":
            attributes = Exists(_attributes(today.year))
            return rows.serving().filter(attributes)
        return rows.short_for(months_back(today), wanted_days(today))


def _attributes(year: int) -> Any:

    return RegionAttribute.objects.filter(region_id=OuterRef("region_id"), year=year)


class LetterFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "paper_no", "region__name"), label="编号、文号或地方")
    year = django_filters.NumberFilter(label="年度", min_value=2000, max_value=2100, decimal_places=0)
    region = RegionFilter(field_name="region", label="地区")
    state = django_filters.ChoiceFilter(choices=LetterState.choices, label="状态", empty_label=ANY)
    lacking = django_filters.ChoiceFilter(
        choices=(("upper", "上级没有签字"), ("lower", "下级没有签字")), label="缺谁的签字", empty_label=ANY,
        method="by_lacking",
    )  # fmt: skip

    class Meta:
        model = Letter
        fields = ()

    def by_lacking(self, rows: Any, _name: str, value: str) -> Any:
        return rows.unsigned().filter(**{f"{value}_signed_on": None})


class TeamListFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "file_name", "basis"), label="编号或文件")
    state = django_filters.ChoiceFilter(choices=TeamListState.choices, label="状态", empty_label=ANY)

    class Meta:
        model = TeamList
        fields = ()
