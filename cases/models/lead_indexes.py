"""The indexes of leads: what lists are ordered by and narrowed to, and what the boards count."""

from django.db import models
from django.db.models import Q

from cases.querysets import ENDED, OWES

# Who sees a lead, and what makes it count at all.
SEEN_BY = (
    "region", "handling_unit", "kind", "state", "registering_unit", "acting_unit", "leader", "supervisor", "id",
)  # fmt: skip
INDEXES = (
    models.Index(fields=("region", "state"), name="lead_region_state"),
    models.Index(fields=("acting_unit", "state"), name="lead_acting_state"),
    models.Index(fields=("-received_on", "-id"), name="lead_received"),
    models.Index(fields=("leader", "state"), name="lead_leader_state"),
    models.Index(fields=("stopped_on",), condition=Q(stopped_on__isnull=False), name="lead_stopped"),
    models.Index(fields=("id",), condition=~Q(state__in=ENDED), name="lead_open"),
    models.Index(fields=("acting_unit",), condition=OWES, name="lead_owes"),
    # All that a board's count of leads reads: it is answered of these alone, a sixth of the size of the table.
    models.Index(
        fields=(
            "received_on",
            *SEEN_BY,
            "channel",
            "style",
            "concluded_on",
            "forwarded_on",
            "returned_on",
            "dispatched_on",
        ),
        name="lead_counted",
    ),  # fmt: skip
    models.Index(
        fields=("concluded_on", *SEEN_BY), condition=Q(concluded_on__isnull=False), name="lead_concluded"
    ),
)
