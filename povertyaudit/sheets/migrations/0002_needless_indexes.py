"""The rows of an import are found by import and line, or by import and outcome (`core.needless`)."""

from django.db import migrations

from povertyaudit.core import needless
from povertyaudit.core.migrating import Run


def fewer(_apps, schema_editor):
    needless.covered(schema_editor.connection, "sheets_sheetrow", "sheet_id")


class Migration(migrations.Migration):
    dependencies = [("sheets", "0001_initial")]

    operations = [Run(fewer, migrations.RunPython.noop)]
