"""Indexes of pairs of characters for the searches (`core.grams`); of trigrams, which miss words of two, none are left."""

from django.db import migrations

from povertyaudit.core import grams
from povertyaudit.core.migrating import Run

PAIRS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # table -> texts, sums
    "inspections_finding": (("number", "problem_class", "aspect", "text"), ("amount_fen",)),
    "inspections_worksheet": (("number", "problem_class", "aspect", "text"), ()),
    "inspections_visit": (("number", "place_text", "talked_to", "notes"), ()),
    "inspections_villageperson": (("number", "name"), ()),
}


def install(_apps, schema_editor):
    for table, (texts, sums) in PAIRS.items():
        grams.install(schema_editor.connection, table, texts, sums)


def remove(_apps, schema_editor):
    for table in PAIRS:
        grams.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0009_people_without_account"),
    ]

    operations = [Run(install, remove)]
