"""Figures by which spending is called behind time and money held."""

from django.db import migrations

from funds.project_reference import install_fund_rules
from povertyaudit.core.migrating import Run


def load(apps, _schema_editor):
    install_fund_rules(apps.get_model("funds", "FundRule"))


class Migration(migrations.Migration):
    dependencies = [("funds", "0005_payments")]
    operations = [Run(load, migrations.RunPython.noop)]
