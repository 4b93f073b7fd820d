"""村务公开 by township: of one month how many villages are complete, who is missing, and who is again and again."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from funds.pages.village_board import IN_A_ROW, counted, names
from funds.services.village_duties import month_of
from funds.views.village import SECTION, SHEETS
from funds.village_home import READERS
from povertyaudit.core import moment
from povertyaudit.core.views import BoardLine, BoardPage, Figure

MONTHS_BACK = 6
WORST = 3


def months() -> list[date]:
    """The first days of this month and of those before it, the latest first."""
    found = [moment.today().replace(day=1)]
    while len(found) < MONTHS_BACK:
        before = found[-1]
        found.append(date(before.year - (before.month == 1), (before.month - 2) % 12 + 1, 1))
    return found


class VillageBoard(BoardPage):
    section, title, parent, wide = SECTION, "村务公开看板", SHEETS, True
    first_head, empty = "乡镇", "这个月没有生成清单。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def ways(self) -> Sequence[tuple[str, str]]:  # type: ignore[override]
        return [(f"{one:%Y-%m}", f"{one.year} 年 {one.month} 月") for one in months()]

    def by(self) -> str:
        """The month asked for; the one before this one where none is: it is over."""
        keys = [key for key, _ in self.ways]
        asked = self.request.GET.get("by", "")
        return asked if asked in keys else keys[1]

    @cached_property
    def counted(self) -> dict[str, Counter[str]]:
        return counted(self.user, month_of(self.by()))

    @cached_property
    def names(self) -> dict[str, str]:
        return names(self.counted)

    @cached_property
    def order(self) -> list[str]:
        """The least complete first."""
        return sorted(self.counted, key=lambda town: (_rate(self.counted[town]), town))

    def finding(self) -> str:
        if not self.counted:
            return ""
        whole = self.whole()
        words = (
            f"{self.by()} 应公开 {whole['all']} 个村，报齐 {_share(whole)}，逾期未报 {whole['missed']} 个。"
        )
        worst = [town for town in self.order[:WORST] if _rate(self.counted[town]) < 1]
        if worst and len(self.counted) > 1:
            listed = "、".join(f"{self.names[town]} {_share(self.counted[town])}" for town in worst)
            words += f"排在最后的：{listed}。"
        return words

    def heads(self) -> Sequence[str]:
        return ("报齐", "逾期未报", "有未公开事项", "待核对", "连续缺报的村", "最长连续（月）")

    def lines(self) -> Sequence[BoardLine]:
        return [BoardLine(self.names[town], self._figures(self.counted[town], town)) for town in self.order]

    def total(self) -> BoardLine | None:
        return BoardLine("合计", self._figures(self.whole(), "")) if self.counted else None

    def whole(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for one in self.counted.values():
            found.update(one)
        found["longest"] = max((one["longest"] for one in self.counted.values()), default=0)
        return found

    def _figures(self, one: Counter[str], town: str) -> list[Figure]:
        def listed(**which: str) -> str:
            here = {"region": town.ljust(12, "0")} if town else {}
            return f"/village-sheets/?{urlencode({**which, **here, 'view': 'all'})}"

        month, runs = {"month": self.by()}, listed(run=str(IN_A_ROW))
        return [
            Figure(one["complete"] * 100 // one["all"], listed(**month, kind="complete"), _share(one)),
            Figure(one["missed"], listed(**month, kind="missed")),
            Figure(one["gapped"], listed(**month, kind="gapped")),
            Figure(one["unchecked"], listed(**month, state="submitted")),
            Figure(one["runs"], runs),
            Figure(one["longest"], runs if one["longest"] else ""),
        ]


def _rate(one: Counter[str]) -> float:
    return one["complete"] / one["all"]


def _share(one: Counter[str]) -> str:
    return f"{one['complete']}/{one['all']}（{one['complete'] * 100 // one['all']}%）"
