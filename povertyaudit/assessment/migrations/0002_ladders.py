"""Ladders of consequences, and what they propose."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together

RULES = "assessment_ladderrule"


def install(_apps, schema_editor):
    term_triggers.install(schema_editor.connection, RULES)


def uninstall(_apps, schema_editor):
    term_triggers.remove(schema_editor.connection, RULES)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_assessments")]

    operations = [
        Together(
            migrations.CreateModel(
                name="LadderRule",
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
                    ("scheme_code", models.CharField(max_length=30, verbose_name="考核办法代码")),
                    (
                        "below",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="得分低于"),
                    ),
                    (
                        "last_places",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="排名后几名"),
                    ),
                    (
                        "joined",
                        models.CharField(
                            choices=[("and", "得分和名次都符合"), ("or", "得分或者名次符合")],
                            default="and",
                            max_length=3,
                            verbose_name="两个条件",
                        ),
                    ),
                    ("missed", models.BooleanField(default=False, verbose_name="年度任务未完成")),
                    ("times", models.PositiveSmallIntegerField(verbose_name="连续几期")),
                    (
                        "proposal",
                        models.CharField(
                            choices=[
                                ("self_criticism", "书面检查"),
                                ("talk", "约谈"),
                                ("adjustment", "组织调整建议"),
                                ("other", "其他处理"),
                            ],
                            max_length=16,
                            verbose_name="建议",
                        ),
                    ),
                    (
                        "addressed",
                        models.CharField(
                            choices=[
                                ("heads", "党政正职"),
                                ("deputies", "分管领导"),
                                ("both", "党政正职和分管领导"),
                                ("unit", "单位"),
                            ],
                            max_length=8,
                            verbose_name="对象",
                        ),
                    ),
                    (
                        "decider",
                        models.CharField(
                            choices=[("deputy", "分管领导"), ("secretary", "主要负责人")],
                            default="deputy",
                            max_length=16,
                            verbose_name="由谁决定",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "考核结果运用规则",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="ladderrule_one_proposal",
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
                            name="ladderrule_two_pairs_of_eyes",
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
                            name="ladderrule_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="ladderrule_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("below", None), ("last_places", None), ("missed", True)),
                                models.Q(
                                    ("missed", False),
                                    models.Q(
                                        models.Q(("below__gte", 1), ("below__lte", 120)),
                                        models.Q(("below", None), ("last_places__isnull", False)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("last_places", None),
                                        models.Q(("last_places__gte", 1), ("last_places__lte", 50)),
                                        _connector="OR",
                                    ),
                                ),
                                _connector="OR",
                            ),
                            name="ladder_has_one_condition",
                            violation_error_message="请写明得分低于多少、排名后几名，或者年度任务未完成；任务未完成的不另写得分和名次。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("times__gte", 1), ("times__lte", 6)),
                            name="ladder_times_sensible",
                            violation_error_message="连续期数应在 1 至 6 之间。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AssessmentMeasure",
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
                        "assessment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="measures",
                            to="assessment.assessment",
                            verbose_name="考核",
                        ),
                    ),
                    (
                        "sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="measures",
                            to="assessment.unitsheet",
                            verbose_name="得分表",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="单位",
                        ),
                    ),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="assessment.ladderrule",
                            verbose_name="规则",
                        ),
                    ),
                    ("evidence", models.JSONField(verbose_name="依据")),
                    (
                        "proposal",
                        models.CharField(
                            choices=[
                                ("self_criticism", "书面检查"),
                                ("talk", "约谈"),
                                ("adjustment", "组织调整建议"),
                                ("other", "其他处理"),
                            ],
                            max_length=16,
                            verbose_name="建议",
                        ),
                    ),
                    (
                        "addressed",
                        models.CharField(
                            choices=[
                                ("heads", "党政正职"),
                                ("deputies", "分管领导"),
                                ("both", "党政正职和分管领导"),
                                ("unit", "单位"),
                            ],
                            max_length=8,
                            verbose_name="建议对象",
                        ),
                    ),
                    (
                        "decided_kind",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("self_criticism", "书面检查"),
                                ("talk", "约谈"),
                                ("adjustment", "组织调整建议"),
                                ("other", "其他处理"),
                            ],
                            max_length=16,
                            verbose_name="决定",
                        ),
                    ),
                    (
                        "decided_addressed",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("heads", "党政正职"),
                                ("deputies", "分管领导"),
                                ("both", "党政正职和分管领导"),
                                ("unit", "单位"),
                            ],
                            max_length=8,
                            verbose_name="决定对象",
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
                            verbose_name="决定人",
                        ),
                    ),
                    ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                    ("reason", models.TextField(blank=True, max_length=2000, verbose_name="理由")),
                    ("outcome", models.TextField(blank=True, max_length=2000, verbose_name="结果")),
                    ("outcome_on", models.DateField(blank=True, null=True, verbose_name="结果日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("proposed", "待决定"),
                                ("agreed", "已同意"),
                                ("changed", "另作处理"),
                                ("declined", "不采取"),
                                ("done", "已有结果"),
                            ],
                            default="proposed",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "考核结果运用",
                    "indexes": [models.Index(fields=["region", "state"], name="assessment_measure_state")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("sheet", "rule"),
                            name="assessment_measure_once",
                            violation_error_message="这一期已经按这条规则提出过。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decided_by", None),
                                    ("decided_kind", ""),
                                    ("decided_on", None),
                                    ("reason", ""),
                                    ("state", "proposed"),
                                ),
                                models.Q(
                                    ("decided_by__isnull", False),
                                    ("decided_kind", ""),
                                    ("decided_on__isnull", False),
                                    ("state", "declined"),
                                    models.Q(("reason", ""), _negated=True),
                                ),
                                models.Q(
                                    ("decided_by__isnull", False),
                                    ("decided_on__isnull", False),
                                    ("state__in", ("agreed", "changed", "done")),
                                    models.Q(("reason", ""), _negated=True),
                                    models.Q(("decided_kind", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="assessment_measure_decided_with_reason",
                            violation_error_message="决定须有决定人、日期和理由；不采取的不写决定。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("outcome_on__isnull", False),
                                    ("state", "done"),
                                    models.Q(("outcome", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("outcome", ""),
                                    ("outcome_on", None),
                                ),
                                _connector="OR",
                            ),
                            name="assessment_measure_outcome_is_dated",
                            violation_error_message="已有结果的须写明结果和日期。",
                        ),
                    ],
                },
            ),
        ),
        Run(install, uninstall),
    ]
