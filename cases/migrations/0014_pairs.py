"""Indexes of pairs of characters for the searches (`core.grams`); of trigrams, which miss words of two, none are left."""

from django.db import migrations

from povertyaudit.core import grams, trigrams
from povertyaudit.core.migrating import Run

PAIRS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # table -> texts, sums
    "cases_lead": (("number", "title"), ("amount_fen",)),
    "cases_leadsubject": (("name", "unit_text"), ()),
    "cases_othernumber": (("number",), ()),
    "cases_hotlinecall": (("number", "title"), ()),
    "cases_handover": (("number", "their_number", "document", "receipt_number"), ()),
    "cases_outcome": (("number", "document_number"), ()),
}
TRIGRAMS: dict[str, tuple[str, ...]] = {
    "cases_lead": ("number", "title"),
    "cases_leadsubject": ("name", "unit_text"),
    "cases_othernumber": ("number",),
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
        ("cases", "0013_lead_open"),
    ]

    operations = [Run(install, remove)]
