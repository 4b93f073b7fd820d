"""Bulletins in villages: how a village without an account was told, and until when somebody has to have read one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from povertyaudit.core import reference_clocks
from povertyaudit.core.migrating import Run, Together


def install(apps, _schema_editor):
    reference_clocks.install(apps.get_model("core", "ClockRule"), apps.get_model("core", "LadderStep"))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_lead_stopped"),
        ("core", "0008_ladder_and_lights"),
        ("core", "__first__"),
    ]

    operations = [
        Together(
            migrations.AddField(
                model_name="bulletincopy",
                name="posted_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="登记传达的人",
                ),
            ),
            migrations.AddField(
                model_name="bulletincopy",
                name="posted_on",
                field=models.DateField(blank=True, null=True, verbose_name="村内传达日期"),
            ),
            migrations.AddField(
                model_name="bulletincopy",
                name="posted_way",
                field=models.CharField(
                    blank=True,
                    choices=[("meeting", "会议传达"), ("board", "公开栏张贴")],
                    max_length=8,
                    verbose_name="传达方式",
                ),
            ),
            migrations.AddConstraint(
                model_name="bulletincopy",
                constraint=models.CheckConstraint(
                    condition=Q(posted_on=None, posted_by=None, posted_way="")
                    | Q(posted_on__isnull=False, posted_by__isnull=False, read_at__isnull=False)
                    & ~Q(posted_way=""),
                    name="bulletin_copy_posted_is_whole",
                    violation_error_message="村内传达须写明日期、方式和登记人。",
                ),
            ),
        ),
        Run(install, migrations.RunPython.noop),
    ]
