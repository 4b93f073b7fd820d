"""Assessments: schemes, sheets of units, sheets of offices; what is signed is locked."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.assessment import triggers
from povertyaudit.core import reference_clocks, term_triggers
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes

SCHEMES = "assessment_assessmentscheme"


def install(apps, schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))
    reference_clocks.install(apps.get_model("core", "ClockRule"), apps.get_model("core", "LadderStep"))
    term_triggers.install(schema_editor.connection, SCHEMES)
    triggers.install(schema_editor.connection)


def uninstall(_apps, schema_editor):
    triggers.remove(schema_editor.connection)
    term_triggers.remove(schema_editor.connection, SCHEMES)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0008_ladder_and_lights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="AssessmentScheme",
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
                        "judged",
                        models.CharField(
                            choices=[("township", "乡镇"), ("department", "县直部门"), ("leadership", "县")],
                            max_length=12,
                            verbose_name="考核对象",
                        ),
                    ),
                    (
                        "period",
                        models.CharField(
                            choices=[
                                ("month", "每月"),
                                ("quarter", "每季度"),
                                ("half", "每半年"),
                                ("year", "每年"),
                            ],
                            max_length=8,
                            verbose_name="考核周期",
                        ),
                    ),
                    ("indicators", models.JSONField(verbose_name="指标")),
                    ("weight_sum", models.PositiveSmallIntegerField(verbose_name="权重合计")),
                    (
                        "adjust_most",
                        models.PositiveSmallIntegerField(default=5, verbose_name="加减分合计不超过"),
                    ),
                ],
                options={
                    "verbose_name": "考核办法",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="assessmentscheme_one_proposal",
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
                            name="assessmentscheme_two_pairs_of_eyes",
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
                            name="assessmentscheme_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="assessmentscheme_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("weight_sum", 100)),
                            name="scheme_weights_add_up",
                            violation_error_message="各项指标的权重合计应是 100。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("adjust_most__lte", 20)),
                            name="scheme_adjusts_within_reason",
                            violation_error_message="加减分合计最多 20 分。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Assessment",
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
                        "scheme",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="assessment.assessmentscheme",
                            verbose_name="考核办法",
                        ),
                    ),
                    (
                        "rival",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="assessment.assessmentscheme",
                            verbose_name="期初的考核办法",
                        ),
                    ),
                    ("scheme_code", models.CharField(editable=False, max_length=30, verbose_name="办法代码")),
                    (
                        "period",
                        models.CharField(
                            choices=[
                                ("month", "每月"),
                                ("quarter", "每季度"),
                                ("half", "每半年"),
                                ("year", "每年"),
                            ],
                            max_length=8,
                            verbose_name="考核周期",
                        ),
                    ),
                    ("first_day", models.DateField(verbose_name="考核期起")),
                    ("last_day", models.DateField(verbose_name="考核期止")),
                    ("counted_on", models.DateField(blank=True, null=True, verbose_name="计数日期")),
                    (
                        "opened_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="启动人",
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
                            verbose_name="选定办法的人",
                        ),
                    ),
                    (
                        "decided_reason",
                        models.TextField(blank=True, max_length=2000, verbose_name="选定办法的理由"),
                    ),
                    (
                        "signed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签发人",
                        ),
                    ),
                    ("signed_on", models.DateField(blank=True, null=True, verbose_name="签发日期")),
                    ("published_on", models.DateField(blank=True, null=True, verbose_name="公布日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("counting", "计数中"),
                                ("scoring", "评分中"),
                                ("signed", "已签发"),
                                ("published", "已公布"),
                                ("cancelled", "已取消"),
                            ],
                            default="counting",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "考核",
                    "indexes": [models.Index(fields=["region", "state"], name="assessment_region_state")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "cancelled"), _negated=True),
                            fields=("region", "scheme_code", "last_day"),
                            name="assessment_once",
                            violation_error_message="这一期考核已经启动。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("last_day__gt", models.F("first_day"))),
                            name="assessment_days_in_order",
                            violation_error_message="考核期的截止日期应晚于起始日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("signed_by__isnull", False),
                                    ("signed_on__isnull", False),
                                    ("state__in", ("signed", "published")),
                                ),
                                models.Q(
                                    ("signed_by", None),
                                    ("signed_on", None),
                                    ("state__in", ("counting", "scoring", "cancelled")),
                                ),
                                _connector="OR",
                            ),
                            name="assessment_signed_by_somebody",
                            violation_error_message="签发后须有签发人和日期，签发前不能有。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("published_on__isnull", False), ("state", "published")),
                                models.Q(
                                    models.Q(("state", "published"), _negated=True), ("published_on", None)
                                ),
                                _connector="OR",
                            ),
                            name="assessment_published_is_dated",
                            violation_error_message="已公布的应有公布日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_by", None), ("decided_reason", "")),
                                models.Q(
                                    ("decided_by__isnull", False),
                                    models.Q(("decided_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="assessment_decided_with_reason",
                            violation_error_message="选定考核办法须写明理由。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="UnitSheet",
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
                            related_name="sheets",
                            to="assessment.assessment",
                            verbose_name="考核",
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
                    ("left_out", models.BooleanField(default=False, verbose_name="不参加排名")),
                    (
                        "left_reason",
                        models.CharField(blank=True, max_length=200, verbose_name="不参加排名的理由"),
                    ),
                    (
                        "total",
                        models.DecimalField(
                            blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="得分"
                        ),
                    ),
                    ("place", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="名次")),
                    (
                        "rival_total",
                        models.DecimalField(
                            blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="另一办法得分"
                        ),
                    ),
                    (
                        "rival_place",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="另一办法名次"),
                    ),
                    ("task_missed", models.BooleanField(default=False, verbose_name="年度任务未完成")),
                ],
                options={
                    "verbose_name": "单位得分表",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("assessment", "unit"),
                            name="unit_sheet_once",
                            violation_error_message="这个单位在本期已有得分表。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("left_out", False), ("left_reason", "")),
                                models.Q(
                                    ("left_out", True),
                                    ("place", None),
                                    ("rival_place", None),
                                    models.Q(("left_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="unit_sheet_left_out_with_reason",
                            violation_error_message="不参加排名的没有名次，且须写明理由。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("total", None),
                                    models.Q(("total__gte", 0), ("total__lte", 120)),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("rival_total", None),
                                    models.Q(("rival_total__gte", 0), ("rival_total__lte", 120)),
                                    _connector="OR",
                                ),
                            ),
                            name="unit_sheet_total_within",
                            violation_error_message="得分应在 0 至 120 之间。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ScoreLine",
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
                        "sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="assessment.unitsheet",
                            verbose_name="得分表",
                        ),
                    ),
                    (
                        "scheme",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="assessment.assessmentscheme",
                            verbose_name="考核办法",
                        ),
                    ),
                    ("key", models.CharField(max_length=30, verbose_name="指标代码")),
                    ("name", models.CharField(max_length=50, verbose_name="指标")),
                    ("weight", models.PositiveSmallIntegerField(verbose_name="满分")),
                    (
                        "way",
                        models.CharField(
                            choices=[
                                ("counted", "按台账计数"),
                                ("scored", "由指定单位评分"),
                                ("reverse", "逆向考评（乡镇评）"),
                            ],
                            max_length=8,
                            verbose_name="得分方式",
                        ),
                    ),
                    ("measure", models.CharField(blank=True, max_length=30, verbose_name="计数口径")),
                    ("hits", models.BigIntegerField(blank=True, null=True, verbose_name="数")),
                    ("among", models.BigIntegerField(blank=True, null=True, verbose_name="总数")),
                    ("as_of", models.DateField(blank=True, null=True, verbose_name="截至")),
                    (
                        "points",
                        models.DecimalField(
                            blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="得分"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "指标得分",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("sheet", "scheme", "key"),
                            name="score_line_once",
                            violation_error_message="同一指标在一张得分表里只有一行。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("points", None),
                                models.Q(("points__gte", 0), ("points__lte", models.F("weight"))),
                                _connector="OR",
                            ),
                            name="score_line_within_weight",
                            violation_error_message="指标得分不能超过满分，也不能小于 0。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Adjustment",
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
                        "sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="adjustments",
                            to="assessment.unitsheet",
                            verbose_name="得分表",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("plus", "加分"),
                                ("minus", "减分"),
                                ("veto", "一票否决"),
                                ("missed", "年度任务未完成"),
                            ],
                            max_length=8,
                            verbose_name="种类",
                        ),
                    ),
                    (
                        "points",
                        models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name="分值"),
                    ),
                    ("reason", models.CharField(max_length=500, verbose_name="事由")),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "加减分",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    models.Q(
                                        ("kind__in", ("plus", "minus")),
                                        ("points__gt", 0),
                                        ("points__lte", 20),
                                    ),
                                    models.Q(("kind__in", ("veto", "missed")), ("points", 0)),
                                    _connector="OR",
                                ),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            name="adjustment_says_enough",
                            violation_error_message="加减分应大于 0、不超过 20 分，一票否决和任务未完成不填分值；都须写明事由。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Correction",
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
                        "sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="corrections",
                            to="assessment.unitsheet",
                            verbose_name="得分表",
                        ),
                    ),
                    (
                        "line",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="assessment.scoreline",
                            verbose_name="指标",
                        ),
                    ),
                    ("points", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="应得分")),
                    ("reason", models.CharField(max_length=500, verbose_name="理由")),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="更正人",
                        ),
                    ),
                    ("made_on", models.DateField(verbose_name="更正日期")),
                ],
                options={
                    "verbose_name": "更正",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("points__gte", 0), models.Q(("reason", ""), _negated=True)),
                            name="correction_says_enough",
                            violation_error_message="应得分不能小于 0，且须写明理由。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ScoreSheet",
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
                            related_name="score_sheets",
                            to="assessment.assessment",
                            verbose_name="考核",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="评分单位",
                        ),
                    ),
                    ("due_on", models.DateField(verbose_name="评分时限")),
                    (
                        "submitted_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提交人",
                        ),
                    ),
                    ("submitted_on", models.DateField(blank=True, null=True, verbose_name="提交日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[("owed", "待评分"), ("submitted", "已提交"), ("waived", "不再要求")],
                            default="owed",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "评分表",
                    "indexes": [models.Index(fields=["unit", "state"], name="score_sheet_unit_state")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("assessment", "unit"),
                            name="score_sheet_once",
                            violation_error_message="这个单位在本期已有评分表。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("state", "submitted"),
                                    ("submitted_by__isnull", False),
                                    ("submitted_on__isnull", False),
                                ),
                                models.Q(
                                    models.Q(("state", "submitted"), _negated=True),
                                    ("submitted_by", None),
                                    ("submitted_on", None),
                                ),
                                _connector="OR",
                            ),
                            name="score_sheet_submitted_by_somebody",
                            violation_error_message="提交的评分表应有提交人和日期，没有提交的没有。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Score",
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
                        "sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="scores",
                            to="assessment.scoresheet",
                            verbose_name="评分表",
                        ),
                    ),
                    (
                        "unit_sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="scores",
                            to="assessment.unitsheet",
                            verbose_name="被评单位",
                        ),
                    ),
                    ("key", models.CharField(max_length=30, verbose_name="指标代码")),
                    ("points", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="评分")),
                    (
                        "scored_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="评分人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "评分",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("sheet", "unit_sheet", "key"),
                            name="score_once",
                            violation_error_message="同一单位的同一指标只评一次。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("points__gte", 0), ("points__lte", 100)),
                            name="score_of_a_hundred",
                            violation_error_message="评分应在 0 至 100 分之间。",
                        ),
                    ],
                },
            ),
        ),
        Run(install, uninstall),
    ]
