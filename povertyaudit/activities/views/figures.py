"""Figures of the logs of a period, compared with the one before."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from funds import spans
from povertyaudit.activities.figures import SUMS, WAYS, Figures
from povertyaudit.activities.querysets import READERS
from povertyaudit.activities.views.activities import PARENT, SECTION
from povertyaudit.core import moment
from povertyaudit.core.views import BoardLine, BoardPage, BoardSheet


class FiguresBoard(BoardPage):
    section, title, parent, wide = SECTION, "工作纪实统计", PARENT, True
    template_name = "activities/figures.html"
    ways = tuple((key, label) for key, (label, _, _) in WAYS.items())

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

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

    def sheets(self) -> list[BoardSheet]:
        more = self.figures.compared()
        heads = self.figures.compared_heads()
        compared = BoardSheet("compared", f"{self.title}：与上期比较", "统计", heads, more)
        return [*super().sheets(), *([compared] if more else [])]

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
