"""监督看板: the leader's page of charts. Each has its table; `?format=csv&chart=` takes one table away."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView

from funds import spans
from povertyaudit.core import audit, ledger, moment
from povertyaudit.core.views import Page
from povertyaudit.reporting.boards import small
from povertyaudit.reporting.boards.chart import Chart
from povertyaudit.reporting.boards.leader import Board
from povertyaudit.reporting.views.reading import Reading


class Charted(Page, TemplateView):
    """A page of charts; the table of each can be taken away as CSV."""

    span: Any

    @cached_property
    def charts(self) -> list[Chart]:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.GET.get("format") == "csv":
            return self.export(request.GET.get("chart", ""))
        return super().get(request, *args, **kwargs)

    def export(self, key: str) -> Any:
        """The table of one chart, with numbers as numbers; the record keeps who took which."""
        chart = next((one for one in self.charts if one.key == key), None)
        if chart is None:
            raise Http404
        cells = [[line.label, *(figure.words for figure in line.figures)] for line in chart.lines]
        facts = {"board": key, "period": self.span.key, "format": "csv", "rows": len(cells)}
        audit.record("export.board", self.user, by=self.user, facts=facts)
        name = content_disposition_header(True, f"{chart.question}-{moment.today():%Y%m%d}.csv")
        return StreamingHttpResponse(
            ledger.csv_table([chart.first_head, *chart.heads], iter(cells)),
            headers={"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": name or "attachment"},
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(charts=self.charts, **kwargs)


class LeaderBoard(Reading, Charted):
    section, title = "board", "监督看板"
    template_name = "reporting/board.html"

    @cached_property
    def charts(self) -> list[Chart]:
        return Board(self.user, self.span).charts()


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
