"""Indexes for lists and boards over 150,000 projects and a million payments."""

from django.db import migrations, models

from povertyaudit.core.migrating import Run, Together

STATISTICS = "funds_payment_unspent"


def expect(_apps, schema_editor):
    """PostgreSQL keeps count of how much is unspent: few payments, where it would expect a third of all."""
    if schema_editor.connection.vendor == "postgresql" and schema_editor.connection.pg_version >= 140000:
        schema_editor.execute(
            f"CREATE STATISTICS IF NOT EXISTS {STATISTICS} ON (amount_fen - spent_fen) FROM funds_payment"
        )


def forget(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP STATISTICS IF EXISTS {STATISTICS}")


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0014_registers"),
    ]

    operations = [
        Together(
            migrations.AddIndex(
                model_name="payment",
                index=models.Index(
                    condition=models.Q(
                        ("state__in", ("draft", "submitted", "endorsed", "reviewed", "returned"))
                    ),
                    fields=["state", "-id"],
                    name="payment_under_way",
                ),
            ),
            migrations.AddIndex(
                model_name="payment",
                index=models.Index(
                    condition=models.Q(("spent_fen__lt", models.F("amount_fen")), ("state", "paid")),
                    fields=["-created_at", "-id"],
                    name="payment_held",
                ),
            ),
            migrations.AddIndex(
                model_name="project",
                index=models.Index(fields=["-funded_fen", "-id"], name="project_funded"),
            ),
            migrations.AddIndex(
                model_name="project",
                index=models.Index(fields=["year", "region"], name="project_year_region"),
            ),
            migrations.AddIndex(
                model_name="project",
                index=models.Index(
                    condition=models.Q(("completed_on", None)), fields=["plan_end"], name="project_unfinished"
                ),
            ),
        ),
        Run(expect, forget),
    ]
