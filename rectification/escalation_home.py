"""What 督办 hands to the rail, the home page and the search."""

from typing import Any

from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from rectification.escalation_querysets import ANSWERING, LEADERS, OFFICES
from rectification.home import READERS
from rectification.models.escalation import Escalation
from rectification.workflow.escalation import ESCALATION

RAIL = RailEntry(
    "escalations", "督办", "/escalations/", READERS,
    count=lambda user: counted(Escalation.objects.visible_to(user).waiting_for(user)),
)  # fmt: skip


def letters_to_answer(user: Any) -> Section | None:
    """收到的督办函，待回复, of the unit."""
    if not user.roles & ANSWERING or not RAIL.number(user):
        return None
    rows = Escalation.objects.visible_to(user).to_answer(user)
    entries = [
        Entry.of(
            row, title=f"{row.get_step_display()}，{row.reply_by_words} 前回复", what="回复", clock=row.light
        )
        for row in first(rows.for_list(), "reply_by")
    ]
    if not entries:
        return None
    return Section(
        "收到的督办函，待回复", "/escalations/?tab=mine", entries, counted(rows, entries), urgent=True
    )


def to_deal_with(user: Any) -> Section | None:
    """Letters to sign, proposals to decide, decisions to carry out."""
    if not user.roles & (OFFICES | LEADERS) or not RAIL.number(user):
        return None
    rows = Escalation.objects.visible_to(user).waiting_for(user)
    entries = []
    for row in first(rows.for_list(), "taken_on"):
        step = next(iter(ESCALATION.offered(row, user)), None)
        unit = row.addressee or row.item.body_unit
        entries.append(Entry.of(row, title=f"{unit} {row.title}", what=step.label if step else ""))
    return Section("待签发、待决定的督办", "/escalations/?tab=mine", entries, RAIL.number(user))


def unanswered(user: Any) -> Section | None:
    """Letters past their time, for who sent them."""
    if not user.roles & OFFICES:
        return None
    rows = Escalation.objects.visible_to(user).overdue_replies()
    entries = [
        Entry.of(row, title=f"{row.addressee} {row.title}", clock=row.light)
        for row in first(rows.for_list(), "reply_by")
    ]
    if not entries:
        return None
    return Section(
        "逾期未回复的督办函", "/escalations/?tab=unanswered", entries, counted(rows, entries), urgent=True
    )


FOUND = Kind(
    Escalation, ("number", "letter_no"), {"item": ("number",)}, roles=frozenset(READERS),
    rows=lambda rows: rows.for_list(),
)  # fmt: skip
