"""Of clocks and the record no index is kept that no question reads (`core.needless`)."""

from django.db import migrations

from povertyaudit.core import needless
from povertyaudit.core.migrating import Run


def fewer(_apps, schema_editor):
    needless.likes(schema_editor.connection, "core_clock", "core_auditentry")
    needless.covered(schema_editor.connection, "core_auditvalue", "entry_id")
    needless.filled_only(
        schema_editor.connection, "core_clock", "owner_user_id", "head_user_id", "leader_user_id"
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0014_voided")]

    operations = [Run(fewer, migrations.RunPython.noop)]
