"""Boards of rectification: by unit, the matrix of rounds, what a unit owes this week."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import TemplateView, View

from povertyaudit.core import moment
from povertyaudit.core.models import Role
from povertyaudit.core.views import BoardLine, BoardPage, BoardSheet, SheetsOut, Texts
from povertyaudit.core.views.base import Page
from rectification.board_filters import ROUNDS
from rectification.board_querysets import READERS as RANKING_READERS
from rectification.boards import matrix, units, week
from rectification.home import READERS
from rectification.workflow import UNIT

OVER_UNITS = READERS - UNIT
# key, label, address, who uses it
BOARDS = (
    ("week", "本周要做", "/item-boards/week/", UNIT),
    ("units", "各单位整改情况", "/item-boards/units/", OVER_UNITS),
    ("matrix", "轮次单位矩阵", "/item-boards/matrix/", OVER_UNITS - {Role.COUNTY_LEADER, Role.FINANCE, Role.SECTOR}),
    ("ranking", "销号率排名", "/item-boards/ranking/", RANKING_READERS),
    ("still", "零搁置", "/item-boards/still/", OVER_UNITS),
    ("pack", "会议材料", "/item-boards/pack/", OVER_UNITS - {Role.PATROL_TEAM, Role.FINANCE, Role.SECTOR}),
)  # fmt: skip


def offered(user: Any) -> list[tuple[str, str, str]]:
    """The boards of this person, as (key, label, address)."""
    return [(key, label, url) for key, label, url, roles in BOARDS if user.roles & roles]


class Boards(Page, View):
    """整改看板: the first board of the person's post."""

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = offered(self.user)
        if not mine:
            raise PermissionDenied
        first = next(
            (one for one in mine if one[0] == "matrix" and Role.PATROL_OFFICE in self.user.roles), mine[0]
        )
        return HttpResponseRedirect(first[2])


class OneBoard(Page):
    """For those whose post it serves; with the way to the others."""

    section, key = "item_boards", ""
    parent = ("整改事项", "/items/")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and self.key not in {key for key, _, _ in offered(self.user)}:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def boards(self) -> list[tuple[str, str, bool]]:
        """The way to each board of this person, and whether it is this one."""
        return [(label, url, key == self.key) for key, label, url in offered(self.user)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"boards": self.boards(), **kwargs})


class UnitsBoard(OneBoard, BoardPage):
    key, first_head, template_name = "units", "主责单位", "rectification/board.html"
    note = "只统计您能看到的已下发事项，按主责单位；销号率是已销号/已下发，长期坚持的计入已下发，不算销号。点数字看是哪几项。"

    def get_title(self) -> str:
        return "我牵头的整改事项" if units.leads(self.user) else "各单位整改情况"

    @property
    def empty(self) -> str:  # type: ignore[override]
        return "还没有由您牵头的整改事项。" if units.leads(self.user) else "还没有已下发的整改事项。"

    @cached_property
    def found(self) -> list[BoardLine]:
        return units.lines(self.user)

    @cached_property
    def whole(self) -> BoardLine:
        return units.whole(self.user)

    def heads(self) -> Sequence[str]:
        return units.HEADS

    def lines(self) -> Sequence[BoardLine]:
        return self.found

    def total(self) -> BoardLine | None:
        return self.whole

    def finding(self) -> str:
        return units.finding(self.found, self.whole, units.leads(self.user))


class MatrixBoard(SheetsOut, OneBoard, TemplateView):
    key, title, template_name = "matrix", "轮次单位矩阵", "rectification/matrix.html"

    @cached_property
    def which(self) -> str:
        keys = [key for key, _ in ROUNDS]
        asked = self.request.GET.get("rounds", "")
        return asked if asked in keys else keys[0]

    def sheets(self) -> list[BoardSheet]:
        found = matrix.matrix(self.user, self.which)
        title = f"{self.title}（{dict(ROUNDS)[self.which]}）"
        heads, lines = matrix.flat(found)
        said = matrix.finding(found)
        return [BoardSheet("matrix", title, "主责单位", heads, lines, said)] if found.rows else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        which = self.which
        found = matrix.matrix(self.user, which)
        return super().get_context_data(
            matrix=found, finding=matrix.finding(found), which=dict(ROUNDS)[which],
            tabs=[(label, f"?rounds={key}", key == which) for key, label in ROUNDS], **kwargs,
        )  # fmt: skip


class WeekBoard(SheetsOut, OneBoard, TemplateView):
    key, title, template_name = "week", "本周要做", "rectification/week.html"

    @cached_property
    def found(self) -> list[week.Duty]:
        return week.duties(self.user)

    def period_words(self) -> str:
        return f"{week.last_day(moment.today())} 以前"

    def sheets(self) -> list[BoardSheet]:
        lines = [Texts(week.words(head, one)) for head, duties in week.by_day(self.found) for one in duties]
        first, *heads = week.HEADS
        return (
            [BoardSheet("week", self.title, first, heads, lines, week.finding(len(lines)))] if lines else []
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.found
        return super().get_context_data(days=week.by_day(found), finding=week.finding(len(found)), **kwargs)
