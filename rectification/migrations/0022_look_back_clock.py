from django.db import migrations

from povertyaudit.core import reference_clocks
from povertyaudit.core.migrating import Run


def install(apps, _schema_editor):
    """The days from the approval of a look-back to the result of a check, as a dated rule."""
    reference_clocks.install(apps.get_model("core", "ClockRule"), apps.get_model("core", "LadderStep"))


class Migration(migrations.Migration):
    dependencies = [("rectification", "0021_look_backs"), ("core", "0008_ladder_and_lights")]

    operations = [Run(install, migrations.RunPython.noop)]
