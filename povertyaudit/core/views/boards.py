"""BoardPage: figures in rows and columns; the finding stands in words above, every figure opens exactly its rows.

    class Backlog(BoardPage):
        section, title, parent = "leads", "清零看板", ("问题线索", "/leads/")
        ways = (("office", "按承办部门"), ("town", "按乡镇"))          # ?by=…; the first where none is asked for
        def finding(self): return "第一监督检查室未办结最多（12 件）。"
        def heads(self):   return ["合计", "30 天以内"]
        def lines(self):   return [BoardLine("第一监督检查室", (Figure(12, "/leads/?…"), Figure(0)))]
        def total(self):   return BoardLine("合计", (…))

The first figure of a line is drawn as a bar as well. The table can be taken away (`core.views.board_sheets`); a page that
shows more tables than this one adds them in `sheets`. Nothing is asked of the database here: count in scope.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.views.generic import TemplateView

from povertyaudit.core.views.base import Page
from povertyaudit.core.views.board_sheets import BoardSheet, SheetsOut


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


class BoardPage(SheetsOut, Page, TemplateView):
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

    def sheets(self) -> list[BoardSheet]:
        """The table with its last line, named by the way it is asked for."""
        lines = list(self.lines())
        if not lines:
            return []
        if total := self.total():
            lines.append(total)
        way = dict(self.ways).get(self.by(), "")
        title = f"{self.get_title()}（{way}）" if way else self.get_title()
        return [BoardSheet("board", title, self.first_head, self.heads(), lines, self.finding())]

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
