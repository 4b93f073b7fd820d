"""Boards count items out of an index that holds all they count by; the few that were split are found without a join."""

from django.db import migrations, models
from django.db.models import Q

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [("rectification", "0025_voided")]

    operations = [
        Together(
            migrations.RemoveIndex(model_name="item", name="item_region_state_due"),
            migrations.AddIndex(
                model_name="item",
                index=models.Index(
                    fields=[
                        "region",
                        "state",
                        "due_on",
                        "issued_on",
                        "closed_on",
                        "regrouped_on",
                        "split_from",
                        "id",
                    ],
                    name="item_counted",
                ),
            ),
            migrations.AddIndex(
                model_name="item",
                index=models.Index(
                    condition=Q(regrouped_on__isnull=False), fields=["regrouped_on"], name="item_regrouped"
                ),
            ),
        ),
    ]
