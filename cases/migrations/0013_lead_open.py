"""Few of many: the leads that are open, and those concluded that still owe something."""

from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_lead_voided")]

    operations = [
        Together(
            migrations.AddIndex(
                model_name="lead",
                index=models.Index(
                    condition=models.Q(
                        ("state__in", ("concluded", "forwarded", "merged", "returned", "voided")),
                        _negated=True,
                    ),
                    fields=["id"],
                    name="lead_open",
                ),
            ),
            migrations.AddIndex(
                model_name="lead",
                index=models.Index(
                    condition=models.Q(
                        ("state", "concluded"),
                        models.Q(
                            ("duties_owed__gt", 0),
                            models.Q(("dispatch_mode", "assign"), ("reported_on", None)),
                            _connector="OR",
                        ),
                    ),
                    fields=["acting_unit"],
                    name="lead_owes",
                ),
            ),
        ),
    ]
