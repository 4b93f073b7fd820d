"""The few leads whose clock is stopped, found by an index: every count of what waits asks for them."""

from django.conf import settings
from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_subject_id_key"),
        ("core", "0008_ladder_and_lights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.AddIndex(
                model_name="lead",
                index=models.Index(
                    condition=models.Q(("stopped_on__isnull", False)),
                    fields=["stopped_on"],
                    name="lead_stopped",
                ),
            ),
        ),
    ]
