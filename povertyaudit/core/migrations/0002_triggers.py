"""Triggers that refuse UPDATE and DELETE on the record."""

from django.db import migrations

from povertyaudit.core import triggers
from povertyaudit.core.migrating import Run


def install(_apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(_apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [Run(install, remove)]
