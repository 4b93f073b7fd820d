"""Reference rows of the kernel: register-number schemes."""

from django.db import migrations

from povertyaudit.core.migrating import Run
from povertyaudit.core.reference import install_number_schemes


def install(apps, _schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))


class Migration(migrations.Migration):
    dependencies = [("core", "0002_triggers")]
    operations = [Run(install, migrations.RunPython.noop)]
