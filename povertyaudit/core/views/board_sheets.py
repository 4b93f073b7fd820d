"""The tables of a board taken away: `?format=xlsx&chart=<key>` (or csv) beside the conditions the page was opened with.

A page says which tables it shows (`sheets`); the file holds what they show, within what its reader may see: numbers as
numbers with their unit in the heading, everything else as text. A chart is drawn from its table, so this is its data too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any, Protocol

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from povertyaudit.core import audit, ledger, moment
from povertyaudit.core.limits import TooMany, hold_export
from povertyaudit.core.views.refusals import plain as refused
from povertyaudit.core.xlsx_out import SheetColumn, write_ledger

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDE, LONG = 30, 12  # characters of a column of words, and from how many on it is one
_NUMBER = re.compile(r"([+−-]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)? ?(万元|元|%)?")


class Words(Protocol):
    """A figure of a table."""

    @property
    def words(self) -> str: ...


class Line(Protocol):
    """A line of a table."""

    @property
    def label(self) -> str: ...
    @property
    def figures(self) -> Sequence[Words | None]: ...


@dataclass(frozen=True)
class Cell:
    """A figure given as words."""

    words: str


@dataclass(frozen=True)
class Texts:
    """A line given as words, the first of which says what it is of."""

    cells: Sequence[str]

    @property
    def label(self) -> str:
        return self.cells[0]

    @property
    def figures(self) -> list[Cell]:
        return [Cell(words) for words in self.cells[1:]]


@dataclass(frozen=True)
class BoardSheet:
    """One table of a board. `key`: its name in addresses; `said`: what it shows, in a sentence."""

    key: str
    title: str
    first_head: str
    heads: Sequence[str]
    lines: Sequence[Line]
    said: str = ""

    def columns(self) -> list[SheetColumn]:
        """The headings, each with the unit of its numbers."""
        units = [self._unit(at) for at in range(len(self.heads))]
        heads = [
            head if not unit or unit in head else f"{head}（{unit}）"
            for head, unit in zip(self.heads, units, strict=True)
        ]
        return [
            SheetColumn(self.first_head, "text", WIDE),
            *(SheetColumn(head, width=self._width(at)) for at, head in enumerate(heads)),
        ]

    def rows(self) -> Iterator[list[Any]]:
        """Label and figures of each line: what is a number in the unit of its column, as a number."""
        units = [self._unit(at) for at in range(len(self.heads))]
        for line in self.lines:
            yield [line.label, *(self._cell(line, at, unit) for at, unit in enumerate(units))]

    def _width(self, at: int) -> int:
        """Sentences get room; 0: as wide as a figure needs."""
        return WIDE if max((len(self._words(line, at)) for line in self.lines), default=0) > LONG else 0

    def _words(self, line: Line, at: int) -> str:
        figure = line.figures[at] if at < len(line.figures) else None
        return figure.words if figure is not None else ""

    def _unit(self, at: int) -> str:
        """The one unit in which the numbers of a column are; none where they differ."""
        found = {known[1] for line in self.lines if (known := number(self._words(line, at)))}
        return found.pop() if len(found) == 1 else ""

    def _cell(self, line: Line, at: int, unit: str) -> Any:
        words = self._words(line, at)
        known = number(words)
        return known[0] if known and known[1] == unit else words.strip() or None


def number(words: str) -> tuple[int | float, str] | None:
    """(number, unit) of 12、1,234、-3、8.50 万元、37.5 %; None of 12/15（80%） and other words."""
    found = _NUMBER.fullmatch(words)
    if found is None:
        return None
    text = found[2].replace(",", "") + (found[3] or "")
    value: int | float = float(text) if found[3] else int(text)
    return (-value if found[1] in {"-", "−"} else value), found[4] or ""


class SheetsOut:
    """Part of a page that shows tables of figures."""

    user: Any
    request: HttpRequest

    def sheets(self) -> Sequence[BoardSheet]:
        """The tables of the page as it was asked for, those that hold lines."""
        raise NotImplementedError

    def period_words(self) -> str:
        """Of which period the figures are; empty: as they stand now."""
        span = getattr(self, "span", None)
        return str(span.words) if span is not None else ""

    def as_of(self) -> str:
        """When the figures stood so: now, where the page asks for no other day."""
        return f"{timezone.localtime(moment.now()):%Y-%m-%d %H:%M}"

    @property
    def take_away(self) -> str:
        """The address of a file of this page, but for the key of the table: templates add it."""
        asked = self.request.GET.copy()
        for name in ("format", "chart", "part"):
            asked.pop(name, None)
        asked["format"] = "xlsx"
        return f"?{asked.urlencode()}&chart="

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        kind = request.GET.get("format", "")
        if kind in TYPES:
            return self.export(request.GET.get("chart", ""), kind)
        return super().get(request, *args, **kwargs)  # type: ignore[misc]

    def export(self, key: str, kind: str) -> HttpResponseBase:
        """One table as a file, the first where none is named; the record keeps who took which."""
        sheet = next((one for one in self.sheets() if key in ("", one.key)), None)
        if sheet is None:
            raise Http404
        rows = list(sheet.rows())
        try:
            if kind == "csv":
                heads = [column.heading for column in sheet.columns()]
                lines = hold_export(self.user, ledger.csv_table(heads, iter(rows)))
            else:
                hold_export(self.user, iter(())).close()
        except TooMany as many:
            return refused(self.request, many.status, many.code, str(many), retry_after=many.retry_after)
        facts = {
            "board": sheet.key, "page": self.request.path, "period": self.period_words(), "format": kind, "rows": len(rows),
        }  # fmt: skip
        audit.record("export.board", self.user, by=self.user, facts=facts)
        name = content_disposition_header(True, f"{sheet.title}-{moment.today():%Y%m%d}.{kind}")
        headers = {
            "Content-Type": TYPES[kind],
            "Content-Disposition": name or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        if kind == "csv":
            return StreamingHttpResponse(lines, headers=headers)
        return FileResponse(self._workbook(sheet, rows), headers=headers)

    def _workbook(self, sheet: BoardSheet, rows: list[list[Any]]) -> Any:
        """With the title, the period, as of when, who drew it and what is counted."""
        period = self.period_words()
        notes = [
            f"{f'期间：{period}　' if period else ''}截至：{self.as_of()}　制表人：{self.user.display_name}",
            "只计制表人能看到的。",
        ]
        if sheet.said:
            notes.append(sheet.said)
        file: Any = TemporaryFile()  # noqa: SIM115 — the answer closes it
        write_ledger(file, sheet.columns(), rows, title=sheet.title, notes=notes, count=len(rows))
        file.seek(0)
        return file
