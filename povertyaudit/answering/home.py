"""What who answers for a place hands to the rail, the home page and the search."""

from typing import Any

from povertyaudit.answering.models import Letter, Responsibility
from povertyaudit.answering.querysets import LOCAL, READERS
from povertyaudit.answering.services.rules import amount
from povertyaudit.answering.workflow.responsibilities import KEEPERS
from povertyaudit.core import moment
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section, counted, first
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


def search(user: Any, words: str) -> list[Entry]:
    """Terms whose number or person holds the words."""
    rows = Responsibility.objects.visible_to(user)
    for word in words.split():
        rows = (
            rows.filter(number__icontains=word)
            | rows.filter(name__icontains=word)
            | rows.filter(user__person__name__icontains=word)
        )
    return [Entry.of(row) for row in rows.for_list().order_by("-pk")[:LIMIT]]


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


def search_letters(user: Any, words: str) -> list[Entry]:
    """Letters whose number or paper number holds the words."""
    rows = Letter.objects.visible_to(user)
    for word in words.split():
        rows = rows.filter(number__icontains=word) | rows.filter(paper_no__icontains=word)
    return [Entry.of(row) for row in rows.select_related("region").order_by("-pk")[:LIMIT]]
