"""Conditions the figures of the boards open the list of items with."""

from typing import Any

import django_filters

from inspections.models import Round
from povertyaudit.core.filters import DayFilter
from povertyaudit.core.forms import UnitField
from povertyaudit.core.models import Unit
from rectification import standing
from rectification.models import ItemUnit

ROUNDS = (("going", "未办结的轮次"), ("ended", "已办结的轮次"))


def of_rounds(user: Any, which: str) -> Any:
    """Rounds the reader may know of: those with work left, or those that are over (已办结)."""
    rows: Any = Round.objects.visible_to(user)
    ended = Round.State.CLOSED
    return rows.filter(state=ended) if which == "ended" else rows.exclude(state=ended)


class MainUnitFilter(django_filters.Filter):
    """A unit by its name or id."""

    field_class = UnitField


class BoardFilters(django_filters.FilterSet):
    """Part of the filters of items. `as_of` looks back: as things stood when that day was over."""

    standing = django_filters.ChoiceFilter(
        choices=tuple(standing.WORDS.items()), method="by_standing", label="办理情况", empty_label="不限"
    )
    as_of = DayFilter(method="by_day", label="截至")
    main_unit = MainUnitFilter(queryset=Unit.objects.all(), method="by_main_unit", label="主责单位")
    led = django_filters.BooleanFilter(method="by_led", label="由我牵头")
    rounds = django_filters.ChoiceFilter(
        choices=ROUNDS, method="by_rounds", label="轮次状态", empty_label="不限"
    )

    countable = django_filters.BooleanFilter(method="by_countable", label="不计保密轮次的")

    request: Any

    def by_standing(self, rows: Any, name: str, value: str) -> Any:
        day = self.form.cleaned_data.get("as_of")
        return rows.filter(standing.conditions(None if value in standing.NOW_ONLY else day)[value])

    def by_day(self, rows: Any, name: str, value: Any) -> Any:
        return rows.filter(standing.conditions(value)["issued"])

    def by_main_unit(self, rows: Any, name: str, value: Unit) -> Any:
        return rows.filter(pk__in=ItemUnit.objects.filter(unit=value, is_main=True).values("item"))

    def by_led(self, rows: Any, name: str, value: bool) -> Any:
        mine = {"leading_leader": self.request.user}
        return rows.filter(**mine) if value else rows.exclude(**mine)

    def by_rounds(self, rows: Any, name: str, value: str) -> Any:
        chosen = of_rounds(self.request.user, value)
        return rows.filter(finding__round__in=chosen.order_by().values("pk"))

    def by_countable(self, rows: Any, name: str, value: bool) -> Any:
        return rows.filter(standing.NOT_SECRET if value else ~standing.NOT_SECRET)
