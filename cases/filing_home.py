"""What cases and outcomes hand to the rail, the home page and the search."""

from typing import Any

from cases.models import Outcome
from cases.roles import OFFICES
from cases.workflow import OUTCOME
from povertyaudit.core import clocks
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

READERS = OFFICES - {Role.SUPERVISION} | {Role.CASE_MANAGER, Role.DEPUTY, Role.SECRETARY}
RAIL = RailEntry("cases", "立案与处理", "/cases/", READERS)


def to_execute(user: Any) -> Section | None:
    """待执行的处理, for 审理室 and 案管室, who see to the execution; the date that comes first leads."""
    if not user.roles & {Role.ADJUDICATION, Role.CASE_MANAGER}:
        return None
    rows = Outcome.objects.visible_to(user).pending()
    found = first(rows.for_list(), "due_on")
    due = clocks.due_many(found)
    entries = [Entry.of(row, what=_next(row, user), clock=due.get(row.pk)) for row in found]
    return Section("待执行的处理", "/outcomes/?tab=pending&ordering=due_on", entries, counted(rows, found))


def _next(row: Outcome, user: Any) -> str:
    offered = OUTCOME.offered(row, user)
    return offered[0].label if offered and offered[0].primary else ""


FOUND = Kind(
    Outcome, ("number", "document_number"), {"subject": ("name",), "lead": ("number",)},
    rows=lambda rows: rows.for_list(),
)  # fmt: skip
