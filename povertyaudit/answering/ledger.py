"""The ledger of who answers for a place, one line a term."""

from povertyaudit.answering.models import Responsibility
from povertyaudit.core.ledger import Column, common_columns
from povertyaudit.core.ledger_columns import of_fields

COLUMNS = (
    *common_columns(Responsibility._meta.get_field("state").choices or ()),
    *of_fields(
        Responsibility,
        "capacity name post_title home_unit object_no duty basis starts_on ends_on times_extended",
    ),
    Column("area", "片区", "area__name"),
)
