"""作废, and the index of pairs by which the search finds documents."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from povertyaudit.core import grams
from povertyaudit.core.migrating import Run, Together

TABLE, TEXTS = "documents_document", ("number", "title")


def install(_apps, schema_editor):
    grams.install(schema_editor.connection, TABLE, TEXTS)


def remove(_apps, schema_editor):
    grams.remove(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("core", "0013_file_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.AddField(
                "document", "voided_at", models.DateTimeField("作废时间", null=True, blank=True)
            ),
            migrations.AddField(
                "document",
                "voided_by",
                models.ForeignKey(
                    settings.AUTH_USER_MODEL,
                    django.db.models.deletion.PROTECT,
                    null=True,
                    blank=True,
                    related_name="+",
                    verbose_name="作废人",
                ),
            ),
            migrations.AddField(
                "document",
                "void_reason",
                models.CharField("作废理由", max_length=500, blank=True, default=""),
                preserve_default=False,
            ),
            migrations.AddConstraint(
                "document",
                models.CheckConstraint(
                    name="document_void_says_why",
                    condition=Q(voided_at=None, voided_by=None, void_reason="")
                    | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
                    violation_error_message="作废的文书须有作废时间、作废人和理由，没有作废的都不填。",
                ),
            ),
        ),
        Run(install, remove),
    ]
