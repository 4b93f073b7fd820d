"""登记退还群众: one paper, many households — one act, one entry of the record, a handful of queries. Money is in 分."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from funds.models import Misuse, Recovery
from funds.models.return_sheets import MOST_HOUSEHOLDS
from funds.services.books import Book
from funds.services.recovering import elsewhere, paper, too_much, untimely, used
from funds.services.slips import part_unlike_rest
from funds.workflow import MISUSE
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import User


@transaction.atomic
def record_returns(
    misuse: Misuse,
    *,
    by: User,
    voucher_no: str,
    households: Sequence[Mapping[str, Any]],
    received_on: date | None = None,
    confirmed: bool = False,
    note: str = "",
    expected_version: int | None = None,
) -> Misuse:
    """登记退还群众: one paper, a row for each household {household, village, amount_fen (分)}, all or nothing."""
    verb = "record_returns"
    row = MISUSE.begin(misuse, verb, by=by, note=note, expected_version=expected_version)
    day = received_on or moment.today()
    raise_all(amiss(verb, row, households, voucher_no=voucher_no, day=day, confirmed=confirmed))
    done: Misuse = MISUSE.finish(
        row, verb, by=by, note=note, **booked(row, households, by=by, voucher_no=voucher_no, day=day)
    )
    return done


def amiss(
    verb: str, row: Misuse, households: Sequence[Mapping[str, Any]], *, voucher_no: str, day: date, confirmed: bool,
    field: str = "households",
) -> list[DomainError]:  # fmt: skip
    """Everything wrong with the paper, against the book as it stands. A line is named by its `place`."""
    total = sum(one["amount_fen"] for one in households)
    asked = None if confirmed or not households else part_unlike_rest(verb, total, row.left_fen)
    return [
        *too_much(verb, total, row.left_fen, field=field), *untimely(verb, row, Recovery.Kind.RETURNED, day),
        *used(verb, row, voucher_no), *_households_wrong(verb, row, households, field), *([asked] if asked else []),
    ]  # fmt: skip


def booked(
    row: Misuse, households: Sequence[Mapping[str, Any]], *, by: User, voucher_no: str, day: date
) -> dict[str, Any]:
    """What the act writes: the papers, then their entries, which follow each other in the book."""
    book = Book(row, by)
    for line, one in enumerate(households, 1):
        values = {name: one.get(name) for name in ("household", "village", "amount_fen")}
        book.settle(paper(
            row, by, kind=Recovery.Kind.RETURNED, received_on=day, voucher_no=voucher_no, destination="退还农户",
            voucher_line=line, **values,
        ))  # fmt: skip
    papers = [one for one in book.rows if isinstance(one, Recovery)]
    entries = [one for one in book.rows if not isinstance(one, Recovery)]
    total = sum(one["amount_fen"] for one in households)
    return {
        "changes": book.changes(), "added": [papers, entries],
        "facts": {"returned": [voucher_no, len(households), total]},
    }  # fmt: skip


def _households_wrong(
    verb: str, row: Misuse, households: Sequence[Mapping[str, Any]], field: str
) -> list[DomainError]:
    if not households:
        return [RuleBroken(f"{verb}.nobody", "请至少填写一户。", field=field)]
    if len(households) > MOST_HOUSEHOLDS:
        text = f"一张凭证最多 {MOST_HOUSEHOLDS} 户，请按村分开登记。"
        return [RuleBroken(f"{verb}.too_many", text, field=field)]
    wrong: list[DomainError] = []
    seen: dict[Any, int] = {}
    for number, one in enumerate(households, 1):
        place = one.get("place", number)
        key = (one["household"], getattr(one.get("village"), "pk", None))
        if (first := seen.setdefault(key, place)) != place:
            text = f"第 {place} 行与第 {first} 行是同一户，出现了两次，请核对；确是同名两户的，请填写所在村或者注明区别。"
            wrong.append(RuleBroken(f"{verb}.twice", text, field=field))
        if one["amount_fen"] < 1:
            wrong.append(RuleBroken(f"{verb}.nothing", f"第 {place} 行：金额应大于 0。", field=field))
        wrong += elsewhere(verb, row, one.get("village"), field, f"第 {place} 行：")
    return wrong
