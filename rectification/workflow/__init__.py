"""What may be done with items, their notices and their reports, by whom, and when."""

from rectification.workflow.guards import gaps, missed_reports, owed
from rectification.workflow.items import HEAD_VERBS, ITEM
from rectification.workflow.who import DECIDERS, REGISTRARS, UNIT, VERIFIERS, WORKING, pending_request

__all__ = [
    "DECIDERS",
    "HEAD_VERBS",
    "ITEM",
    "REGISTRARS",
    "UNIT",
    "VERIFIERS",
    "WORKING",
    "gaps",
    "missed_reports",
    "owed",
    "pending_request",
]
