"""登记追缴、登记退还群众、冲正一笔. Money is in 分 (integer)."""

from collections.abc import Mapping, Sequence
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
        *_too_much(verb, amount_fen, row.left_fen), *_untimely(verb, row, kind, day), *_used(verb, row, voucher_no),
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
    recovery = _recovery(
        row, by, kind=kind, amount_fen=amount_fen, received_on=day, voucher_no=voucher_no, destination=destination,
        household=household, village=village, to_project=to_project,
    )  # fmt: skip
    book.settle(recovery)
    facts = {"recovery": [str(recovery.get_kind_display()), voucher_no, amount_fen]}
    return _booked(row, verb, book, by, note, facts)


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
    day, total = received_on or moment.today(), sum(one["amount_fen"] for one in households)
    asked = None if confirmed or not households else part_unlike_rest(verb, total, row.left_fen)
    wrong = [
        *_too_much(verb, total, row.left_fen, field="households"),
        *_untimely(verb, row, Recovery.Kind.RETURNED, day), *_used(verb, row, voucher_no),
        *_households_wrong(verb, row, households), *([asked] if asked else []),
    ]  # fmt: skip
    raise_all(wrong)
    book = Book(row, by)
    for line, one in enumerate(households, 1):
        book.settle(_recovery(
            row, by, kind=Recovery.Kind.RETURNED, received_on=day, voucher_no=voucher_no, destination="退还农户",
            voucher_line=line, **one,
        ))  # fmt: skip
    return _booked(row, verb, book, by, note, {"returned": [voucher_no, len(households), total]})


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


def _recovery(row: Misuse, by: User, **values: Any) -> Recovery:
    return Recovery(misuse=row, signed_by=by, voucher_county=row.region.county_code(), **values)


def _booked(row: Misuse, verb: str, book: Book, by: User, note: str, facts: Mapping[str, Any]) -> Misuse:
    done: Misuse = MISUSE.finish(
        row, verb, by=by, note=note, changes=book.changes(), saved=book.rows, facts=facts
    )
    return done


def _too_much(verb: str, fen: int, left: int, field: str = "amount_fen") -> list[DomainError]:
    if fen <= left:
        return []
    text = f"该问题还有 {render.yuan(left)} 元未追缴，本次登记 {render.yuan(fen)} 元，不能超过这个数，请核对金额。"
    return [RuleBroken(f"{verb}.too_much", text, field=field)]


def _untimely(verb: str, row: Misuse, kind: str, day: date) -> list[DomainError]:
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


def _used(verb: str, row: Misuse, voucher_no: str) -> list[DomainError]:
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
    return _elsewhere(verb, row, village, "village")


def _households_wrong(verb: str, row: Misuse, households: Sequence[Mapping[str, Any]]) -> list[DomainError]:
    if not households:
        return [RuleBroken(f"{verb}.nobody", "请至少填写一户。", field="households")]
    wrong: list[DomainError] = []
    seen = set()
    for one in households:
        key = (one["household"], getattr(one.get("village"), "pk", None))
        if key in seen:
            text = f"“{one['household']}”出现了两次，请核对；确是同名两户的，请填写所在村或者注明区别。"
            wrong.append(RuleBroken(f"{verb}.twice", text, field="households"))
        seen.add(key)
        if one["amount_fen"] < 1:
            wrong.append(RuleBroken(f"{verb}.nothing", "每户的金额应大于 0。", field="households"))
        wrong += _elsewhere(verb, row, one.get("village"), "households")
    return wrong


def _elsewhere(verb: str, row: Misuse, village: Region | None, field: str) -> list[DomainError]:
    if village is None or village.county_code() == row.region.county_code():
        return []
    return [RuleBroken(f"{verb}.village", f"“{village.name}”不在该问题所属的县，请核对。", field=field)]
