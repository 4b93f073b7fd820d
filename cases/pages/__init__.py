"""What pages of leads show."""

from cases.pages.columns import (
    ASSIST_COLUMNS,
    DISPATCH_COLUMNS,
    LIST_COLUMNS,
    NUMBER_COLUMNS,
    PAPER_COLUMNS,
    STEP_COLUMNS,
    owes_next,
    persons,
    subject_kind,
)
from cases.pages.identity import IDENTITY_COLUMNS, identity_facts, identity_table
from cases.pages.people import person_shown, person_table
from cases.pages.record import ending, facts, handling, missing, papers, registration, shown_before

__all__ = [
    "ASSIST_COLUMNS",
    "DISPATCH_COLUMNS",
    "IDENTITY_COLUMNS",
    "LIST_COLUMNS",
    "NUMBER_COLUMNS",
    "PAPER_COLUMNS",
    "STEP_COLUMNS",
    "ending",
    "facts",
    "handling",
    "identity_facts",
    "identity_table",
    "missing",
    "owes_next",
    "papers",
    "person_shown",
    "person_table",
    "persons",
    "registration",
    "shown_before",
    "subject_kind",
]
