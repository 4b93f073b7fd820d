"""监督看板: the leader's page of charts. Each has its table, which can be taken away (`core.views.board_sheets`)."""

from functools import cached_property
from typing import Any

from django.views.generic import TemplateView

from funds import spans
from povertyaudit.core import moment
from povertyaudit.core.views import BoardSheet, Page, SheetsOut
from povertyaudit.reporting.boards import small
from povertyaudit.reporting.boards.chart import Chart
from povertyaudit.reporting.boards.leader import Board
from povertyaudit.reporting.views.reading import Reading


class Charted(SheetsOut, Page, TemplateView):
    """A page of charts; the table of each can be taken away."""

    span: Any

    @cached_property
    def charts(self) -> list[Chart]:
        raise NotImplementedError

    def sheets(self) -> list[BoardSheet]:
        return [
            BoardSheet(
                one.key, one.question, one.first_head, one.heads, one.lines, f"{one.finding}。{one.note}"
            )
            for one in self.charts
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(charts=self.charts, **kwargs)


class LeaderBoard(Reading, Charted):
    section, title = "board", "监督看板"
    template_name = "reporting/board.html"

    @cached_property
    def board(self) -> Board:
        return Board(self.user, self.span)

    @cached_property
    def charts(self) -> list[Chart]:
        """All of them, where all are asked for or the first are empty; else the first, or the rest that follow the page."""
        if self.wants_part():
            return self.board.rest
        return self.board.charts() if self.is_whole else self.board.first

    @property
    def is_whole(self) -> bool:
        return self.asks_part or "format" in self.request.GET or not self.board.first

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rest_url="" if self.is_whole else self.part_url(), **kwargs)

    def get_template_names(self) -> list[str]:
        return ["reporting/_rest.html" if self.wants_part() else self.template_name]


class MyFigures(Reading, Charted):
    """我的数: the few figures of one's own posts; 我的工作 asks for the table alone. The month unless another is asked for."""

    section, title, parent = "home", "我的数", ("我的工作", "/")
    template_name = "reporting/my_figures.html"
    readers = small.READERS

    @cached_property
    def span(self) -> spans.Span:
        return (
            super().span
            if "period" in self.request.GET
            else spans.span(f"{moment.today():%Y-%m}", moment.today())
        )

    @cached_property
    def charts(self) -> list[Chart]:
        return small.SmallBoard(self.user, self.span).charts()

    def get_template_names(self) -> list[str]:
        return [
            "reporting/_my_figures.html"
            if self.request.headers.get("HX-Target") == "my-figures"
            else self.template_name
        ]
