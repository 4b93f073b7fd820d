"""What a unit holds is found by its keys out of the index alone: before, each row was looked up as well."""

from django.db import migrations, models
from django.db.models import F, Q

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [("funds", "0023_voided")]

    operations = [
        Together(
            migrations.RemoveIndex(model_name="payment", name="payment_held_of"),
            migrations.AddIndex(
                model_name="payment",
                index=models.Index(
                    condition=Q(spent_fen__lt=F("amount_fen"), state="paid"),
                    fields=["project", "paid_on", "amount_fen", "spent_fen", "id"],
                    name="payment_held_of",
                ),
            ),
        ),
    ]
