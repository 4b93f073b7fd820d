"""Items that were split, or merged into another, and the requests for it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("rectification", "0017_stage_signatures_and_kept_rankings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="Regrouping",
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
                            choices=[("split", "拆分"), ("merge", "合并")], max_length=6, verbose_name="办理"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("pending", "待批"), ("done", "已批准"), ("refused", "未同意")],
                            default="pending",
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "asked_on",
                        models.DateField(default=povertyaudit.core.moment.today, verbose_name="申请日期"),
                    ),
                    ("reason", models.TextField(verbose_name="理由")),
                    (
                        "plan",
                        models.JSONField(blank=True, default=list, editable=False, verbose_name="拆分成"),
                    ),
                    ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                    ("opinion", models.TextField(blank=True, verbose_name="意见")),
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
                        "into",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rectification.item",
                            verbose_name="并入的事项",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="regroupings",
                            to="rectification.item",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "拆分合并",
                    "ordering": ("-id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("pending", "done"))),
                            fields=("item",),
                            name="one_regrouping_at_a_time",
                            violation_error_message="该事项已有拆分、合并待批或者已经批准。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True),
                            name="regrouping_has_reason",
                            violation_error_message="请写明理由。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("into__isnull", False),
                                    ("kind", "merge"),
                                    models.Q(("into", models.F("item")), _negated=True),
                                ),
                                models.Q(("into", None), ("kind", "split")),
                                _connector="OR",
                            ),
                            name="regrouping_names_the_other",
                            violation_error_message="合并须写明并入哪一个其他事项，拆分的没有。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by", None),
                                models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="regrouping_decided_by_another",
                            violation_error_message="拆分、合并不能由申请人自己批准。",
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
                            name="regrouping_decided_iff_signed",
                            violation_error_message="已决定的须有批准人和日期，待批的没有。",
                        ),
                    ],
                },
            ),
        ),
        Together(
            migrations.AddField(
                model_name="item",
                name="merged_into",
                field=models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="merged",
                    to="rectification.item",
                    verbose_name="并入",
                ),
            ),
            migrations.AddField(
                model_name="item",
                name="regrouped_on",
                field=models.DateField(blank=True, editable=False, null=True, verbose_name="拆分、并入日期"),
            ),
            migrations.AddField(
                model_name="item",
                name="split_from",
                field=models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="parts",
                    to="rectification.item",
                    verbose_name="拆分自",
                ),
            ),
            migrations.AlterField(
                model_name="item",
                name="state",
                field=models.CharField(
                    choices=[
                        ("draft", "草稿"),
                        ("issued", "已下发"),
                        ("accepted", "已签收"),
                        ("rectifying", "整改中"),
                        ("closure_applied", "已申请销号"),
                        ("sector_reviewed", "牵头单位已审核"),
                        ("public_notice", "公示中"),
                        ("closed", "已销号"),
                        ("long_term", "长期坚持"),
                        ("split", "已拆分"),
                        ("merged", "已并入"),
                    ],
                    default="draft",
                    editable=False,
                    max_length=16,
                    verbose_name="状态",
                ),
            ),
            migrations.AddConstraint(
                model_name="item",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("applicant", None),
                            ("regrouped_on__isnull", False),
                            ("reviewer", None),
                            ("state__in", ("split", "merged")),
                        ),
                        models.Q(
                            models.Q(("state__in", ("split", "merged")), _negated=True),
                            ("regrouped_on", None),
                        ),
                        _connector="OR",
                    ),
                    name="item_regrouped_iff_dated",
                    violation_error_message="已拆分、已并入的事项须有日期，没有签署；其他事项没有这个日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="item",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("merged_into__isnull", False),
                            ("state", "merged"),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                        ),
                        models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into", None)),
                        _connector="OR",
                    ),
                    name="item_merged_names_the_other",
                    violation_error_message="已并入的事项须写明并入哪一个其他事项，其他状态不能有。",
                ),
            ),
            migrations.AddConstraint(
                model_name="item",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("split_from", None),
                        models.Q(("split_from", models.F("id")), _negated=True),
                        _connector="OR",
                    ),
                    name="item_split_from_another",
                    violation_error_message="事项不能由它自己拆分产生。",
                ),
            ),
        ),
    ]
