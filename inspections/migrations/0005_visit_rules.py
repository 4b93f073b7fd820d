"""What field work is held to, as a new installation starts; numbers of plans; terms kept apart in time."""

from django.db import migrations

from inspections.field_reference import install_visit_rules
from inspections.models.plans import VisitRule
from povertyaudit.core import term_triggers
from povertyaudit.core.reference import install_number_schemes

TABLE = "inspections_visitrule"


def load(apps, _schema_editor):
    install_visit_rules(
        apps.get_model("inspections", "VisitRule"),
        lambda code, amount: VisitRule.WORDS[code].format(amount),
    )
    install_number_schemes(apps.get_model("core", "NumberScheme"))


def watch(_apps, schema_editor):
    term_triggers.install(schema_editor.connection, TABLE)


def unwatch(_apps, schema_editor):
    term_triggers.remove(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("inspections", "0004_field_work")]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunPython(watch, unwatch),
    ]
