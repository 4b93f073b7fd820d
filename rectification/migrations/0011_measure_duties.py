"""Who carries a measure out: one of the item's units, and a person."""

import django.db.models.deletion
from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("rectification", "0010_boards"),
    ]

    operations = [
        Together(
            migrations.AddField(
                model_name="measure",
                name="person",
                field=models.CharField(blank=True, max_length=100, verbose_name="责任人"),
            ),
            migrations.AddField(
                model_name="measure",
                name="unit",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="core.unit",
                    verbose_name="责任单位",
                ),
            ),
        ),
    ]
