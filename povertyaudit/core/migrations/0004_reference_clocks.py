"""Reference rows of the clocks: rules of domain §1.6 and the default ladder of reminders."""

from django.db import migrations

from povertyaudit.core.migrating import Run
from povertyaudit.core.reference_clocks import install


def load(apps, _schema_editor):
    install(apps.get_model("core", "ClockRule"), apps.get_model("core", "LadderStep"))


class Migration(migrations.Migration):
    dependencies = [("core", "0003_reference")]
    operations = [Run(load, migrations.RunPython.noop)]
