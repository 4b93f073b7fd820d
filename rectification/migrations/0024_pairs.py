"""Indexes of pairs of characters for the searches (`core.grams`); of trigrams, which miss words of two, none are left."""

from django.db import migrations

from povertyaudit.core import grams, trigrams
from povertyaudit.core.migrating import Run

PAIRS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # table -> texts, sums
    "rectification_item": (("number", "problem_class", "aspect", "problem", "responsible_person"), ()),
    "rectification_measure": (("text",), ()),
    "rectification_periodreport": (("number",), ()),
    "rectification_escalation": (("number", "letter_no"), ()),
}
TRIGRAMS: dict[str, tuple[str, ...]] = {
    "rectification_item": ("number", "problem_class", "aspect", "problem", "responsible_person"),
}


def install(_apps, schema_editor):
    for table, (texts, sums) in PAIRS.items():
        grams.install(schema_editor.connection, table, texts, sums)
    for table in TRIGRAMS:
        trigrams.remove(schema_editor.connection, table)


def remove(_apps, schema_editor):
    for table, columns in TRIGRAMS.items():
        trigrams.install(schema_editor.connection, table, *columns)
    for table in PAIRS:
        grams.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [
        ("rectification", "0023_meeting_source"),
    ]

    operations = [Run(install, remove)]
