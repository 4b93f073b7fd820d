"""Changes of the unit that answers for an item, and how long the new one has to take over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import reference_clocks
from povertyaudit.core.migrating import Run, Together


def load(apps, _schema_editor):
    reference_clocks.install(apps.get_model("core", "ClockRule"), apps.get_model("core", "LadderStep"))


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("rectification", "0013_escalation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="Arrangement",
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
                    (
                        "kind",
                        models.CharField(
                            choices=[("main", "变更主责单位"), ("lead", "变更牵头单位")],
                            max_length=6,
                            verbose_name="变更",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("pending", "待批"),
                                ("offered", "待接收"),
                                ("accepted", "已接收"),
                                ("returned", "接收单位退回"),
                                ("refused", "未同意"),
                            ],
                            default="pending",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "asked_on",
                        models.DateField(default=povertyaudit.core.moment.today, verbose_name="申请日期"),
                    ),
                    ("reason", models.TextField(verbose_name="理由")),
                    ("keeps_old", models.BooleanField(default=False, verbose_name="原单位仍为责任单位")),
                    ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="批准时定的整改时限")),
                    ("opinion", models.TextField(blank=True, verbose_name="意见")),
                    ("answered_on", models.DateField(blank=True, null=True, verbose_name="接收或者退回日期")),
                    ("answer", models.TextField(blank=True, verbose_name="退回理由")),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="接收或者退回人",
                        ),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="申请人",
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="批准人",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="arrangements",
                            to="rectification.item",
                        ),
                    ),
                    (
                        "new_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="新单位",
                        ),
                    ),
                    (
                        "old_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="原单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "事项变更",
                    "ordering": ("-id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("pending", "offered"))),
                            fields=("item",),
                            name="one_open_arrangement",
                            violation_error_message="该事项已有变更待批或者待接收，请先办理。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True),
                            name="arrangement_has_reason",
                            violation_error_message="请写明理由。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("old_unit", models.F("new_unit")), _negated=True),
                            name="arrangement_to_another_unit",
                            violation_error_message="新单位应是另一个单位。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by", None),
                                models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="arrangement_decided_by_another",
                            violation_error_message="变更不能由申请人自己批准。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_by", None), ("decided_on", None), ("state", "pending")),
                                models.Q(
                                    models.Q(("state", "pending"), _negated=True),
                                    ("decided_by__isnull", False),
                                    ("decided_on__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="arrangement_decided_iff_signed",
                            violation_error_message="已决定的变更须有批准人和日期，待批的没有。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("answered_by__isnull", False),
                                    ("answered_on__isnull", False),
                                    ("state__in", ("accepted", "returned")),
                                ),
                                models.Q(
                                    models.Q(("state__in", ("accepted", "returned")), _negated=True),
                                    ("answered_by", None),
                                    ("answered_on", None),
                                ),
                                _connector="OR",
                            ),
                            name="arrangement_answered_iff_dated",
                            violation_error_message="已接收、已退回的须有办理人和日期，其他的没有。",
                        ),
                    ],
                },
            ),
        ),
        Run(load, migrations.RunPython.noop),
    ]
