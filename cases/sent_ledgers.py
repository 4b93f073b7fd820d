"""Ledgers of hand-overs and bulletins: the paper itself, never who is named under it."""

from cases.models import Bulletin, Handover
from povertyaudit.core.ledger import Column, common_columns
from povertyaudit.core.ledger_columns import of_fields

HANDOVER_COLUMNS = (
    *common_columns(Handover.State.choices),
    *of_fields(
        Handover,
        "direction body unit their_number document handed_on text handed_by receipt_on receipt_by receipt_number "
        "answered_on answer_text returned_on return_reason",
    ),
)
BULLETIN_COLUMNS = (
    *common_columns(Bulletin._meta.get_field("state").choices or ()),
    *of_fields(
        Bulletin, "title preface drafting_unit drafted_by approved_by approved_on issue issued_on corrects"
    ),
    Column("case_count", "案例数"),
    Column("person_count", "人数"),
)
