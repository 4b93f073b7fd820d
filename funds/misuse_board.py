"""违规资金分析: what was found in a period by kind, nature, level and amount, and how far the money came back.

Two grouped questions a board: misuses (how many, how much, also in the period before) and the entries of their books
(owed, taken, returned, otherwise, open). Each figure carries the list that holds exactly its rows.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Sum

from funds import brackets
from funds.models import LedgerEntry, Misuse, MisuseKind, MisuseNature
from funds.project_pages import percent
from funds.querysets import totals
from funds.spans import Span, before
from povertyaudit.core import moment, render
from povertyaudit.core.views import BoardLine, Figure

# ?by= → (words of the way, head of the first column)
WAYS = {
    "kind": ("按问题类型", "问题类型"), "nature": ("按问题性质", "问题性质"), "level": ("按单位层级", "单位层级"),
    "bracket": ("按金额档", "金额档"),
}  # fmt: skip
BOOKS = {
    "owed": "应追缴", "taken": "已追缴", "returned": "已退还群众", "otherwise": "其他处理", "open": "未结",
}  # fmt: skip
HEADS = (
    "件数", "上期件数", "涉及金额（万元）", *(f"{words}（万元）" for words in BOOKS.values()),
)  # fmt: skip
NONE = "未区分"
Row = dict[str, Any]


def within(path: str, first: date | None, last: date | None) -> Q:
    return Q() if first is None else Q(**{f"{path}__gte": first, f"{path}__lte": last})


@dataclass
class Board:
    """The figures of one period for one reader, grouped one way."""

    user: Any
    by: str
    span: Span

    @cached_property
    def past(self) -> Span | None:
        return before(self.span, moment.today())

    @cached_property
    def groups(self) -> dict[str, Row]:
        """Key → `now`, `then` (misuses), `fen` and the sums of the books, the most money first."""
        found = {row["key"] or "": {**dict.fromkeys(BOOKS, 0), **row} for row in self._misuses()}
        for row in self._entries():
            found[row["key"] or ""] |= row
        order = [key for key, _ in brackets.labelled()] if self.by == "bracket" else []
        ranked = sorted(found.items(), key=lambda one: (-(one[1]["fen"] or 0), -one[1]["now"], one[0]))
        return dict(sorted(ranked, key=lambda one: order.index(one[0])) if order else ranked)

    def _misuses(self) -> Any:
        now = within("found_on", self.span.first, self.span.last)
        then = within("found_on", self.past.first, self.past.last) if self.past else Q(pk__in=())
        rows = (
            Misuse.objects.visible_to(self.user)
            .standing()
            .filter(now | then if self.past else now)
            .order_by()
        )
        return rows.annotate(key=self._key("")).values("key").annotate(
            now=Count("pk", filter=now), then=Count("pk", filter=then), fen=Sum("amount_fen", filter=now),
            fen_then=Sum("amount_fen", filter=then),
        )  # fmt: skip

    def _entries(self) -> Any:
        rows = LedgerEntry.objects.visible_to(self.user).order_by()
        rows = rows.filter(within("misuse__found_on", self.span.first, self.span.last))
        return rows.annotate(key=self._key("misuse__")).values("key").annotate(**totals())

    def _key(self, path: str) -> Any:
        if self.by == "bracket":
            return brackets.bracket_key(f"{path}amount_fen")
        return brackets.level_key(path) if self.by == "level" else F(f"{path}{self.by}__code")

    @cached_property
    def whole(self) -> Row:
        names = ("now", "then", "fen", "fen_then", *BOOKS)
        return {name: sum(row[name] or 0 for row in self.groups.values()) for name in names}

    @cached_property
    def words(self) -> dict[str, str]:
        if self.by == "bracket":
            return dict(brackets.labelled())
        if self.by == "level":
            return dict(brackets.UNIT_LEVELS)
        return dict((MisuseKind if self.by == "kind" else MisuseNature).objects.codes())

    def label(self, key: str) -> str:
        return self.words.get(key, NONE)

    def lines(self) -> list[BoardLine]:
        return [self.line(self.label(key), row, self._narrow(key)) for key, row in self.groups.items()]

    def total(self) -> BoardLine:
        return self.line("合计", self.whole, {})

    def _narrow(self, key: str) -> dict[str, str]:
        return {self.by: key} if key else {"without": self.by}

    def line(self, label: str, row: Row, narrow: dict[str, str]) -> BoardLine:
        found = [
            Figure(row["now"], self.misuses(narrow, self.span)),
            Figure(row["then"], self.misuses(narrow, self.past)) if self.past else Figure(0, "", "—"),
            Figure(row["fen"] or 0, self.misuses(narrow, self.span), render.wan(row["fen"] or 0)),
        ]
        return BoardLine(
            label,
            [
                *found,
                *(Figure(row[name], self.entries(name, narrow), render.wan(row[name])) for name in BOOKS),
            ],
        )

    def misuses(self, narrow: dict[str, str], span: Span) -> str:
        return f"/misuses/?{urlencode({**narrow, **span.days(), 'view': 'all'})}"

    def entries(self, name: str, narrow: dict[str, str]) -> str:
        group = {} if name == "open" else {"group": name}
        return f"/ledger-entries/?{urlencode({**group, **narrow, **self.span.days(), 'view': 'all'})}"

    def funnel(self) -> list[BoardLine]:
        """应追缴 → 已追缴 → 已退还群众 → 其他处理 → 未结, each with its share of what is owed."""
        owed = self.whole["owed"]
        return [
            BoardLine(
                words,
                [
                    Figure(fen, self.entries(name, {}), f"{render.wan(fen)} 万元"),
                    Figure(0, "", f"{percent(fen, owed)} %"),
                ],
                round(fen * 100 / owed),
            )
            for name, words in BOOKS.items()
            for fen in (self.whole[name],)
            if owed
        ]

    def finding(self) -> str:
        """How many, how much, against the period before, how much came back, and what is most."""
        row, words = self.whole, f"{self.span.words}发现" if self.span.first else "共发现"
        words += f"违规使用资金 {row['now']} 件、{render.wan(row['fen'])} 万元"
        if self.past:
            words += f"，{compared(row['now'] - row['then'], self.past)}"
        if row["owed"]:
            settled = row["owed"] - row["open"]
            words += f"；应追缴 {render.wan(row['owed'])} 万元，已结 {percent(settled, row['owed'])} %"
        most = max(self.groups.items(), key=lambda one: one[1]["now"], default=None)
        if most is None or not row["now"]:
            return f"{words}。"
        return f"{words}；{self.label(most[0])}最多，{most[1]['now']} 件。"


def compared(more: int, past: Span) -> str:
    if not more:
        return f"与 {past.words}持平"
    return f"比 {past.words}{'多' if more > 0 else '少'} {abs(more)} 件"
