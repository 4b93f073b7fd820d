"""What 澄清 and 诬告陷害认定 hand to the home page."""

from typing import Any

from cases.models import Clarification, FalseAccusation
from cases.roles import LEADERS, REGISTRY
from cases.workflow.clearing import CLARIFICATION, FALSE_ACCUSATION, PROPOSERS
from povertyaudit.core.home import Entry, Section, counted, first


def clarifications(user: Any) -> Section | None:
    """To agree to, or to carry out."""
    if not user.roles & (LEADERS | PROPOSERS):
        return None
    return _section(Clarification, CLARIFICATION, "待办理的澄清", "/clarifications/?tab=mine", user)


def marks(user: Any) -> Section | None:
    """To send up, or to record the answer to."""
    if not user.roles & REGISTRY:
        return None
    return _section(FalseAccusation, FALSE_ACCUSATION, "诬告陷害认定", "/false-accusations/?tab=mine", user)


def _section(model: Any, workflow: Any, title: str, link: str, user: Any) -> Section | None:
    rows = model.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "-proposed_on")
    if not found:
        return None
    entries = [Entry.of(row, what=_next(workflow, row, user)) for row in found]
    return Section(title, link, entries, counted(rows, found))


def _next(workflow: Any, row: Any, user: Any) -> str:
    offered = workflow.offered(row, user)
    return offered[0].label if offered else ""
