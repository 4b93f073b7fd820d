"""Persons complained of carry the key by which registers and match lists find the same person: half their digest."""

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

import povertyaudit.core.id_sql
from cases import archive_triggers
from povertyaudit.core.migrating import Run, Together

BATCH = 1000


def guard(_apps, schema_editor):
    archive_triggers.install(schema_editor.connection)


def unguard(_apps, schema_editor):
    archive_triggers.remove(schema_editor.connection)


def fill(apps, _schema_editor):
    """Of every person with a digest; also of archived leads, whose digest stays as it is."""
    model = apps.get_model("cases", "LeadSubject")
    batch = []
    for row in model.objects.exclude(id_digest="").only("id_digest").iterator(chunk_size=BATCH):
        row.id_key = bytes.fromhex(row.id_digest[:32])
        batch.append(row)
        if len(batch) >= BATCH:
            model.objects.bulk_update(batch, ["id_key"])
            batch = []
    model.objects.bulk_update(batch, ["id_key"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_sanction_reports")]

    operations = [
        Run(unguard, guard),
        Together(
            migrations.AddField(
                model_name="leadsubject",
                name="id_key",
                field=models.BinaryField(max_length=16, null=True),
            ),
        ),
        Run(fill, migrations.RunPython.noop),
        Together(
            migrations.AddIndex(
                model_name="leadsubject",
                index=models.Index(
                    condition=models.Q(("id_key__isnull", False)), fields=["id_key"], name="subject_id_key"
                ),
            ),
            migrations.AddConstraint(
                model_name="leadsubject",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("id_digest", ""), ("id_key", None)),
                        models.Q(
                            models.Q(("id_digest", ""), _negated=True),
                            ("id_key__isnull", False),
                            django.db.models.lookups.Exact(
                                povertyaudit.core.id_sql.Hex(models.F("id_key")),
                                django.db.models.functions.text.Left(models.F("id_digest"), 32),
                            ),
                        ),
                        _connector="OR",
                    ),
                    name="subject_id_key_is_half_the_digest",
                    violation_error_message="身份证号的匹配键与摘要不一致。",
                ),
            ),
        ),
        Run(guard, unguard),
    ]
