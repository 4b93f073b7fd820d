"""What who answers for a place hands to the rail, the home page and the search."""

from typing import Any

from povertyaudit.answering.models import Letter, Responsibility
from povertyaudit.answering.querysets import LOCAL, READERS
from povertyaudit.answering.services.rules import amount
from povertyaudit.answering.workflow.responsibilities import KEEPERS
from povertyaudit.core import moment
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

RAIL = RailEntry("answering", "责任到人", "/responsible/", (READERS | LOCAL) - {Role.SERVICE})


def to_renew(user: Any) -> Section | None:
    """即将届满和已经届满的任期 of those who keep them: the earliest end first."""
    if not user.roles & KEEPERS:
        return None
    rows = Responsibility.objects.visible_to(user).due(moment.today(), amount("remind_days"))
    found = first(rows.for_list(), "ends_on")
    if not found:
        return None
    entries = [Entry.of(row, what="延期或登记接任", clock=row.due) for row in found]
    return Section("即将届满、已经届满的任期", "/responsibilities/?tab=due", entries, counted(rows))


TERMS = Kind(
    Responsibility, ("number", "name"), {"user__person": ("name",)}, rows=lambda rows: rows.for_list()
)


def letters_to_sign(user: Any) -> Section | None:
    """责任书 that lack the signature of the person himself."""
    rows = Letter.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "-pk")
    if not found:
        return None
    entries = [Entry.of(row, what="签字") for row in found]
    return Section("待签字的责任书", "/responsibility-letters/?tab=mine", entries, counted(rows))


def handovers(user: Any) -> Section | None:
    """任期交接 that wait for the other side."""
    if not user.roles & KEEPERS:
        return None
    rows = Responsibility.objects.visible_to(user).not_taken()
    found = first(rows.for_list(), "-pk")
    if not found:
        return None
    entries = [Entry.of(row, what="接收") for row in found]
    return Section("待接收的任期交接", "/responsibilities/?tab=handing", entries, counted(rows))


LETTERS = Kind(Letter, ("number", "paper_no"), joins=("region",))
