"""Indexes that hold all a board's count of leads reads, and the steps that were late."""

from django.db import migrations, models
from django.db.models import Q

from povertyaudit.core.migrating import Together

SEEN_BY = (
    "region",
    "handling_unit",
    "kind",
    "state",
    "registering_unit",
    "acting_unit",
    "leader",
    "supervisor",
    "id",
)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_pairs"),
    ]

    operations = [
        Together(
            migrations.AddIndex(
                "lead",
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
                ),
            ),
            migrations.AddIndex(
                "lead",
                models.Index(
                    fields=("concluded_on", *SEEN_BY),
                    condition=Q(concluded_on__isnull=False),
                    name="lead_concluded",
                ),
            ),
        ),
        Together(
            migrations.AddIndex(
                "leadstep",
                models.Index(
                    fields=("lead",),
                    condition=Q(approval_late_days__gt=0) | Q(late_days__gt=0),
                    name="step_late",
                ),
            ),
        ),
    ]
