"""What a page is declared with: columns, facts, tables, tabs, missing steps.

    Column("number", "线索编号", kind="link", order="number")      first column: link to the row's own page
    Column("title", "反映问题", phone="main")                       text on one line
    Column("amount_fen", "金额（元）", kind="money")                 right-aligned, 分 in, 元 out
    Column("due_on", "期限", kind="clock", order="due_on")          a Clock row or a bare due date
    Column("state", "状态", kind="state")                          word and shape; tones from model.state_tones
    Column("handler", "承办人", value=lambda row: row.handler.display_name, phone="hide")

`key` is a dotted attribute path (methods without arguments are called); `value` overrides it.
`kind`: text · link · money · wan · date · moment · clock · state · unit · number · html (SafeString only).
`order` is the model field path the list may be ordered by; empty: not orderable.
`shown=False`: one more column to choose from, not there until a person chooses it (views/columns.py).
`phone`: the slot in the two-line row: main and side above, first, sub and last below, or hide. Left empty it
follows from the kind; of several columns that ask for one slot the first gets it, the others are hidden in lists
and stand below with their label in child tables.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from povertyaudit.core import render

_SLOTS = {"link": "first", "state": "last", "clock": "side"}


def look_up(row: Any, path: str) -> Any:
    """The value at a dotted attribute path; None as soon as a step is empty; methods are called."""
    for name in path.split("."):
        if row is None:
            return None
        row = getattr(row, name)
        if callable(row) and not hasattr(row, "all"):
            row = row()
    return row


def shown(value: Any, kind: str = "text", row: Any = None) -> SafeString | str:
    """`value` as HTML in the one style of its kind; a grey dash where there is none."""
    if kind == "state":
        return render.state(row) if row is not None and not isinstance(value, SafeString) else value
    if kind == "clock":
        return render.clock(value)
    if value is None or value == "":
        return render.NOTHING
    if kind == "link":
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), value)
    styles: dict[str, Callable[[Any], str]] = {
        "money": render.yuan,
        "wan": render.wan,
        "date": render.date,
        "moment": render.moment,
    }
    if kind in styles:
        return styles[kind](value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return conditional_escape(value)


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    kind: str = "text"
    order: str = ""
    phone: str = ""
    value: Callable[[Any], Any] | None = None
    shown: bool = True

    def cell(self, row: Any) -> SafeString | str:
        """The cell of this column for `row`."""
        if self.kind == "state" and self.value is None and self.key == "state":
            return render.state(row)
        value = self.value(row) if self.value else look_up(row, self.key)
        return shown(value, self.kind, row)

    @property
    def css(self) -> str:
        return f"k-{self.kind} p-{self.phone}"

    @cached_property
    def head_of_cell(self) -> str:
        return format_html('<td role="cell" class="{}" data-label="{}">', self.css, self.label)


def placed(columns: Sequence[Column], spare: str = "hide") -> list[Column]:
    """The columns with their slot on a phone; those that find theirs taken get `spare`."""
    wanted = [column.phone or _SLOTS.get(column.kind, "") for column in columns]
    if "main" not in wanted:
        plain = [
            at for at, column in enumerate(columns) if column.kind in {"text", "unit"} and not wanted[at]
        ]
        wanted[plain[0] if plain else 0] = "main"
    taken: set[str] = set()
    found = []
    for column, slot in zip(columns, wanted, strict=True):
        slot = slot or "sub"
        slot = spare if slot in taken or slot == "hide" else slot
        taken.add(slot)
        taken.discard("more")  # as many lines as there are
        found.append(replace(column, phone=slot))
    return found


@dataclass(frozen=True)
class Line:
    """A drawn table row: its cells beside their columns, the source row, and the verbs for many it would take."""

    row: Any
    cells: list[tuple[Column, SafeString | str]]
    takes: str = ""

    @property
    def drawn(self) -> SafeString:
        """The cells as a table has them: in a loop, not in a template, for a list has five hundred."""
        parts = [f"{column.head_of_cell}{conditional_escape(cell)}</td>" for column, cell in self.cells]
        return SafeString("".join(parts))


WHOLE_FROM = 20  # rows of a small table that has a list of its own


@dataclass(frozen=True)
class Table:
    """A small table on a record page: `Table("措施", COLUMNS, measures, empty="还没有措施。")`.

    With `whole`, the address of the list that shows all rows, only the first `WHOLE_FROM` stand here.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    empty: str = "还没有记录。"
    action: tuple[str, str] | None = None  # (label, url) of the verb that adds a row
    key: str = ""  # id of the section, so that other pages can link to it
    whole: str = ""

    @property
    def heads(self) -> list[Column]:
        return placed(self.columns, spare="more")

    def part(self) -> tuple[list[Line], bool]:
        """The rows drawn, and whether there are more. One question: one row more than is shown is asked for."""
        if not self.whole:
            return lines(self.heads, self.rows), False
        found = list(cast("Any", self.rows)[: WHOLE_FROM + 1])
        return lines(self.heads, found[:WHOLE_FROM]), len(found) > WHOLE_FROM


def lines(columns: Sequence[Column], rows: Iterable[Any]) -> list[Line]:
    """`rows` drawn under `columns`."""
    return [Line(row, [(column, column.cell(row)) for column in columns]) for row in rows]


@dataclass(frozen=True)
class Fact:
    """A labelled pair: `Fact("受理日期", lead.received_on, "date")`; `wide` takes the whole line (long text)."""

    label: str
    value: Any
    kind: str = "text"
    wide: bool = False
    row: Any = None

    @property
    def shown(self) -> SafeString | str:
        return shown(self.value, self.kind, self.row)


@dataclass(frozen=True)
class Facts:
    """A titled group of labelled pairs."""

    title: str
    facts: Sequence[Fact]
    key: str = ""


@dataclass(frozen=True)
class Missing:
    """What is missing before the next step: a whole sentence, with the address where it can be mended."""

    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Tab:
    """A saved view of a list: `Tab("mine", "我承办的", lambda rows, user: rows.filter(handler=user))`.

    `roles`: whom it is offered to (empty: everybody); its address works for all. `line`: the heading of a second line of
    tabs in which it stands.
    """

    key: str
    label: str
    narrow: Callable[[Any, Any], Any] | None = field(default=None)
    roles: frozenset[str] = frozenset()
    line: str = ""
