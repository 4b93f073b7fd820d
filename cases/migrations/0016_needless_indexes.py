"""Of leads and their persons no index is kept that no question reads (`core.needless`)."""

from django.db import migrations

from povertyaudit.core import needless
from povertyaudit.core.migrating import Run


def fewer(_apps, schema_editor):
    with_none = (
        "batch_id", "handler_id", "merged_into_id", "proposed_by_id", "supervisor_id", "handling_unit_id", "style_id",
    )  # fmt: skip
    needless.likes(schema_editor.connection, "cases_lead", "cases_leadsubject")
    needless.covered(schema_editor.connection, "cases_lead", "region_id", "acting_unit_id", "leader_id")
    needless.filled_only(schema_editor.connection, "cases_lead", *with_none)
    needless.filled_only(
        schema_editor.connection, "cases_leadsubject", "category_id", "style_id", "managed_by_id"
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_counted")]

    operations = [Run(fewer, migrations.RunPython.noop)]
