"""What lists and searches are read by at real size."""

from django.db import migrations

from povertyaudit.core import trigrams

SEARCHED = {"rectification_item": ("number", "problem_class", "aspect", "problem", "responsible_person")}


def install(_apps, schema_editor):
    for table, columns in SEARCHED.items():
        trigrams.install(schema_editor.connection, table, *columns)


def remove(_apps, schema_editor):
    for table in SEARCHED:
        trigrams.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("rectification", "0002_lists")]
    operations = [migrations.RunPython(install, remove)]
