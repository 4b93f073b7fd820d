"""What pages of leads show."""

from cases.pages.columns import (
    ASSIST_COLUMNS,
    DISPATCH_COLUMNS,
    LIST_COLUMNS,
    NUMBER_COLUMNS,
    PAPER_COLUMNS,
    owes_next,
    persons,
    subject_kind,
)
from cases.pages.identity import IDENTITY_COLUMNS, identity_facts, identity_table
from cases.pages.people import person_shown, person_table
from cases.pages.record import ending, facts, handling, missing, papers, registration, shown_before
from cases.pages.steps import (
    DUTY_COLUMNS,
    HOLD_COLUMNS,
    STEP_COLUMNS,
    asked,
    hold_reviews,
    late_warning,
    latest_step,
    open_duties,
)

__all__ = [
    "asked",
    "ASSIST_COLUMNS",
    "DISPATCH_COLUMNS",
    "DUTY_COLUMNS",
    "ending",
    "facts",
    "handling",
    "HOLD_COLUMNS",
    "hold_reviews",
    "IDENTITY_COLUMNS",
    "identity_facts",
    "identity_table",
    "late_warning",
    "latest_step",
    "LIST_COLUMNS",
    "missing",
    "NUMBER_COLUMNS",
    "open_duties",
    "owes_next",
    "PAPER_COLUMNS",
    "papers",
    "person_shown",
    "person_table",
    "persons",
    "registration",
    "shown_before",
    "STEP_COLUMNS",
    "subject_kind",
]
