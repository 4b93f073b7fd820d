"""For the meeting: the ranking of units, what lies still, and the paper of one day."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView

from povertyaudit.core import audit, moment, papers
from povertyaudit.core.forms import DateField, PageForm
from povertyaudit.core.views import BoardLine, BoardPage, BoardSheet, Column, SheetsOut, Texts
from rectification.boards import pack, places, still
from rectification.views.boards import OneBoard
from rectification.views.items import ItemList
from rectification.workflow import UNIT

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class RankingBoard(OneBoard, BoardPage):
    key, title, first_head, template_name = (
        "ranking",
        "单位销号率排名",
        "名次和单位",
        "rectification/board.html",
    )
    empty, wide = "还没有固定过的排名，每周一早上固定一次。", True

    @cached_property
    def kept(self) -> dict[str, Any]:
        return {one.day.isoformat(): one for one in places.kept_for(self.user)}

    @property
    def ways(self) -> Any:  # type: ignore[override]
        """Now, for who sees more than one unit; then the Mondays kept."""
        now = [] if self.user.roles <= UNIT else [("now", "现在")]
        return [*now, *((day, f"{day} 固定") for day in self.kept)]

    @cached_property
    def found(self) -> tuple[list[BoardLine], int]:
        kept = self.kept.get(self.by())
        if kept is not None:
            return places.of_week(kept), kept.least
        return places.now(self.user) if self.by() == "now" else ([], 0)

    def heads(self) -> Any:
        return places.HEADS

    def lines(self) -> Any:
        return self.found[0]

    def finding(self) -> str:
        return places.finding(self.found[0])

    @property
    def note(self) -> str:
        words = f"已下发不少于 {self.found[1]} 项的单位参加；先比销号率（已销号/已下发），再比超期和逾期销号的比例；长期坚持的计入已下发，不算销号。"
        if self.by() in self.kept:
            words += "数字在周一早上固定，不再改变，不计保密轮次的事项；点开看到的是按现在的登记重算的当日情况，以后改了主责单位、时限的会有出入。"
        return words


class StillList(OneBoard, ItemList):
    """零搁置: the list of items, with how long and what was done last."""

    key, title, section = "still", "零搁置清单", "item_boards"
    template_name = "rectification/still.html"
    order = "due_on"
    columns: Any = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "具体问题", phone="main"),
        Column("main_unit", "主责单位", phone="sub"),
        Column("still_for", "已经", phone="last"),
        Column("last_act", "最近一次办理", phone="hide"),
        Column("light", "期限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state", phone="hide"),
    )
    tabs = ()
    main_filters: Any = ("q", "source", "main_unit")
    create_url, exports, bulk_url = "", (), ""
    empty = "没有搁置的事项。"

    def get_queryset(self) -> Any:
        return still.still(super().get_queryset())

    def filled(self, rows: list[Any]) -> list[Any]:
        last = still.last_acts(row.pk for row in rows)
        for row in rows:
            row.still_for, row.last_act = still.in_words(row, last.get(row.pk), moment.today())
        return rows

    def base_context(self) -> dict[str, Any]:
        return {**super().base_context(), "boards": self.boards(), "days": still.days()}


class AskForm(PageForm):
    day = DateField(label="截至")


class PackPage(SheetsOut, OneBoard, TemplateView):
    """会议材料 of a day on one sheet, as a Word file, and each of its tables as a sheet."""

    key, title, template_name = "pack", "会议材料", "rectification/pack.html"

    @cached_property
    def form(self) -> AskForm:
        return AskForm(
            self.request.GET if self.request.GET.get("day") else {"day": moment.today().isoformat()}
        )

    @cached_property
    def ask(self) -> pack.Ask | None:
        """None where the day cannot be read, or lies ahead."""
        kind = self.request.GET.get("kind", "")
        if not self.form.is_valid():
            return None
        day = self.form.cleaned_data["day"]
        if day > moment.today():
            self.form.add_error("day", "会议材料不能截至今天以后，请改选日期。")
            return None
        return pack.Ask(self.user, kind if kind in pack.KINDS else "week", day)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.ask is None:
            return self.render_to_response(self.get_context_data(), status=400)
        if request.GET.get("format") == "docx":
            return self.file(self.ask)
        return super().get(request, *args, **kwargs)

    def period_words(self) -> str:
        return f"{self.ask.first} 至 {self.ask.day}" if self.ask else ""

    def as_of(self) -> str:
        return f"{self.ask.day}" if self.ask and self.ask.past else super().as_of()

    def sheets(self) -> list[BoardSheet]:
        return [
            BoardSheet(
                grid.key, title, grid.heads[0], grid.heads[1:], [Texts(row) for row in grid.rows], said
            )
            for title, said, grid in (pack.tables(self.ask) if self.ask else ())
        ]

    def file(self, ask: pack.Ask) -> HttpResponse:
        """The Word file; the record keeps who took the material of which day."""
        paper = pack.paper(ask)
        facts = {"list": "item-boards/pack", "format": "docx", "kind": ask.kind, "day": ask.day}
        audit.record("export.list", self.user, by=self.user, facts=facts)
        name = content_disposition_header(True, f"{paper.title}-{ask.day:%Y%m%d}.docx")
        headers = {
            "Content-Disposition": name or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return HttpResponse(papers.docx_of(paper), content_type=DOCX, headers=headers)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ask = self.ask
        kinds = [(key, words, ask is not None and ask.kind == key) for key, words in pack.KINDS.items()]
        return super().get_context_data(
            form=self.form, kinds=kinds, ask=ask, paper=pack.paper(ask) if ask else None,
            links=pack.links(ask) if ask else [], **kwargs,
        )  # fmt: skip
