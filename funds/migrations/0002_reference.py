"""Reference rows of the funds app: kinds of misuse."""

from django.db import migrations

from funds.reference import install_misuse_kinds
from povertyaudit.core.migrating import Run


def install(apps, _schema_editor):
    install_misuse_kinds(apps.get_model("funds", "MisuseKind"))


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial")]
    operations = [Run(install, migrations.RunPython.noop)]
