"""The entries of all books, and their totals: each figure opens exactly its entries."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from funds.filters import LedgerEntryFilter
from funds.home import READERS
from funds.models import LedgerEntry
from funds.pages import books
from funds.querysets import GROUPS, totals
from funds.services.totals import WAYS, Grouped, grouped
from povertyaudit.core import render
from povertyaudit.core.views import BoardLine, BoardPage, Column, Fact, Facts, Figure, ListPage

PARENT = ("违规使用资金", "/misuses/")
ORDER = ("owed", *GROUPS, "open")


class LedgerEntryList(ListPage):
    queryset = LedgerEntry.objects.for_list()
    fragment_name = "funds/_entries.html"  # the sums follow the filters
    later = {**ListPage.later, "sums": "components/facts_of_all.html"}
    section, title, parent = "misuses", "追缴台账分录", PARENT
    filterset_class = LedgerEntryFilter
    main_filters = ("q", "group", "account")
    columns = (
        Column("misuse.number", "违规资金编号", kind="link"),
        Column("booked_on", "记账日期", kind="date", order="booked_on", phone="sub"),
        Column("what", "事项", value=books.what, phone="main"),
        Column("signed", "金额（元）", kind="number", value=books.signed, phone="side"),
        Column("misuse.responsible_unit.name", "责任单位", phone="hide"),
        Column("misuse.kind.name", "问题类型", phone="hide"),
        Column("voucher", "凭证号", value=books.voucher, phone="hide"),
        Column("no", "序号", kind="number", phone="hide"),
        Column("open_after_fen", "记账后未结（元）", kind="money", phone="hide"),
        Column("get_debit_display", "借方", shown=False),
        Column("get_credit_display", "贷方", shown=False),
        Column("reason", "理由", shown=False),
        Column("booked_by.display_name", "记账人", shown=False),
    )
    order = "-booked_on"
    empty = "没有符合条件的分录。"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        late = context["count"].more and self.asked.get("part") != "sums"
        return context | {
            "group": None if late else self.sums(),
            "sums_url": self.url_with(part="sums", cursor=""),
        }

    def told_later(self, name: str) -> dict[str, Any]:
        return {"group": self.sums()} if name == "sums" else super().told_later(name)

    def sums(self) -> Facts:
        """The sums of exactly the entries listed, on all pages."""
        rows, _ = self.narrowed()
        found = rows.order_by().aggregate(**totals())
        return Facts("合计（元）", [Fact(books.LABELS[name], _yuan(found[name])) for name in ORDER])


def _yuan(fen: int) -> str:
    return ("−" if fen < 0 else "") + render.yuan(abs(fen))


class TotalsPage(BoardPage):
    """应追缴、追缴、退还群众、其他处理、未结, by kind, unit, township, misuse, way, year and month."""

    template_name = "funds/totals.html"
    section, title, parent = "misuses", "追缴退还合计", PARENT
    ways, wide = tuple((key, label) for key, (label, _) in WAYS.items()), True
    note = books.ABOUT
    empty = "您能看到的范围内还没有登记违规使用资金。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return WAYS[self.by()][1]

    @cached_property
    def found(self) -> Grouped:
        return grouped(self.user, self.by())

    def finding(self) -> str:
        whole = self.found.whole
        words = "，".join(f"{books.LABELS[name]} {render.wan(whole[name])} 万元" for name in ORDER)
        cut = f"只列未结最多的 {len(self.found.lines)} 行，合计是全部的。" if self.found.cut else ""
        return f"{words}。{cut}"

    def heads(self) -> Sequence[str]:
        return [f"{books.LABELS[name]}（元）" for name in ORDER]

    def lines(self) -> Sequence[BoardLine]:
        return [self._line(line.label, line.sums, line.narrow) for line in self.found.lines]

    def total(self) -> BoardLine:
        return self._line("合计", self.found.whole, "")

    def _line(self, label: str, sums: Any, narrow: str) -> BoardLine:
        return BoardLine(
            label, [Figure(sums[name], self._address(name, narrow), _yuan(sums[name])) for name in ORDER]
        )

    def _address(self, name: str, narrow: str) -> str:
        parts = [narrow, "" if name == "open" else f"group={name}", "view=all"]
        return f"/ledger-entries/?{'&'.join(part for part in parts if part)}"
