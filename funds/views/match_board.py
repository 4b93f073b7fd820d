"""误报率: the board of what became of suspicions."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from funds import suspicion_board as board
from funds.suspicion_querysets import REGION_WIDE
from funds.workflow.suspicions import DISCIPLINE
from povertyaudit.core.models import Role
from povertyaudit.core.views import BoardLine, BoardPage, BoardSheet, Figure

READERS = REGION_WIDE - {Role.SERVICE}


class MatchBoard(BoardPage):
    section, title, parent = "suspicions", "疑点误报率", ("疑点核查", "/suspicions/")
    template_name = "funds/match_board.html"
    ways = (("rule", "按比对规则"), ("compared", "按比对数据"), ("excuse", "按部门和排除理由"))
    empty = "还没有疑点。"
    wide = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return {"rule": "比对规则", "compared": "比对数据", "excuse": "数据来源部门和排除理由"}[self.by()]

    @property
    def knows_leads(self) -> bool:
        """Whoever sees no leads is shown no figures of what came of them."""
        return bool(self.user.roles & (DISCIPLINE | {Role.SECRETARY, Role.DEPUTY}))

    @cached_property
    def groups(self) -> list[Any]:
        """The most suspicions first."""
        found = board.grouped(self.user, self.by(), leads=self.knows_leads)
        return sorted(found, key=lambda one: -one[1]["n_all"])

    def heads(self) -> Sequence[str]:
        if self.by() == "excuse":
            return ("排除",)
        heads = board.HEADS
        return (*heads[:-1], *board.LEAD_HEADS, heads[-1]) if self.knows_leads else heads

    def lines(self) -> Sequence[BoardLine]:
        if self.by() == "excuse":
            return board.excused(self.user)
        return [
            board.line(label, row, {self.by(): row["key"]}, leads=self.knows_leads)
            for label, row in self.groups
        ]

    @cached_property
    def whole(self) -> dict[str, Any]:
        names = [name for _, row in self.groups[:1] for name in row if name != "key"]
        return {name: sum(row[name] for _, row in self.groups) for name in names}

    def total(self) -> BoardLine | None:
        if self.by() == "excuse" or not self.groups:
            return None
        return board.line("合计", self.whole, {}, leads=self.knows_leads)

    def finding(self) -> str:
        """How many hits were none, and where the most."""
        if self.by() == "excuse":
            return "排除得最多的数据和理由排在前面：请来源部门开展“数据回头看”，修正数据。"
        if not self.groups or not self.whole["n_decided"]:
            return "还没有处理完的疑点。"
        decided = [one for one in self.groups if one[1]["n_decided"]]
        label, row = max(decided, key=lambda one: one[1]["n_cleared"] / one[1]["n_decided"])
        return f"误报率 {board.share(self.whole)}；最高的是“{label}”，{board.share(row)}。"

    def sheets(self) -> list[BoardSheet]:
        lines = [
            BoardLine(
                row["label"], (Figure(row["rows"]), Figure(row["filed"]), Figure(row["handled"]), Figure(0, "", row["money"]))
            )
            for row in self.reported
        ]  # fmt: skip
        heads = ("疑点", "立案", "组织处理", "追缴（元）")
        more = BoardSheet("reported", f"{self.title}：上报数", "比对规则", heads, lines)
        return [*super().sheets(), *([more] if lines else [])]

    @cached_property
    def reported(self) -> list[dict[str, Any]]:
        return board.reported(self.user) if self.by() == "rule" else []
