"""违规资金分析: the board of misuses and of what came back."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from funds import spans
from funds.home import READERS
from funds.misuse_board import HEADS, WAYS, Board
from povertyaudit.core import moment, render
from povertyaudit.core.views import BoardLine, BoardPage, BoardSheet

FUNNEL_HEADS = ("金额", "占应追缴")


class MisuseBoard(BoardPage):
    section, title, parent = "misuse_board", "违规资金分析", ("违规使用资金", "/misuses/")
    template_name = "funds/misuse_board.html"
    wide = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def span(self) -> spans.Span:
        return spans.span(self.request.GET.get("period", ""), moment.today())

    @property
    def ways(self) -> Sequence[tuple[str, str]]:  # type: ignore[override]
        return [(key, label) for key, (label, _) in WAYS.items()]

    @cached_property
    def board(self) -> Board:
        return Board(self.user, self.by(), self.span)

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return WAYS[self.by()][1]

    @property
    def empty(self) -> str:  # type: ignore[override]
        return f"您能看到的范围内，{self.span.words}没有发现违规使用资金；可以换一个期间再看。"

    def finding(self) -> str:
        return self.board.finding()

    def heads(self) -> Sequence[str]:
        return HEADS

    def lines(self) -> Sequence[BoardLine]:
        return self.board.lines()

    def total(self) -> BoardLine | None:
        return self.board.total()

    def sheets(self) -> list[BoardSheet]:
        funnel = self.board.funnel()
        more = BoardSheet("funnel", f"{self.span.words}发现的资金追回多少", "台账", FUNNEL_HEADS, funnel)
        return [*super().sheets(), *([more] if funnel else [])]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        found["tabs"] = [(label, f"{url}&period={self.span.key}", on) for label, url, on in found["tabs"]]
        return found | {
            "periods": self.periods(), "span": self.span, "funnel": self.board.funnel(),
            "funnel_heads": FUNNEL_HEADS, "way": self.by(),
        }  # fmt: skip

    def periods(self) -> list[tuple[str, list[spans.Span]]]:
        """What may be chosen; what was asked for by its address alone stands first."""
        found = spans.choices(moment.today())
        known = self.span in [one for _, ones in found for one in ones]
        return found if known else [("所选期间", [self.span]), *found]

    @property
    def note(self) -> str:
        """What is counted, and how."""
        past = self.board.past
        told = ""
        if past and past.first and past.last:
            told = f"上期是 {past.words}（{render.date(past.first)} 至 {render.date(past.last)}）。"
        return (
            f"只统计您能看到的、按发现日期在期间以内的违规使用资金；追缴、退还是这些资金到今天为止的账。{told}"
            "追缴（收回来的）和退还群众（还给农户的）分别合计；金额档按“分类目录—资金管理规定”今天的规定分。"
            "点数字看是哪些。"
        )
