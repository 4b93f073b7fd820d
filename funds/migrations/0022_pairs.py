"""Indexes of pairs of characters for the searches (`core.grams`); of trigrams, which miss words of two, none are left."""

from django.db import migrations

from povertyaudit.core import grams, trigrams
from povertyaudit.core.migrating import Run

PAIRS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # table -> texts, sums
    "funds_project": (
        ("number", "title", "contractor", "approval_no"),
        ("planned_fen", "approved_fen", "contract_fen"),
    ),
    "funds_allocation": (("number", "title", "paper_no"), ("amount_fen",)),
    "funds_payment": (("number", "payee", "voucher_no"), ("amount_fen",)),
    "funds_misuse": (("number", "title"), ("amount_fen",)),
    "funds_suspicion": (("number",), ("amount_fen",)),
    "funds_villagesheet": (("number",), ()),
}
TRIGRAMS: dict[str, tuple[str, ...]] = {
    "funds_project": ("number", "title", "contractor", "approval_no"),
    "funds_allocation": ("number", "title", "paper_no"),
    "funds_payment": ("number", "payee", "voucher_no"),
    "funds_villagesheet": ("number",),
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
        ("funds", "0021_held_of_a_unit"),
    ]

    operations = [Run(install, remove)]
