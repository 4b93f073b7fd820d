"""登记追缴、作废一笔追缴. Money is in 分 (integer)."""

from datetime import date
from typing import Any

from django.db import transaction

from funds.models import Misuse, Recovery
from funds.workflow import MISUSE
from povertyaudit.core import moment, render
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


@transaction.atomic
def record_recovery(
    misuse: Misuse,
    *,
    by: User,
    kind: str,
    amount_fen: int,
    voucher_no: str,
    destination: str,
    received_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Misuse:
    """登记追缴 of `amount_fen` (分). The last of it settles the misuse. Raises RuleBroken when more would be back than was misused."""
    row = MISUSE.begin(misuse, "record_recovery", by=by, note=note, expected_version=expected_version)
    if amount_fen > row.left_fen:
        text = f"该问题还有 {render.yuan(row.left_fen)} 元未追缴，本次登记不能超过这个数，请核对金额。"
        raise RuleBroken("record_recovery.too_much", text, field="amount_fen")
    day = received_on or moment.today()
    if day > moment.today():
        raise RuleBroken("record_recovery.future", "到账日期不能晚于今天，请核对。", field="received_on")
    if row.recoveries.standing().filter(voucher_no=voucher_no).exists():
        text = f"凭证号“{voucher_no}”已在该问题下登记，请核对是否重复。"
        raise RuleBroken("record_recovery.voucher", text, field="voucher_no")
    recovery = Recovery(
        misuse=row, kind=kind, amount_fen=amount_fen, received_on=day, voucher_no=voucher_no,
        destination=destination,
    )  # fmt: skip
    facts = {"recovery": [str(recovery.get_kind_display()), voucher_no, amount_fen]}
    return _with_total(row, "record_recovery", row.recovered_fen + amount_fen, recovery, by, note, facts)


@transaction.atomic
def void_recovery(
    misuse: Misuse,
    *,
    by: User,
    recovery: Recovery,
    note: str,
    expected_version: int | None = None,
) -> Misuse:
    """作废一笔追缴: the row stays, its money no longer counts; a settled misuse is open again."""
    row = MISUSE.begin(misuse, "void_recovery", by=by, note=note, expected_version=expected_version)
    found: Recovery | None = row.recoveries.standing().filter(pk=recovery.pk).first()
    if found is None:
        raise RuleBroken(
            "void_recovery.gone", "这笔追缴不在该问题下或者已经作废，请重新选择。", field="recovery"
        )
    found.voided_at, found.voided_by = moment.now(), by
    facts = {"recovery": [str(found.get_kind_display()), found.voucher_no, -found.amount_fen]}
    return _with_total(row, "void_recovery", row.recovered_fen - found.amount_fen, found, by, note, facts)


def _with_total(
    row: Misuse, verb: str, total: int, recovery: Recovery, by: User, note: str, facts: dict[str, Any]
) -> Misuse:
    """Write the recovery, the new total and the state that follows from it."""
    state = Misuse.State.SETTLED if total == row.amount_fen else Misuse.State.OPEN
    changes = {"recovered_fen": total, "state": state}
    done: Misuse = MISUSE.finish(row, verb, by=by, note=note, changes=changes, saved=[recovery], facts=facts)
    return done
