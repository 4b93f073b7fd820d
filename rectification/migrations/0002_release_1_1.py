"""What lists and searches are read by at real size."""

from django.db import migrations, models

from povertyaudit.core import trigrams
from povertyaudit.core.migrating import Run, Together

SEARCHED = {"rectification_item": ("number", "problem_class", "aspect", "problem", "responsible_person")}


def search(_apps, schema_editor):
    for table, columns in SEARCHED.items():
        trigrams.install(schema_editor.connection, table, *columns)


def unsearch(_apps, schema_editor):
    for table in SEARCHED:
        trigrams.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    replaces = [
        ("rectification", "0002_lists"),
        ("rectification", "0003_search"),
    ]

    dependencies = [
        ("rectification", "0001_initial"),
    ]

    operations = [
        Together(
            migrations.AddIndex(
                model_name="item",
                index=models.Index(fields=["-created_at", "-id"], name="item_created"),
            ),
            migrations.AddIndex(
                model_name="item",
                index=models.Index(
                    condition=models.Q(("state__in", ("closed", "long_term")), _negated=True),
                    fields=["due_on", "id"],
                    name="item_unfinished_due",
                ),
            ),
            migrations.AddIndex(
                model_name="itemunit",
                index=models.Index(fields=["unit", "item"], name="item_unit_item"),
            ),
        ),
        Run(search, unsearch),
    ]
