"""调增应追缴、申请核销核减、审批核销核减: what is owed changes only by entries with a reason. Money is in 分."""

from typing import Any

from django.db import transaction

from funds.models import Misuse, Recovery, Relief, ReliefState
from funds.services.books import Book
from funds.services.telling import desk_of, leaders_of
from funds.workflow import MISUSE
from funds.workflow.misuse import pending_relief
from povertyaudit.core import moment, notify, render
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


@transaction.atomic
def raise_owed(
    misuse: Misuse, *, by: User, amount_fen: int, note: str, expected_version: int | None = None
) -> Misuse:
    """调增应追缴 by `amount_fen` (分): interest, or more was found out. A settled misuse is open again."""
    row = MISUSE.begin(misuse, "raise_owed", by=by, note=note, expected_version=expected_version)
    if amount_fen < 1:
        raise RuleBroken("raise_owed.amount", "调增的金额应大于 0。", field="amount_fen")
    book = Book(row, by)
    book.raise_owed(amount_fen, moment.today(), note[:500])
    facts = {"raised_fen": amount_fen}
    done: Misuse = MISUSE.finish(
        row, "raise_owed", by=by, note=note, changes=book.changes(), saved=book.rows, facts=facts
    )
    return done


@transaction.atomic
def request_relief(
    misuse: Misuse, *, by: User, kind: str, amount_fen: int, basis: str, reason: str,
    expected_version: int | None = None,
) -> Misuse:  # fmt: skip
    """申请核销（收不回来）或者核减（多定了）`amount_fen` (分) of what is open. Nothing changes until another person decides."""
    row = MISUSE.begin(misuse, "request_relief", by=by, expected_version=expected_version)
    if not 1 <= amount_fen <= row.left_fen:
        text = f"申请金额应大于 0，且不超过未结的 {render.yuan(row.left_fen)} 元。"
        raise RuleBroken("request_relief.amount", text, field="amount_fen")
    asked = Relief(misuse=row, kind=kind, amount_fen=amount_fen, basis=basis, reason=reason, asked_by=by)
    facts = {"relief": [str(asked.get_kind_display()), basis, amount_fen]}
    done: Misuse = MISUSE.finish(row, "request_relief", by=by, saved=[asked], facts=facts)
    notify.tell_of(done, leaders_of(done), "申请核销核减，请审批。", by=by, kind="misuse")
    return done


@transaction.atomic
def decide_relief(
    misuse: Misuse, *, by: User, granted: bool, note: str = "", expected_version: int | None = None
) -> Misuse:
    """审批核销核减, by another person than who asked. Granted, it is booked at once."""
    row = MISUSE.begin(misuse, "decide_relief", by=by, note=note, expected_version=expected_version)
    asked = pending_relief(row)
    if not granted and not note.strip():
        raise RuleBroken("decide_relief.note", "不批准的，请写明理由。", field="note")
    if granted and asked.amount_fen > row.left_fen:
        text = f"未结只剩 {render.yuan(row.left_fen)} 元，少于申请的 {render.yuan(asked.amount_fen)} 元，不能批准。"
        raise RuleBroken("decide_relief.amount", text, field="granted")
    asked.state = ReliefState.GRANTED if granted else ReliefState.REFUSED
    asked.decided_by, asked.decided_on, asked.opinion = by, moment.today(), note
    book = Book(row, by)
    book.rows.insert(0, asked)
    if granted:
        _book(book, asked, by)
    facts = {"relief": [str(asked.get_kind_display()), asked.state, asked.amount_fen]}
    done: Misuse = MISUSE.finish(
        row,
        "decide_relief",
        by=by,
        note=note,
        changes=book.changes() if granted else {},
        saved=book.rows,
        facts=facts,
    )
    notify.tell_of(done, desk_of(done), f"核销核减申请{asked.get_state_display()}。", by=by, kind="misuse")
    return done


def _book(book: Book, asked: Any, by: User) -> None:
    if asked.kind == Relief.Kind.REDUCTION:
        book.lower_owed(asked, moment.today())
        return
    row = asked.misuse
    book.settle(
        Recovery(
            misuse=row, kind=Recovery.Kind.WRITTEN_OFF, amount_fen=asked.amount_fen, received_on=moment.today(),
            voucher_no=asked.basis, destination="核销", signed_by=by, voucher_county="",
        ),
        relief=asked,
    )  # fmt: skip
