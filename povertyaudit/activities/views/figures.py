"""Figures of the logs of a period, compared with the one before; also as a table for a spreadsheet."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from funds import spans
from povertyaudit.activities.figures import SUMS, WAYS, Figures
from povertyaudit.activities.querysets import READERS
from povertyaudit.activities.views.activities import PARENT, SECTION
from povertyaudit.core import audit, ledger, moment
from povertyaudit.core.limits import TooMany, hold_export
from povertyaudit.core.views import BoardLine, BoardPage
from povertyaudit.core.views.refusals import plain as refused


class FiguresBoard(BoardPage):
    section, title, parent, wide = SECTION, "工作纪实统计", PARENT, True
    template_name = "activities/figures.html"
    ways = tuple((key, label) for key, (label, _, _) in WAYS.items())

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        if request.GET.get("format") == "csv":
            return self.export()
        answer: HttpResponseBase = super().get(request, *args, **kwargs)
        return answer

    @cached_property
    def span(self) -> spans.Span:
        return spans.span(self.request.GET.get("period", ""), moment.today())

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.user, self.by(), self.span)

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return WAYS[self.by()][1]

    @property
    def empty(self) -> str:  # type: ignore[override]
        return f"您能看到的范围内，{self.span.words}没有登记活动；可以换一个期间再看。"

    def finding(self) -> str:
        return self.figures.finding()

    def heads(self) -> Sequence[str]:
        return [label for _, label in SUMS]

    def lines(self) -> Sequence[BoardLine]:
        return self.figures.lines()

    def total(self) -> BoardLine | None:
        return self.figures.total()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        found["tabs"] = [(label, f"{url}&period={self.span.key}", on) for label, url, on in found["tabs"]]
        periods = spans.choices(moment.today())
        if self.span not in [one for _, ones in periods for one in ones]:
            periods = [("所选期间", [self.span]), *periods]
        return found | {
            "periods": periods, "span": self.span, "way": self.by(), "compared": self.figures.compared(),
            "compared_heads": self.figures.compared_heads(),
        }  # fmt: skip

    def export(self) -> HttpResponseBase:
        """The same lines with the total, one recorded act."""
        heads = [self.first_head, *self.heads()]
        lines = [*self.lines(), *([total] if (total := self.total()) else [])]
        cells = ([line.label, *(figure.value for figure in line.figures)] for line in lines)
        try:
            held = hold_export(self.user, ledger.csv_table(heads, cells))
        except TooMany as many:
            return refused(self.request, many.status, many.code, str(many), retry_after=many.retry_after)
        facts = {"list": "activities/figures", "format": "csv", "by": self.by(), "period": self.span.key}
        audit.record("export.list", self.user, by=self.user, facts=facts)
        name = f"{self.title}-{self.span.key}-{moment.today():%Y%m%d}.csv"
        headers = {
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return StreamingHttpResponse(held, headers=headers)
