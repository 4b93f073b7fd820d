"""清零看板 and 片区月例会清单: the backlog in figures that open their rows, and an area's open leads on a day."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from cases.filters import MeetingFilter
from cases.home import READERS
from cases.models import Lead
from cases.pages import backlog, columns
from cases.views.leads import PARENT
from povertyaudit.core import moment
from povertyaudit.core.views import BoardLine, BoardPage, Column, ListPage

HEADS = {"office": "承办部门", "town": "属地", "area": "片区"}


class ForReaders:
    """Pages of those whose posts handle leads."""

    user: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class Backlog(ForReaders, BoardPage):
    section, title, parent = "leads", "清零看板", PARENT
    template_name = "cases/backlog.html"
    ways = (("office", "按承办部门"), ("town", "按乡镇"), ("area", "按片区"))
    empty = "您能看到的线索都已办结。"

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return HEADS[self.by()]

    def heads(self) -> list[str]:
        return [head for _, head, _ in backlog.FIGURES]

    @cached_property
    def found(self) -> list[BoardLine]:
        """Most first."""
        return sorted(backlog.WAYS[self.by()](self.user), key=lambda line: -line.figures[0].value)

    @cached_property
    def whole(self) -> BoardLine:
        return backlog.total(self.user)

    def lines(self) -> Sequence[BoardLine]:
        return self.found

    def total(self) -> BoardLine | None:
        return self.whole

    def finding(self) -> str:
        return backlog.finding(self.found, self.whole)


def _days(lead: Lead) -> str:
    return f"{(moment.today() - lead.received_on).days} 天"


class MeetingList(ForReaders, ListPage):
    """What an area's monthly meeting goes through: leads open on the day, the oldest first."""

    queryset = Lead.objects.for_list()
    section, title, parent = "leads", "片区月例会清单", PARENT
    filterset_class = MeetingFilter
    main_filters = ("area", "open_on")
    order = "received_on"
    columns = (
        Column("number", "线索编号", kind="link", order="number"),
        Column("area_names", "片区", phone="hide"),
        Column("region.name", "属地", phone="hide"),
        Column("title", "反映问题摘要", phone="main"),
        Column("persons", "被反映人", value=columns.persons, phone="hide"),
        Column("owes_next", "下一步", value=columns.owes_next, phone="sub"),
        Column("received_on", "受理日期", kind="date", order="received_on", phone="hide"),
        Column("days", "至今", value=_days, phone="hide"),
        Column("due_on", "期限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
    )
    empty = "这一天没有未办结的线索。"

    @cached_property
    def asked(self) -> Any:
        """The bare address opens the list of one's own area."""
        asked = super().asked
        mine = next((post.area for post in self.user.current_posts() if post.area is not None), None)
        if not self.request.GET and mine is not None:
            asked["area"] = mine.public_id
        return asked

    def filled(self, rows: list[Any]) -> list[Any]:
        backlog.areas_of(rows, self.user)
        return rows
