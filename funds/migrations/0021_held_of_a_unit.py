"""What waits for a unit, and what it holds, out of a million payments."""

from django.db import migrations, models
from django.db.models import F, Q

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [("funds", "0020_register_kinds_apart")]

    operations = [
        Together(
            migrations.AddIndex(
                model_name="payment",
                index=models.Index(
                    condition=Q(state__in=("draft", "returned")), fields=["project"], name="payment_unsent"
                ),
            ),
            migrations.AddIndex(
                model_name="payment",
                index=models.Index(
                    condition=Q(spent_fen__lt=F("amount_fen"), state="paid"),
                    fields=["project", "paid_on", "amount_fen", "spent_fen"],
                    name="payment_held_of",
                ),
            ),
        ),
    ]
