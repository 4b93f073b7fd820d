"""A batch of rows put to the services: once on trial, with everything taken back, and once in earnest.

The trial is the act itself: a row that would be refused is refused by the same function in the same words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from povertyaudit.core.errors import NEUTRAL_CLASH, DomainError, RuleBroken, from_validation
from povertyaudit.core.models import User
from povertyaudit.sheets.kinds.base import Early, Kind
from povertyaudit.sheets.lines import Line, Problem, Reading, gone
from povertyaudit.sheets.models import Outcome
from povertyaudit.sheets.sameness import same
from povertyaudit.sheets.services import merging

BATCH, MANY = 500, 2000  # rows of a batch that are written one by one, and together
Decided = Mapping[int, Mapping[str, str]]
NOTHING: Decided = {}
Ready = Mapping[int, Any]  # line → what it was made ready as


@dataclass
class Verdict:
    """What became of a row, or would become."""

    line: int
    outcome: str
    problems: list[Problem] = field(default_factory=list)
    row: Any = None
    conflicts: dict[str, list[str]] = field(default_factory=dict)


def batch_of(reading: Reading) -> int:
    """How many rows are one transaction: other registrars wait for its numbers, a second at most."""
    return BATCH if reading.together is None else MANY


def trial(reading: Reading, by: User, lines: Sequence[Line], decided: Decided) -> list[Verdict]:
    """What would become of the lines; nothing stays written."""
    with transaction.atomic():
        found = put(reading, by, lines, trying=True, decided=decided)
        transaction.set_rollback(True)
    for one in found:
        one.row = None  # what is not there need not be held: there may be 50,000
    return found


def ready(reading: Reading, lines: Sequence[Line]) -> Ready:
    """What of new lines can be judged before the lines ahead of them are written."""
    many = reading.together
    if not isinstance(many, Early) or reading.kind.find is not None:
        return {}
    new = [line for line in lines if not line.problems and line.base is None and not line.number]
    return {
        line.line: made for line, made in zip(new, many.ready([line.values for line in new]), strict=True)
    }


def put(
    reading: Reading, by: User, lines: Sequence[Line], *, trying: bool = False, decided: Decided = NOTHING,
    ready: Ready | None = None,
) -> list[Verdict]:  # fmt: skip
    """Write the lines, each whole or not at all. One transaction around it is the caller's. `decided`: line → column →
    which side of a conflict was chosen; `ready`: what `ready` said of them."""
    kind = reading.kind
    there = kind.rows_of(by, [line.number for line in lines if line.number])
    sent = kind.rows_by_id(by, [line.base.public_id for line in lines if line.base is not None])
    found: dict[int, Verdict] = {}
    new = []
    for line in lines:
        if line.problems:
            found[line.line] = Verdict(line.line, Outcome.REFUSED, line.problems)
            continue
        row = _standing(kind, by, line, there, sent)
        if row is not None:
            found[line.line] = _change(reading, by, line, row, decided.get(line.line, {}))
        elif line.base is not None:
            text = "这条记录已经不在您的管辖范围内，或者您无权查看。"
            found[line.line] = Verdict(line.line, Outcome.REFUSED, [(None, text)])
        elif line.number:
            found[line.line] = Verdict(line.line, Outcome.REFUSED, reading.of_error(gone(line.number)))
        else:
            new.append(line)
    for line, made in zip(new, _made(reading, by, new, ready or {}, trying=trying), strict=True):
        wrong = reading.of_error(made) if isinstance(made, DomainError) else []
        outcome = Outcome.REFUSED if isinstance(made, DomainError) else Outcome.NEW
        found[line.line] = Verdict(line.line, outcome, wrong, None if wrong else made)
    return [found[line.line] for line in lines]


def _standing(kind: Kind, by: User, line: Line, there: Mapping[str, Any], sent: Mapping[str, Any]) -> Any:
    """The row that a line is about, where it is there already."""
    if line.base is not None:
        return sent.get(line.base.public_id)
    if line.number:
        return there.get(line.number)
    return kind.find(by, line.values) if kind.find else None


def _made(reading: Reading, by: User, lines: Sequence[Line], ready: Ready, *, trying: bool) -> Sequence[Any]:
    """For each line the row, or what is wrong with it."""
    many = reading.together
    if many is not None and len(lines) > 1:
        if isinstance(many, Early) and not trying and all(line.line in ready for line in lines):
            done = attempt(many.written, [ready[line.line] for line in lines])
        else:
            done = attempt(many.judged if trying else many.made, [line.values for line in lines])
        if not isinstance(done, DomainError):
            return done  # type: ignore[no-any-return]
    # One by one also where all together were refused: it is then said of the row it is about.
    return [attempt(reading.kind.create, by=by, **line.values) for line in lines]


def attempt(service: Any, *given: Any, **values: Any) -> Any:
    """The row a service returns, or its refusal; a refused one has written nothing."""
    try:
        with transaction.atomic():
            return service(*given, **values)
    except DomainError as refused:
        return refused
    except ValidationError as error:
        return from_validation(error)
    except IntegrityError:
        return RuleBroken("sheet.clash", NEUTRAL_CLASH)
    except DataError:
        return RuleBroken("sheet.range", "有数值或文字超出可保存的范围，请核对。")


def _change(reading: Reading, by: User, line: Line, row: Any, decided: Mapping[str, str]) -> Verdict:
    """A row that is there: what differs is changed by the service of the page."""
    kind = reading.kind
    said = {name: value for name, value in line.values.items() if name not in kind.asides}
    differs = {
        name: value
        for name, value in said.items()
        if not same(kind.now(row, name), value)
        and not (line.base is None and name in kind.brief and value == kind.brief[name](row))
    }
    found = Verdict(line.line, Outcome.SAME, row=row)
    if line.base is not None:
        differs = merging.merged(reading, line, row, differs, decided, found)
    columns = {column.name: column for column in reading.columns}
    for name in differs:
        if name in kind.fixed or kind.change is None:
            text = f"“{columns[name].label}”登记以后不能在表格里修改，请改回原来的内容，或者在记录页面办理。"
            found.problems.append((reading.at.get(name), text))
    if found.problems:
        found.outcome, found.row = Outcome.REFUSED, None
        return found
    if not differs or kind.change is None:
        return found
    asides = {name: value for name, value in line.values.items() if name in kind.asides}
    done = attempt(kind.change, row, by=by, expected_version=row.version, **differs, **asides)
    if isinstance(done, DomainError):
        return Verdict(line.line, Outcome.REFUSED, reading.of_error(done))
    return Verdict(line.line, Outcome.CHANGED, row=done)
