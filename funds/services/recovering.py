"""登记追缴、冲正一笔, and what every settlement is held to. Money is in 分 (integer)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from funds.models import Misuse, Recovery
from funds.services.books import Book
from funds.services.slips import part_unlike_rest
from funds.workflow import MISUSE
from povertyaudit.core import moment, render
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import Region, User
from povertyaudit.core.scope import region_under


@transaction.atomic
def record_recovery(
    misuse: Misuse, *, by: User, kind: str, amount_fen: int, voucher_no: str, destination: str,
    received_on: date | None = None, household: str = "", village: Region | None = None, to_project: Any = None,
    confirmed: bool = False, note: str = "", expected_version: int | None = None,
) -> Misuse:  # fmt: skip
    """登记追缴 of `amount_fen` (分). The last of it settles the misuse.

    退还群众 names the household and its village. Raises RuleBroken/Several: more than is open, dates out of order, a
    voucher used before, a sum 10,000 times off unless `confirmed`.
    """
    verb = "record_recovery"
    row = MISUSE.begin(misuse, verb, by=by, note=note, expected_version=expected_version)
    day, asked = (
        received_on or moment.today(),
        None if confirmed else part_unlike_rest(verb, amount_fen, row.left_fen),
    )
    wrong = [
        *too_much(verb, amount_fen, row.left_fen), *untimely(verb, row, kind, day), *used(verb, row, voucher_no),
        *_household_wrong(verb, row, kind, household, village), *([asked] if asked else []),
    ]  # fmt: skip
    if to_project is not None and kind != Recovery.Kind.REPURPOSED:
        wrong.append(
            RuleBroken(f"{verb}.to_project", "只有调整用途的才填写调整到的项目。", field="to_project")
        )
    if kind == Recovery.Kind.WRITTEN_OFF:
        wrong.append(RuleBroken(f"{verb}.kind", "核销须经批准，请办理“申请核销核减”。", field="kind"))
    raise_all(wrong)
    book = Book(row, by)
    recovery = paper(
        row, by, kind=kind, amount_fen=amount_fen, received_on=day, voucher_no=voucher_no, destination=destination,
        household=household, village=village, to_project=to_project,
    )  # fmt: skip
    book.settle(recovery)
    facts = {"recovery": [str(recovery.get_kind_display()), voucher_no, amount_fen]}
    return _booked(row, verb, book, by, note, facts)


@transaction.atomic
def void_recovery(
    misuse: Misuse,
    *,
    by: User,
    recovery: Recovery,
    note: str,
    expected_version: int | None = None,
) -> Misuse:
    """冲正一笔: a counter-entry takes its money out of the sums; both stay to be seen. A settled misuse is open again."""
    row = MISUSE.begin(misuse, "void_recovery", by=by, note=note, expected_version=expected_version)
    found: Recovery | None = row.recoveries.standing().filter(pk=recovery.pk).first()
    if found is None:
        raise RuleBroken(
            "void_recovery.gone", "这笔追缴不在该问题下或者已经冲正，请重新选择。", field="recovery"
        )
    book = Book(row, by)
    book.reverse(found.entries.get(reverses=None), moment.today(), note[:500])
    found.voided_at, found.voided_by = moment.now(), by
    book.rows.append(found)
    facts = {"recovery": [str(found.get_kind_display()), found.voucher_no, -found.amount_fen]}
    return _booked(row, "void_recovery", book, by, note, facts)


def paper(row: Misuse, by: User, **values: Any) -> Recovery:
    """The paper behind a settlement, unsaved."""
    return Recovery(misuse=row, signed_by=by, voucher_county=row.region.county_code(), **values)


def _booked(row: Misuse, verb: str, book: Book, by: User, note: str, facts: Mapping[str, Any]) -> Misuse:
    done: Misuse = MISUSE.finish(
        row, verb, by=by, note=note, changes=book.changes(), saved=book.rows, facts=facts
    )
    return done


def too_much(verb: str, fen: int, left: int, field: str = "amount_fen") -> list[DomainError]:
    """More than is open."""
    if fen <= left:
        return []
    text = f"该问题还有 {render.yuan(left)} 元未追缴，本次登记 {render.yuan(fen)} 元，不能超过这个数，请核对金额。"
    return [RuleBroken(f"{verb}.too_much", text, field=field)]


def untimely(verb: str, row: Misuse, kind: str, day: date) -> list[DomainError]:
    """Not tomorrow; not before it was found, unless handed in of one's own will."""
    if day > moment.today():
        return [RuleBroken(f"{verb}.future", "到账日期不能晚于今天，请核对。", field="received_on")]
    if kind == Recovery.Kind.VOLUNTEERED:
        first, what = row.period_from, "问题发生"
    else:
        first, what = row.found_on, "发现"
    if first and day < first:
        text = f"到账日期早于{what}日期 {first}，请核对；发现以前主动上交的，方式选“主动上交”。"
        return [RuleBroken(f"{verb}.too_early", text, field="received_on")]
    return []


def used(verb: str, row: Misuse, voucher_no: str) -> list[DomainError]:
    """A paper proves money once in a county."""
    near = Recovery.objects.standing().filter(voucher_no=voucher_no)
    if not near.filter(region_under("misuse__region_id", row.region.county_code())).exists():
        return []
    text = f"凭证号“{voucher_no}”已在本县登记过，请核对是否重复；一张凭证确需分记几笔的，在号码后加“-1”“-2”。"
    return [RuleBroken(f"{verb}.voucher", text, field="voucher_no")]


def _household_wrong(
    verb: str, row: Misuse, kind: str, name: str, village: Region | None
) -> list[DomainError]:
    returned = kind == Recovery.Kind.RETURNED
    if returned and not name:
        return [
            RuleBroken(
                f"{verb}.household",
                "退还群众的，请填写户主姓名；多户的办理“登记退还群众”。",
                field="household",
            )
        ]
    if not returned and (name or village):
        return [RuleBroken(f"{verb}.no_household", "只有退还群众的才填写户主和所在村。", field="household")]
    return elsewhere(verb, row, village, "village")


def elsewhere(
    verb: str, row: Misuse, village: Region | None, field: str, line: str = ""
) -> list[DomainError]:
    """A village of another county."""
    if village is None or village.county_code() == row.region.county_code():
        return []
    return [RuleBroken(f"{verb}.village", f"{line}“{village.name}”不在该问题所属的县，请核对。", field=field)]
