"""One figure for 元 and 万元 taken for each other: from how many times its kind a sum is asked about."""

from django.db import migrations, models

from funds.models.project_terms import AMOUNTS
from funds.project_reference import SLIP_RULES, install_fund_rules
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together


def load(apps, _schema_editor):
    install_fund_rules(apps.get_model("funds", "FundRule"), SLIP_RULES)


def guard(_apps, schema_editor):
    """The altered table is a new one on SQLite."""
    term_triggers.install(schema_editor.connection, "funds_fundrule")


class Migration(migrations.Migration):
    dependencies = [("funds", "0008_books_carried_over")]
    operations = [
        Together(
            migrations.AlterField(
                "fundrule", "amount", models.CharField("数量", max_length=5, choices=AMOUNTS)
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, migrations.RunPython.noop),
    ]
