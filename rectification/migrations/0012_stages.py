"""Stages of items kept up for good."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("rectification", "0011_measure_duties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="Stage",
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
                            verbose_name="编号标识",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    (
                        "created_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                        ),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                        ),
                    ),
                    ("no", models.PositiveSmallIntegerField(verbose_name="阶段")),
                    ("goal", models.TextField(verbose_name="阶段目标")),
                    ("set_on", models.DateField(verbose_name="确定日期")),
                    ("due_on", models.DateField(verbose_name="报告期限")),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[("met", "达到"), ("not_met", "没有达到"), ("dropped", "不再要求")],
                            max_length=8,
                            verbose_name="结果",
                        ),
                    ),
                    ("result", models.TextField(blank=True, verbose_name="阶段成效")),
                    ("ended_on", models.DateField(blank=True, null=True, verbose_name="报告日期")),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="stages",
                            to="rectification.item",
                        ),
                    ),
                    (
                        "signed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签署人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "阶段目标",
                    "ordering": ("no",),
                    "constraints": [
                        models.UniqueConstraint(fields=("item", "no"), name="stage_no_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("outcome", "")), fields=("item",), name="one_running_stage"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("no__gte", 1), models.Q(("goal", ""), _negated=True)),
                            name="stage_is_numbered_and_said",
                            violation_error_message="请写明阶段目标。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("due_on__gt", models.F("set_on"))),
                            name="stage_due_after_set",
                            violation_error_message="阶段报告的期限应晚于确定之日。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_on", None), ("outcome", ""), ("signed_by", None)),
                                models.Q(
                                    ("ended_on__isnull", False), ("outcome", "dropped"), ("signed_by", None)
                                ),
                                models.Q(
                                    ("ended_on__isnull", False),
                                    ("outcome__in", ("met", "not_met")),
                                    ("signed_by__isnull", False),
                                    models.Q(("result", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="stage_report_is_whole",
                            violation_error_message="阶段报告须写明成效、是否达到，由主责单位主要负责人签署。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ended_on", None), ("ended_on__gte", models.F("set_on")), _connector="OR"
                            ),
                            name="stage_ended_after_set",
                            violation_error_message="阶段报告日期不能早于确定之日。",
                        ),
                    ],
                },
            ),
        ),
    ]
