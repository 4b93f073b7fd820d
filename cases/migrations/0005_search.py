"""What lists and searches are read by at real size."""

from django.db import migrations

from povertyaudit.core import trigrams

SEARCHED = {
    "cases_lead": ("number", "title"),
    "cases_leadsubject": ("name", "unit_text"),
    "cases_othernumber": ("number",),
}


def install(_apps, schema_editor):
    for table, columns in SEARCHED.items():
        trigrams.install(schema_editor.connection, table, *columns)


def remove(_apps, schema_editor):
    for table in SEARCHED:
        trigrams.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_lists")]
    operations = [migrations.RunPython(install, remove)]
