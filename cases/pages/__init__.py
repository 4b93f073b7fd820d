"""What pages of leads show."""

from cases.pages.clearing import clearing_missing, clearing_tables, offered
from cases.pages.columns import (
    ASSIST_COLUMNS,
    DISPATCH_COLUMNS,
    LIST_COLUMNS,
    NUMBER_COLUMNS,
    PAPER_COLUMNS,
    owes_next,
    persons,
)
from cases.pages.desk import entered
from cases.pages.ending import CONTENT_COLUMNS, ending_tables, volume_lines
from cases.pages.filing import (
    CASE_COLUMNS,
    EXECUTION_COLUMNS,
    FORM_COLUMNS,
    FORMS_TITLE,
    OUTCOME_COLUMNS,
    RULE_OF_FORMS,
    filing_tables,
    link,
    outcome_facts,
    period_words,
    periods,
)
from cases.pages.identity import IDENTITY_COLUMNS, identity_facts, identity_table
from cases.pages.people import person_shown, person_table
from cases.pages.record import ending, facts, handling, missing, papers, shown_before
from cases.pages.repeats import candidate_table, link_table, merged_table, named_if_seen, suspected
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
    "clearing_missing",
    "clearing_tables",
    "offered",
    "entered",
    "CONTENT_COLUMNS",
    "asked",
    "ASSIST_COLUMNS",
    "CASE_COLUMNS",
    "candidate_table",
    "link_table",
    "merged_table",
    "named_if_seen",
    "suspected",
    "DISPATCH_COLUMNS",
    "DUTY_COLUMNS",
    "EXECUTION_COLUMNS",
    "HOLD_COLUMNS",
    "IDENTITY_COLUMNS",
    "LIST_COLUMNS",
    "NUMBER_COLUMNS",
    "OUTCOME_COLUMNS",
    "PAPER_COLUMNS",
    "FORMS_TITLE",
    "FORM_COLUMNS",
    "RULE_OF_FORMS",
    "STEP_COLUMNS",
    "ending",
    "ending_tables",
    "facts",
    "filing_tables",
    "handling",
    "hold_reviews",
    "identity_facts",
    "identity_table",
    "late_warning",
    "latest_step",
    "link",
    "missing",
    "open_duties",
    "outcome_facts",
    "owes_next",
    "papers",
    "period_words",
    "periods",
    "person_shown",
    "person_table",
    "persons",
    "shown_before",
    "volume_lines",
]
