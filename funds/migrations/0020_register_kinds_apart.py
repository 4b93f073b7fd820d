from django.db import migrations

from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run

TABLES = ("funds_registerkind",)


def guard(_apps, schema_editor):
    for table in TABLES:
        term_triggers.install(schema_editor.connection, table)


def unguard(_apps, schema_editor):
    for table in TABLES:
        term_triggers.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("funds", "0019_notice_rules")]

    operations = [Run(guard, unguard)]
