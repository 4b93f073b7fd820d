"""The rows below the heading, read cell by cell: values fit for the service, or everything that is wrong in the row."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from povertyaudit.core.errors import DomainError, RuleBroken
from povertyaudit.core.forms import NumberField
from povertyaudit.core.models import User
from povertyaudit.sheets import cells
from povertyaudit.sheets.columns import NUMBER, Column
from povertyaudit.sheets.headings import Head
from povertyaudit.sheets.kinds.base import Kind
from povertyaudit.sheets.lookups import Lookups
from povertyaudit.sheets.reading import Grid
from povertyaudit.sheets.working import ID, Base, bases, is_cut

SUMS = frozenset({"合计", "总计", "小计", "共计", "填表人", "制表人", "填报单位"})
Problem = tuple[int | None, str]  # column counted from 0, sentence


@dataclass
class Line:
    """One row of the file; `number` of what it changes, "" for a new one."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    number: str = ""
    base: Base | None = None  # of a working sheet: the row as it went out
    was: dict[str, Any] = field(default_factory=dict)  # what the cells that were changed said then, read


def chosen(heads: Sequence[dict[str, Any]], columns: Sequence[Column]) -> list[tuple[Head, Column]]:
    """The columns of the sheet that are taken, with what they are taken for."""
    named = {column.name: column for column in columns}
    return [(Head(**head), named[head["name"]]) for head in heads if head["name"] in named]


def lacking(heads: Sequence[dict[str, Any]], columns: Sequence[Column]) -> list[str]:
    """Labels of columns that must be there and are not."""
    there = {head["name"] for head in heads}
    return [column.label for column in columns if column.required and column.name not in there]


class Reading:
    """For one person, one file and one run."""

    def __init__(
        self, kind: Kind, by: User, grid: Grid, heads: Sequence[dict[str, Any]], head_row: int
    ) -> None:
        self.kind, self.grid, self.first = kind, grid, head_row
        self.columns = list(kind.columns())
        self.lookups = Lookups(by)
        self.together = kind.together(by) if kind.together is not None else None
        self.taken = chosen(heads, self.columns)
        self.at = {column.name: head.at for head, column in self.taken}
        self.bases = bases(kind.code, grid.kept) if grid.kept else {}
        self.id_at = (
            next((head["at"] for head in heads if head["heading"] == ID), None) if grid.kept else None
        )
        self.readers: list[tuple[int, Column, Callable[[Any], Any]]] = [
            (head.at, column, cells.remembered(cells.reader(column.field, self.lookups, wan=head.wan)))
            for head, column in self.taken
        ]  # fmt: skip

    def places(self) -> list[int]:
        """Places in the grid of the rows that hold something."""
        return [at for at in range(self.first, len(self.grid.rows)) if self._says(self.grid.rows[at])]

    def _says(self, row: Sequence[Any]) -> bool:
        """A row is one when it says something in a column that is taken, and is no sum or signature below the table."""
        said = [row[at] for at, _, _ in self.readers if at < len(row) and not cells.is_empty(row[at])]
        first = next((value for value in row if not cells.is_empty(value)), "")
        if (
            isinstance(first, str)
            and first.replace(" ", "").rstrip(":：") in SUMS
            and len(said) < len(self.readers)
        ):
            return False
        return bool(said) and not self._is_example(row)

    def _is_example(self, row: Sequence[Any]) -> bool:
        """The grey row of our template, left as it was."""
        given = {at: str(column.example) for at, column, _ in self.readers if column.example != ""}
        there = {at: cells.words(row[at]).strip() for at, _, _ in self.readers if at < len(row)}
        return len(given) > 1 and {at: text for at, text in there.items() if text} == given

    def lines(self, places: Sequence[int]) -> list[Line]:
        """These rows, read. The records that a column names are looked up at once."""
        for at, column, _ in self.readers:
            if isinstance(column.field, NumberField):
                said = (cells.words(self.value(place, at)).strip() for place in places)
                self.lookups.prime(column.field, (one for one in said if one))
        return [self.line(place) for place in places]

    def numbers(self, places: Sequence[int]) -> Counter[str]:
        """How often each register number stands in these rows."""
        found: Counter[str] = Counter()
        for at, column, read in self.readers:
            if column.name == NUMBER:
                for place in places:
                    with suppress(ValidationError):
                        found[read(self.value(place, at))] += 1
        return found

    def value(self, place: int, at: int) -> Any:
        row = self.grid.rows[place]
        return row[at] if at < len(row) else None

    def line(self, place: int) -> Line:
        found = Line(place + 1)
        if self.id_at is not None:
            return self._returned(place, found)
        for at, column, read in self.readers:
            try:
                value = read(self.value(place, at))
            except ValidationError as refused:
                found.problems.append((at, "".join(refused.messages)))
                continue
            if column.name == NUMBER:
                found.number = value
            else:
                found.values[column.name] = value
        return found

    def _returned(self, place: int, found: Line) -> Line:
        """A row of a working sheet: of its cells only those that were changed are read."""
        found.base = self.bases.get(str(self.value(place, self.id_at or 0) or ""))
        if found.base is None:
            found.problems.append((None, "工作表里不能增加行；新登记的请用导入模板。"))
            return found
        for at, column, read in self.readers:
            value, was = self.value(place, at), found.base.values.get(column.name)
            aside = column.name in self.kind.asides
            if not aside and (_alike(value, was) or column.name == NUMBER):
                continue
            if not aside and is_cut(was):
                found.problems.append(
                    (at, "这一格放不下全文，不能在表格里修改，请改回原样，在记录页面修改。")
                )
                continue
            try:
                found.values[column.name] = read(value)
            except ValidationError as refused:
                found.problems.append((at, "".join(refused.messages)))
            if not aside:
                try:
                    found.was[column.name] = read(was)
                except ValidationError:
                    found.was[column.name] = was
        return found

    def of_error(self, error: DomainError) -> list[Problem]:
        """A refusal beside the cells it is about."""
        every = getattr(error, "errors", None) or [error]
        return [(self.at.get(one.field or ""), one.message) for one in every]


def _alike(value: Any, was: Any) -> bool:
    """Whether a cell says what it said when it went out: figures by their worth, texts but for white space."""
    if cells.is_empty(value) and cells.is_empty(was):
        return True
    now, then = cells.words(value).strip(), cells.words(was).strip()
    if now == then or isinstance(value, str):
        return now == then
    try:
        return Decimal(now) == Decimal(then)
    except InvalidOperation:
        return False


class Doubles:
    """Rows of one sheet that say the same twice get the problem: a number, or what makes a row one."""

    def __init__(self, kind: Kind, numbers: Mapping[str, int]) -> None:
        self.kind, self.numbers = kind, numbers
        self._first: dict[Any, int] = {}

    def mark(self, lines: Sequence[Line]) -> None:
        """Called with the rows in the order of the sheet, some at a time."""
        for line in lines:
            times = self.numbers.get(line.number, 0) if line.number else 0
            if times > 1:
                text = f"编号 {line.number} 在表格里出现了 {times} 次，请只留一行。"
                line.problems.append((None, text))
            elif self.kind.doubled and line.base is None and not line.problems and not line.number:
                same = tuple(str(line.values.get(name)) for name in self.kind.doubled)
                if (before := self._first.setdefault(same, line.line)) != line.line:
                    text = f"与第 {before} 行重复，请删去一行；确是两件的，请写出区别。"
                    line.problems.append((None, text))


def gone(number: str) -> RuleBroken:
    return RuleBroken("sheet.number", f"没有编号 {number}，或者您无权查看；新登记的不填编号。", field=NUMBER)
