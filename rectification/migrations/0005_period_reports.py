"""Reports owed period by period: how often, the reports with their figures and signatures."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import reference_clocks, term_triggers
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes
from rectification.reference import install_periods

TERMS = ("rectification_reportrhythm", "rectification_figurekind")


def load(apps, _schema_editor):
    """How often is reported, what is counted, until when a report must be in, its register number."""
    install_periods(*(apps.get_model("rectification", name) for name in ("ReportRhythm", "FigureKind")))
    install_number_schemes(apps.get_model("core", "NumberScheme"))
    reference_clocks.install(apps.get_model("core", "ClockRule"), apps.get_model("core", "LadderStep"))


def guard(_apps, schema_editor):
    for table in TERMS:
        term_triggers.install(schema_editor.connection, table)


def unguard(_apps, schema_editor):
    for table in TERMS:
        term_triggers.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_file_columns"),
        ("rectification", "0004_notice_discarded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="FigureKind",
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
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
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
                ],
                options={
                    "verbose_name": "整改数据指标",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="figurekind_one_proposal",
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
                            name="figurekind_two_pairs_of_eyes",
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
                            name="figurekind_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="figurekind_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ItemRhythm",
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
                        "cadence",
                        models.CharField(
                            choices=[
                                ("week", "周报"),
                                ("ten_days", "旬报"),
                                ("month", "月报"),
                                ("none", "不要求定期报告"),
                            ],
                            max_length=8,
                            verbose_name="报告周期",
                        ),
                    ),
                    ("valid_from", models.DateField(verbose_name="起始日期")),
                    ("reason", models.TextField(verbose_name="理由")),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="rhythms",
                            to="rectification.item",
                        ),
                    ),
                    (
                        "set_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="决定人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "事项的报告周期",
                    "ordering": ("valid_from",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("item", "valid_from"),
                            name="item_rhythm_once_a_day",
                            violation_error_message="这一天起的报告周期已经定过，请改选日期。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PeriodReport",
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
                        "state",
                        models.CharField(
                            choices=[
                                ("owed", "待填报"),
                                ("submitted", "待签报"),
                                ("signed", "已签报"),
                                ("waived", "不再要求"),
                            ],
                            default="owed",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "cadence",
                        models.CharField(
                            choices=[
                                ("week", "周报"),
                                ("ten_days", "旬报"),
                                ("month", "月报"),
                                ("none", "不要求定期报告"),
                            ],
                            max_length=8,
                            verbose_name="报告周期",
                        ),
                    ),
                    ("first_day", models.DateField(verbose_name="报告期起")),
                    ("last_day", models.DateField(verbose_name="报告期止")),
                    ("due_on", models.DateField(verbose_name="报送时限")),
                    ("text", models.TextField(blank=True, verbose_name="进展情况")),
                    ("unchanged", models.BooleanField(default=False, verbose_name="本期无变化")),
                    ("unchanged_reason", models.TextField(blank=True, verbose_name="无变化的理由")),
                    ("filled_on", models.DateField(blank=True, null=True, verbose_name="填报日期")),
                    ("signed_on", models.DateField(blank=True, null=True, verbose_name="签报日期")),
                    (
                        "filled_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="填报人",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="period_reports",
                            to="rectification.item",
                            verbose_name="整改事项",
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
                        "signed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签报人",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="报告单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "整改定期报告",
                    "ordering": ("-last_day", "-id"),
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state__in", ("owed", "submitted"))),
                            fields=["unit", "due_on"],
                            name="period_open_unit",
                        ),
                        models.Index(
                            condition=models.Q(("state__in", ("owed", "submitted"))),
                            fields=["due_on", "region"],
                            name="period_open_due",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("item", "last_day"),
                            name="period_report_once",
                            violation_error_message="这个事项这一期的报告已经生成。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("due_on__gte", models.F("last_day")),
                                ("last_day__gte", models.F("first_day")),
                            ),
                            name="period_days_in_order",
                            violation_error_message="报告期的截止日期不能早于起始日期，报送时限不能早于截止日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("filled_by", None), ("filled_on", None), ("state", "owed"), ("text", "")
                                ),
                                models.Q(
                                    ("filled_by__isnull", False),
                                    ("filled_on__isnull", False),
                                    ("state__in", ("submitted", "signed")),
                                    models.Q(("text", ""), _negated=True),
                                ),
                                ("state", "waived"),
                                _connector="OR",
                            ),
                            name="period_filled_iff_told",
                            violation_error_message="填报后须有进展情况、填报人和日期，填报前不能有。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("signed_by__isnull", False),
                                    ("signed_on__isnull", False),
                                    ("state", "signed"),
                                ),
                                models.Q(
                                    models.Q(("state", "signed"), _negated=True),
                                    ("signed_by", None),
                                    ("signed_on", None),
                                ),
                                _connector="OR",
                            ),
                            name="period_signed_by_somebody",
                            violation_error_message="签报后须有签报人和日期，签报前不能有。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("unchanged", False), ("unchanged_reason", "")),
                                models.Q(
                                    ("unchanged", True), models.Q(("unchanged_reason", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="period_unchanged_has_reason",
                            violation_error_message="本期无变化的须写明理由，有变化的不写。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PeriodFigure",
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
                    ("value", models.BigIntegerField(verbose_name="累计")),
                    (
                        "kind",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rectification.figurekind",
                            verbose_name="指标",
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="figures",
                            to="rectification.periodreport",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "整改数据",
                    "ordering": ("kind__order", "id"),
                    "constraints": [
                        models.UniqueConstraint(fields=("report", "kind"), name="period_figure_once"),
                        models.CheckConstraint(
                            condition=models.Q(("value__gte", 0), ("value__lte", 999999999999)),
                            name="period_figure_not_negative",
                            violation_error_message="数据应是 0 至 999999999999 的整数。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PeriodSignature",
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
                    ("step", models.CharField(max_length=20, verbose_name="签署环节")),
                    ("role", models.CharField(max_length=120, verbose_name="签署身份")),
                    ("opinion", models.TextField(blank=True, verbose_name="意见")),
                    (
                        "signed_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="签署时间"),
                    ),
                    ("digest", models.CharField(max_length=64, verbose_name="签署内容摘要")),
                    ("fields_version", models.PositiveSmallIntegerField(verbose_name="签署项目版本")),
                    ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="失效时间")),
                    ("voided_verb", models.CharField(blank=True, max_length=60, verbose_name="致失效动作")),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.person",
                            verbose_name="签署人",
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="signatures",
                            to="rectification.periodreport",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签署账号",
                        ),
                    ),
                    (
                        "voided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="致失效人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "签报",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("voided_at", None)),
                            fields=("report", "step"),
                            name="one_standing_period_signature",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReportRhythm",
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
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                    ("kind", models.CharField(max_length=10, verbose_name="适用事项")),
                    (
                        "cadence",
                        models.CharField(
                            choices=[
                                ("week", "周报"),
                                ("ten_days", "旬报"),
                                ("month", "月报"),
                                ("none", "不要求定期报告"),
                            ],
                            max_length=8,
                            verbose_name="报告周期",
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
                ],
                options={
                    "verbose_name": "整改报告周期",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="reportrhythm_one_proposal",
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
                            name="reportrhythm_two_pairs_of_eyes",
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
                            name="reportrhythm_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="reportrhythm_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
