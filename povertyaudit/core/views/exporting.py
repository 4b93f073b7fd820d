"""`?format=csv` on any list: all rows under the present conditions, with the columns now shown."""

import html
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from django.forms import ChoiceField, ModelChoiceField
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString

from povertyaudit.core import audit, keyset, ledger, moment, render
from povertyaudit.core.forms.fields import DateField
from povertyaudit.core.limits import TooMany, hold_export
from povertyaudit.core.views.addresses import PAGING
from povertyaudit.core.views.columns import Columned
from povertyaudit.core.views.parts import Column, look_up
from povertyaudit.core.views.refusals import plain as refused

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


def table(
    rows: Any, columns: Sequence[Column], filled: Callable[[list[Any]], list[Any]]
) -> Iterator[list[Any]]:
    """Cells row by row: a server-side cursor on PostgreSQL, chunks on SQLite; never the whole list in memory."""
    found = rows.iterator(chunk_size=CHUNK)
    while batch := list(islice(found, CHUNK)):
        for row in filled(batch):
            yield [plain(column, row) for column in columns]


class Exported(Columned):
    """Part of ListPage."""

    get_title: Any

    def filled(self, rows: list[Any]) -> list[Any]:
        """The rows of one page or chunk with what the columns need beside the queryset."""
        return rows

    def export(self, rows: Any, filters: Any, ordering: str) -> HttpResponseBase:
        """The answer; the record keeps who took how many rows of which list under which conditions."""
        columns = self.current_columns
        cells = table(keyset.ordered(rows, ordering), columns, self.filled)
        try:
            lines = hold_export(self.user, ledger.csv_table([column.label for column in columns], cells))
        except TooMany as many:
            return refused(self.request, many.status, many.code, str(many), retry_after=many.retry_after)
        facts = {"list": self.list_key, "format": "csv", "columns": [column.key for column in columns],
                 "rows": rows.order_by().count(), **self.told(filters)}  # fmt: skip
        audit.record("export.list", self.user, by=self.user, facts=facts)
        name = f"{self.get_title()}-{moment.today():%Y%m%d}.csv"
        headers = {
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": content_disposition_header(True, name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return StreamingHttpResponse(lines, headers=headers)

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
