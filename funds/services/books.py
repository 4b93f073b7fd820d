"""The book of a misuse: what an entry does to its three sums. Every figure is an integer number of 分."""

from datetime import date
from typing import Any

from funds.models import Account, LedgerEntry, Misuse, Recovery
from povertyaudit.core.models import Row, User


class Book:
    """The book of a locked misuse, to be written in; `rows` is what the act must save, in this order."""

    def __init__(self, misuse: Misuse, by: User) -> None:
        self.misuse, self.by, self.rows = misuse, by, list[Row]()
        last: LedgerEntry | None = misuse.entries.order_by("-no").first() if misuse.pk else None
        self.no = last.no if last else 0
        self.owed: int = last.owed_after_fen if last else 0
        self.settled: int = last.settled_after_fen if last else 0
        if misuse.pk and last is None:  # registered without a book
            self.open(misuse.owed_fen, misuse.found_on)

    @property
    def left(self) -> int:
        """What is open, in 分."""
        return self.owed - self.settled

    def open(self, fen: int, on: date, reason: str = "") -> LedgerEntry:
        """The first entry: so much is owed."""
        self.owed += fen
        return self._put(Account.OPEN, Account.OWED, fen, on, reason=reason)

    def settle(self, recovery: Recovery, relief: Any = None) -> LedgerEntry:
        """What is open is settled by `recovery`, which is saved before its entry."""
        self.settled += recovery.amount_fen
        self.rows.append(recovery)
        return self._put(
            recovery.kind,
            Account.OPEN,
            recovery.amount_fen,
            recovery.received_on,
            recovery=recovery,
            relief=relief,
        )

    def reverse(self, entry: LedgerEntry, on: date, reason: str) -> LedgerEntry:
        """The counter-entry of a settlement: its money is open again."""
        self.settled -= entry.amount_fen
        return self._put(
            Account.OPEN,
            entry.debit,
            entry.amount_fen,
            on,
            recovery=entry.recovery,
            reverses=entry,
            reason=reason,
        )

    def annul(self, reason: str) -> LedgerEntry:
        """The counter-entry of the first entry, on its day: nothing is owed nor ever was, in no period."""
        first: LedgerEntry = self.misuse.entries.get(no=1)
        self.owed -= first.amount_fen
        return self._put(
            Account.OWED, Account.OPEN, first.amount_fen, first.booked_on, reverses=first, reason=reason
        )

    def raise_owed(self, fen: int, on: date, reason: str) -> LedgerEntry:
        """More is owed."""
        return self.open(fen, on, reason)

    def lower_owed(self, relief: Any, on: date) -> LedgerEntry:
        """Less is owed, as approved."""
        self.owed -= relief.amount_fen
        return self._put(
            Account.OWED, Account.OPEN, relief.amount_fen, on, relief=relief, reason=relief.reason[:500]
        )

    def changes(self) -> dict[str, Any]:
        """The sums of the misuse after all that was written."""
        return {
            "recovered_fen": self.settled,
            "adjusted_fen": self.owed - self.misuse.amount_fen,
            "state": Misuse.State.SETTLED if self.left == 0 else Misuse.State.OPEN,
        }

    def _put(self, debit: str, credit: str, fen: int, on: date, **more: Any) -> LedgerEntry:
        self.no += 1
        entry = LedgerEntry(
            no=self.no, debit=debit, credit=credit, amount_fen=fen, booked_on=on, booked_by=self.by,
            owed_after_fen=self.owed, settled_after_fen=self.settled, open_after_fen=self.left, **more,
        )  # fmt: skip
        if self.misuse.pk:
            entry.misuse = self.misuse
        self.rows.append(entry)
        return entry
