"""`?format=csv` and `?format=xlsx` on any list: all rows under the present conditions, in the present order, with the columns now
shown. In a workbook dates are dates, sums are numbers in 元, everything else is text."""

import html
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.forms import ChoiceField, ModelChoiceField
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
    StreamingHttpResponse,
)
from django.urls import resolve
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from povertyaudit.core import audit, keyset, ledger, moment, render
from povertyaudit.core.errors import DomainError
from povertyaudit.core.forms.fields import DateField
from povertyaudit.core.limits import TooMany, hold_export
from povertyaudit.core.views.addresses import PAGING, changed
from povertyaudit.core.views.columns import Columned
from povertyaudit.core.views.parts import Column, look_up
from povertyaudit.core.views.refusals import plain as refused
from povertyaudit.core.xlsx_out import Kind, SheetColumn, write_ledger

SLACK = 1000  # rows that come in between the count and the reading
CHUNK = 500  # rows at a time, each with what its list prefetches
# Filters whose values are codes and days: those the record may keep. Of the others it keeps the name alone.
CODED = (ChoiceField, ModelChoiceField, DateField)

STYLES: dict[str, Callable[[Any], str]] = {"date": render.date, "moment": render.moment, "wan": render.wan}


def plain(column: Column, row: Any) -> Any:
    """The cell as on screen, without its markup; sums in 元 as numbers."""
    if column.kind == "state" and column.value is None:
        return row.get_state_display() if getattr(row, "state", "") else ""
    value = column.value(row) if column.value else look_up(row, column.key)
    marked = isinstance(value, SafeString)  # a figure that opens its rows
    if value is None or isinstance(value, bool) or (column.kind == "number" and not marked):
        return value
    if column.kind == "money":
        return (Decimal(value) / 100).quantize(Decimal("0.01"))
    if column.kind in STYLES:
        return STYLES[column.kind](value)
    if column.kind == "clock":
        value = render.clock(value)
    return html.unescape(strip_tags(value)) if isinstance(value, SafeString) else str(value)


