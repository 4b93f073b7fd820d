"""Weeks of progress, kept as they stood; from then on nothing of them is changed."""

import django.db.models.deletion
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from funds import week_triggers
from povertyaudit.core.migrating import Run, Together


def guard(_apps, schema_editor):
    week_triggers.install(schema_editor.connection)


def unguard(_apps, schema_editor):
    week_triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("funds", "0015_real_size"),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="ProgressWeek",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.CharField(
                            default=povertyaudit.core.models.base.new_public_id,
                            editable=False,
                            max_length=22,
                            unique=True,
                        ),
                    ),
                    ("day", models.DateField(verbose_name="固定日期")),
                    ("through", models.DateField(verbose_name="截至日期")),
                    (
                        "made_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="固定时间"),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="县",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "支出进度周报",
                    "ordering": ("-day", "id"),
                },
            ),
            migrations.CreateModel(
                name="ProgressLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "by",
                        models.CharField(
                            choices=[("town", "乡镇"), ("kind", "项目类别")],
                            max_length=5,
                            verbose_name="分法",
                        ),
                    ),
                    ("key", models.CharField(max_length=30, verbose_name="代码")),
                    ("label", models.CharField(max_length=100, verbose_name="名称")),
                    ("projects", models.PositiveIntegerField(verbose_name="项目")),
                    ("funded_fen", models.BigIntegerField(verbose_name="安排资金（分）")),
                    ("paid_fen", models.BigIntegerField(verbose_name="已拨付（分）")),
                    ("spent_fen", models.BigIntegerField(verbose_name="已支出（分）")),
                    ("place", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="名次")),
                    (
                        "weeks_last",
                        models.PositiveSmallIntegerField(default=0, verbose_name="连续几周列后三名"),
                    ),
                    (
                        "week",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="lines",
                            to="funds.progressweek",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "周报中的一行",
                    "ordering": (models.OrderBy(models.F("place"), nulls_last=True), "id"),
                },
            ),
        ),
        Together(
            migrations.AddConstraint(
                model_name="progressweek",
                constraint=models.UniqueConstraint(fields=("region", "day"), name="progress_week_once"),
            ),
            migrations.AddConstraint(
                model_name="progressweek",
                constraint=models.CheckConstraint(
                    condition=models.Q(("through__lt", models.F("day"))), name="progress_week_through_before"
                ),
            ),
            migrations.AddConstraint(
                model_name="progressline",
                constraint=models.UniqueConstraint(fields=("week", "by", "key"), name="progress_line_once"),
            ),
            migrations.AddConstraint(
                model_name="progressline",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("projects__gte", 1), ("spent_fen__gte", 0), ("spent_fen__lte", models.F("paid_fen"))
                    ),
                    name="progress_line_adds_up",
                ),
            ),
            migrations.AddConstraint(
                model_name="progressline",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("place", None), ("weeks_last", 0)),
                        models.Q(("by", "town"), ("funded_fen__gt", 0), ("place__isnull", False)),
                        _connector="OR",
                    ),
                    name="progress_line_place_of_town",
                ),
            ),
        ),
        Run(guard, unguard),
    ]
