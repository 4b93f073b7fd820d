"""警示教育月 of a year: who has held how many lessons, those without one first."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from povertyaudit.activities.querysets import READERS, REGION_WIDE
from povertyaudit.activities.services.rules import WarningMonth, warning_month
from povertyaudit.activities.views.activities import PARENT, SECTION
from povertyaudit.activities.warning_month import counted, owing_to
from povertyaudit.core import moment
from povertyaudit.core.views import BoardLine, BoardPage, Figure

YEARS = 3


class WarningMonthBoard(BoardPage):
    section, title, parent, wide = SECTION, "警示教育月", PARENT, True
    first_head, empty = "单位", "这一年没有规定警示教育月，或者没有应举办的单位。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def ways(self) -> Sequence[tuple[str, str]]:  # type: ignore[override]
        this = moment.today().year
        return [(str(year), f"{year} 年") for year in range(this, this - YEARS, -1)]

    @cached_property
    def month(self) -> WarningMonth | None:
        return warning_month(int(self.by()))

    @cached_property
    def units(self) -> list[Any]:
        if self.month is None:
            return []
        return list(counted(owing_to(self.user, self.month, REGION_WIDE), self.month))

    def finding(self) -> str:
        if self.month is None or not self.units:
            return ""
        without = [unit for unit in self.units if not unit.rows]
        words = f"{self.month.first} 至 {self.month.last}，应举办 {len(self.units)} 个单位，已举办 {len(self.units) - len(without)} 个"
        return f"{words}，没有举办 {len(without)} 个。" if without else f"{words}。"

    def heads(self) -> Sequence[str]:
        return ("活动", "场次", "人次", "人数")

    def lines(self) -> Sequence[BoardLine]:
        return [BoardLine(unit.name, self._figures(unit)) for unit in self.units]

    def _figures(self, unit: Any) -> list[Figure]:
        if self.month is None:
            return []
        asked = {
            "group": "warning", "held": "true", "unit": unit.public_id, "days_from": self.month.first, "days_to": self.month.last,
            "view": "all",
        }  # fmt: skip
        url = f"/activities/?{urlencode(asked)}"
        none = "" if unit.rows else "没有举办"
        return [
            Figure(unit.rows, url, none), Figure(unit.held, url), Figure(unit.times, url), Figure(unit.persons, url)
        ]  # fmt: skip
