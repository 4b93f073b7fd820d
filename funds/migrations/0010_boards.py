"""Bounds by which misuses are told apart by amount."""

from django.db import migrations

from funds.project_reference import BRACKET_RULES, install_fund_rules
from povertyaudit.core.migrating import Run


def load(apps, _schema_editor):
    install_fund_rules(apps.get_model("funds", "FundRule"), BRACKET_RULES)


class Migration(migrations.Migration):
    dependencies = [("funds", "0009_slip_times")]
    operations = [Run(load, migrations.RunPython.noop)]
