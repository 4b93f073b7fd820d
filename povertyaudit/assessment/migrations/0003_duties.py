"""The rhythm of inspections: rules in days, and what is owed by them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together

RULES = "assessment_dutyrule"


def install(_apps, schema_editor):
    term_triggers.install(schema_editor.connection, RULES)


def uninstall(_apps, schema_editor):
    term_triggers.remove(schema_editor.connection, RULES)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0002_ladders"), ("inspections", "0009_people_without_account")]

    operations = [
        Together(
            migrations.CreateModel(
                name="DutyRule",
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
                    ("code", models.CharField(max_length=30, verbose_name="代码")),
                    ("name", models.CharField(max_length=50, verbose_name="名称")),
                    ("anchor", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                    ("order", models.PositiveSmallIntegerField(default=0, verbose_name="排序")),
                    (
                        "act",
                        models.CharField(
                            choices=[("add", "新增"), ("rename", "更名"), ("end", "停用")],
                            default="add",
                            max_length=8,
                            verbose_name="事由",
                        ),
                    ),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "待确认"), ("confirmed", "已确认"), ("refused", "未通过")],
                            default="confirmed",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "changed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="确认人",
                        ),
                    ),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="适用地区",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("big", "大督查"), ("cross", "交叉互查")],
                            max_length=8,
                            verbose_name="督查种类",
                        ),
                    ),
                    (
                        "cadence",
                        models.CharField(
                            choices=[
                                ("month", "每月"),
                                ("quarter", "每季度"),
                                ("half", "每半年"),
                                ("year", "每年"),
                            ],
                            max_length=8,
                            verbose_name="周期",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="负责单位",
                        ),
                    ),
                    ("due_days", models.PositiveSmallIntegerField(verbose_name="一期开始后几天内完成")),
                    ("open_days", models.PositiveSmallIntegerField(verbose_name="到期前几天列入")),
                ],
                options={
                    "verbose_name": "督查安排规定",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="dutyrule_one_proposal",
                            violation_error_message="这一项已有一个变更等待确认，请先处理。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("confirmed_by", None),
                                models.Q(
                                    ("changed_by__isnull", False),
                                    models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="dutyrule_two_pairs_of_eyes",
                            violation_error_message="分类项的提出人和确认人不能是同一个人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("changed_by", None), ("confirmed_by", None), ("state", "confirmed")
                                ),
                                models.Q(
                                    ("changed_by__isnull", False), ("confirmed_by", None), ("state", "draft")
                                ),
                                models.Q(
                                    ("changed_by__isnull", False),
                                    ("confirmed_by__isnull", False),
                                    models.Q(("state", "draft"), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="dutyrule_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="dutyrule_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("due_days__gte", 1), ("due_days__lte", 400), ("open_days__lte", 400)
                            ),
                            name="duty_rule_days_sensible",
                            violation_error_message="天数应在 1 至 400 之间。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="InspectionDuty",
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
                        "number",
                        models.CharField(
                            blank=True,
                            editable=False,
                            max_length=40,
                            null=True,
                            unique=True,
                            verbose_name="编号",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="所属地区",
                        ),
                    ),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="assessment.dutyrule",
                            verbose_name="规定",
                        ),
                    ),
                    ("rule_code", models.CharField(editable=False, max_length=30, verbose_name="规定代码")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("big", "大督查"), ("cross", "交叉互查")],
                            max_length=8,
                            verbose_name="督查种类",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="负责单位",
                        ),
                    ),
                    ("first_day", models.DateField(verbose_name="一期起")),
                    ("last_day", models.DateField(verbose_name="一期止")),
                    ("due_on", models.DateField(verbose_name="时限")),
                    (
                        "round",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="inspections.round",
                            verbose_name="巡察轮次",
                        ),
                    ),
                    (
                        "plan",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="inspections.visitplan",
                            verbose_name="走访计划",
                        ),
                    ),
                    ("paper", models.CharField(blank=True, max_length=200, verbose_name="文件")),
                    (
                        "done_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "待开展"), ("done", "已完成"), ("waived", "不再要求")],
                            default="open",
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "督查安排",
                    "indexes": [
                        models.Index(fields=["region", "state", "due_on"], name="inspection_duty_due")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("region", "rule_code", "first_day"),
                            name="inspection_duty_once",
                            violation_error_message="这一期的督查安排已经列入。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("due_on__gte", models.F("first_day")),
                                ("last_day__gt", models.F("first_day")),
                            ),
                            name="inspection_duty_days_in_order",
                            violation_error_message="时限不能早于一期开始。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("done_by__isnull", False),
                                    ("done_on__isnull", False),
                                    ("state", "done"),
                                    models.Q(
                                        ("round__isnull", False),
                                        ("plan__isnull", False),
                                        models.Q(("paper", ""), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("done_by", None),
                                    ("done_on", None),
                                    ("paper", ""),
                                    ("plan", None),
                                    ("round", None),
                                ),
                                _connector="OR",
                            ),
                            name="inspection_duty_done_with_evidence",
                            violation_error_message="完成须有轮次、走访计划或者文件为证，写明登记人和日期。",
                        ),
                    ],
                },
            ),
        ),
        Run(install, uninstall),
    ]
