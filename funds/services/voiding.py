"""作废 of a misuse: only of one nobody did anything about, and only as part of undoing the import that registered it."""

from django.db import transaction

from funds.models import Misuse
from funds.services.books import Book
from funds.workflow import REGISTERS
from povertyaudit.core import rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import User


@transaction.atomic
def void_misuse(misuse: Misuse, *, by: User, note: str) -> Misuse:
    """作废 with the reason: the number stays and is not given again, its book is reversed, nothing counts it any more.
    Raises NotAllowed, RuleBroken where something was booked or asked for since."""
    if not by.roles & REGISTERS:
        raise NotAllowed("void_misuse.role", "违规使用资金由财政部门或者监督检查室登记、作废。")
    row = rows.lock(misuse)
    used = row.entries.count() > 1 or row.reliefs.exists() or row.return_sheets.exists()
    if row.state != Misuse.State.OPEN or used:
        text = f"{row} 的台账已有登记以后的办理，不能作废；登记有误的请办理“申请核销核减”。"
        raise RuleBroken("void_misuse.used", text)
    book = Book(row, by)
    book.annul(note[:500])
    changes = book.changes() | {"state": Misuse.State.VOIDED}
    return rows.write(row, verb="misuse.void", by=by, note=note, changes=changes, saved=book.rows)
