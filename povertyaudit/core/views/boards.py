"""BoardPage: figures in rows and columns; the finding stands in words above, every figure opens exactly its rows.

    class Backlog(BoardPage):
        section, title, parent = "leads", "清零看板", ("问题线索", "/leads/")
        ways = (("office", "按承办部门"), ("town", "按乡镇"))          # ?by=…; the first where none is asked for
        def finding(self): return "第一监督检查室未办结最多（12 件）。"
        def heads(self):   return ["合计", "30 天以内"]
        def lines(self):   return [BoardLine("第一监督检查室", (Figure(12, "/leads/?…"), Figure(0)))]
        def total(self):   return BoardLine("合计", (…))

The first figure of a line is drawn as a bar as well. Nothing is asked of the database here: count in scope.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.views.generic import TemplateView

from povertyaudit.core.views.base import Page


@dataclass(frozen=True)
class Figure:
    """A number and the list that holds exactly the rows it counts."""

    value: int
    url: str = ""
    text: str = ""  # shown instead of the number: 12/15（80%）

    @property
    def words(self) -> str:
        return self.text or f"{self.value:,}"


@dataclass(frozen=True)
class BoardLine:
    label: str
    figures: Sequence[Figure]
    share: int = 0  # width of its bar, of 100


class BoardPage(Page, TemplateView):
    template_name = "core/board.html"
    ways: Sequence[tuple[str, str]] = ()
    first_head = ""
    wide = False  # figures with words: on a phone each stands in a line of its own
    empty = "现在没有。"

    def by(self) -> str:
        """The way asked for."""
        keys = [key for key, _ in self.ways]
        asked = self.request.GET.get("by", "")
        return asked if asked in keys else next(iter(keys), "")

    def finding(self) -> str:
        """What the figures say, in a sentence."""
        return ""

    def heads(self) -> Sequence[str]:
        return ()

    def lines(self) -> Sequence[BoardLine]:
        return ()

    def total(self) -> BoardLine | None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = list(self.lines())
        most = max((line.figures[0].value for line in lines), default=0) or 1
        drawn = [
            BoardLine(line.label, line.figures, round(line.figures[0].value * 100 / most)) for line in lines
        ]
        by = self.by()
        return super().get_context_data(
            lines=drawn, total=self.total(), heads=self.heads(), finding=self.finding(),
            tabs=[(label, f"?by={key}", key == by) for key, label in self.ways], **kwargs,
        )  # fmt: skip