KINDS: dict[str, Kind] = {"money": "money", "date": "date", "moment": "moment", "number": "number"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def typed(column: Column, row: Any) -> Any:
    """The cell for a workbook: days, times, sums in 分 and figures as what they are."""
    if column.kind not in KINDS or column.value is None and column.kind == "state":
        return plain(column, row)
    value = column.value(row) if column.value else look_up(row, column.key)
    return html.unescape(strip_tags(value)) if isinstance(value, SafeString) else value


def sheet_columns(columns: Sequence[Column]) -> list[SheetColumn]:
    return [SheetColumn(column.label, KINDS.get(column.kind, "text")) for column in columns]


def counted(cells: Iterator[list[Any]], said: Callable[[int], None] | None) -> Iterator[list[Any]]:
    """The rows as they go by, with a word after every chunk."""
    for number, row in enumerate(cells, 1):
        yield row
        if said is not None and number % CHUNK == 0:
            said(number)


def table(
    rows: Any,
    columns: Sequence[Column],
    filled: Callable[[list[Any]], list[Any]],
    cell: Callable[[Column, Any], Any] = plain,
) -> Iterator[list[Any]]:
    """Cells row by row: a server-side cursor on PostgreSQL, chunks on SQLite; never the whole list in memory."""
    found = rows.iterator(chunk_size=CHUNK)
    while batch := list(islice(found, CHUNK)):
        for row in filled(batch):
            yield [cell(column, row) for column in columns]


class Exported(Columned):
    """Part of ListPage."""

    get_title: Any
    unit_word: str

    def filled(self, rows: list[Any]) -> list[Any]:
        """The rows of one page or chunk with what the columns need beside the queryset."""
        return rows

    def export(self, rows: Any, filters: Any, ordering: str, kind: str) -> HttpResponseBase:
        """The answer; the record keeps who took how many rows of which list under which conditions."""
        columns, ordered = self.current_columns, keyset.ordered(rows, ordering)
        count = rows.order_by().count()
        try:
            if kind == "csv":
                cells = table(ordered, columns, self.filled)
                lines = hold_export(self.user, ledger.csv_table([column.label for column in columns], cells))
            else:
                held = hold_export(self.user, iter(()))
        except TooMany as many:
            return refused(self.request, many.status, many.code, str(many), retry_after=many.retry_after)
        if kind == "xlsx" and count > settings.LEDGER_ROWS_AT_ONCE:
            held.close()
            return self.order_sheet(count, filters)
        facts = {"list": self.list_key, "format": kind, "columns": [column.key for column in columns],
                 "rows": count, **self.told(filters)}  # fmt: skip
        audit.record("export.list", self.user, by=self.user, facts=facts)
        name = f"{self.get_title()}-{moment.today():%Y%m%d}.{kind}"
        headers = {
            "Content-Type": XLSX if kind == "xlsx" else "text/csv; charset=utf-8",
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        if kind == "csv":
            return StreamingHttpResponse(lines, headers=headers)
        file: IO[bytes] = TemporaryFile()  # noqa: SIM115 — the answer closes it
        try:
            self.write_sheet(file, ordered, count)
        finally:
            held.close()
        file.seek(0)
        return FileResponse(file, headers=headers)

    def current_ordering(self) -> str:
        """What the list is ordered by."""
        raise NotImplementedError

    def order_sheet(self, count: int, filters: Any) -> HttpResponseBase:
        """Too much for one answer: a job writes it, as this person would see it then. To the page of the file."""
        order = import_string(settings.LEDGER_ORDERS)
        query = changed(self.params, cursor="", view="", ordering=self.current_ordering(),
                        columns=",".join(column.key for column in self.current_columns))  # fmt: skip
        try:
            made = order(self.request.path, query.removeprefix("?"), count, by=self.user)
        except DomainError as refusal:
            return refused(self.request, refusal.status, refusal.code, str(refusal))
        facts = {"list": self.list_key, "format": "xlsx", "rows": count, **self.told(filters)}
        audit.record("export.list", self.user, by=self.user, facts=facts)
        return HttpResponseRedirect(made.get_absolute_url())

    def write_sheet(
        self, file: Any, ordered: Any, count: int, said: Callable[[int], None] | None = None
    ) -> int:
        """The workbook: the heading of the list, who took it and when, its rows. `said(rows so far)`: for a job."""
        columns = self.current_columns
        when = timezone.localtime(moment.now())
        notes = (
            f"导出人：{self.user.display_name}　导出时间：{when:%Y-%m-%d %H:%M}　共 {count} {self.unit_word}",
        )
        cells = counted(table(ordered, columns, self.filled, typed), said)
        return write_ledger(
            file, sheet_columns(columns), cells, title=self.get_title(), notes=notes, count=count + SLACK
        )

    def told(self, filters: Any) -> dict[str, Any]:
        """The conditions for the record: coded values; of words typed only that there were some."""
        fields = filters.form.fields if filters is not None else {}
        coded, typed = {}, []
        for name, values in self.params.lists():
            if name in PAGING:
                continue
            if isinstance(fields.get(name), CODED):
                coded[name] = values
            else:
                typed.append(name)
        return {"filters": coded, "searched": sorted(typed), "tab": self.params.get("tab", "")}


def asked_by(user: Any, path: str, query: str) -> tuple[Any, Any, int]:
    """(the page of a list, its rows in order, how many) as `user` would ask for it now: for a job. What he may no longer see
    is not there."""
    request: Any = HttpRequest()
    request.method, request.path, request.GET, request.user = "GET", path, QueryDict(query), user
    found: Any = resolve(path)
    page = found.func.view_class(**found.func.view_initkwargs)
    page.setup(request, *found.args, **found.kwargs)
    rows, _ = page.narrowed()
    return page, keyset.ordered(rows, page.current_ordering()), rows.order_by().count()
