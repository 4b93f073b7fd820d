"""The tables of the rounds in 1.1.0: objects and teams, what is handed on, field work, campaigns and the pool.

Columns and constraints first, then triggers and reference rows: a rebuilt table on SQLite loses its triggers.
"""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from inspections.field_reference import install_visit_rules
from inspections.models.plans import VisitRule
from inspections.reference import install_terms
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes
from povertyaudit.core.reference_clocks import install as install_clocks

TERMS = ("inspections_inspectionterm", "inspections_visitrule")


def watch(_apps, schema_editor):
    for table in TERMS:
        term_triggers.install(schema_editor.connection, table)


def unwatch(_apps, schema_editor):
    for table in TERMS:
        term_triggers.remove(schema_editor.connection, table)


def install(apps, _schema_editor):
    install_terms(apps.get_model("inspections", "InspectionTerm"))
    install_visit_rules(
        apps.get_model("inspections", "VisitRule"),
        lambda code, amount: VisitRule.WORDS[code].format(amount),
    )
    install_number_schemes(apps.get_model("core", "NumberScheme"))
    install_clocks(apps.get_model("core", "ClockRule"), apps.get_model("core", "LadderStep"))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_handover_texts"),
        ("core", "0006_sealed_originals"),
        ("inspections", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="AttendanceMonth",
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
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="months",
                            to="inspections.villageperson",
                            verbose_name="驻村人员",
                        ),
                    ),
                    ("month", models.DateField(verbose_name="月份")),
                    (
                        "days_present",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="驻村天数"),
                    ),
                    ("days_leave", models.PositiveSmallIntegerField(default=0, verbose_name="请假天数")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("notice", models.TextField(blank=True, verbose_name="通知内容")),
                    ("noticed_on", models.DateField(blank=True, null=True, verbose_name="通知日期")),
                    ("explanation", models.TextField(blank=True, verbose_name="情况说明")),
                    ("suggestion", models.TextField(blank=True, verbose_name="召回建议")),
                    ("decision", models.TextField(blank=True, verbose_name="处理结果")),
                    ("decided_on", models.DateField(blank=True, null=True, verbose_name="处理日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "已登记"),
                                ("noticed", "已通知"),
                                ("explained", "已说明"),
                                ("suggested", "已建议召回"),
                                ("recalled", "已召回"),
                                ("cleared", "不再追究"),
                            ],
                            default="open",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "驻村考勤",
                    "indexes": [models.Index(fields=["region", "month"], name="attendance_region_month")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("person", "month"),
                            name="attendance_once_a_month",
                            violation_error_message="这个月的考勤已经登记，请打开修改。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("month__day", 1)),
                            name="attendance_first_of_month",
                            violation_error_message="考勤按月登记。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("days_present", None), ("days_present__lte", 31), _connector="OR"),
                                ("days_leave__lte", 31),
                            ),
                            name="attendance_days_in_a_month",
                            violation_error_message="天数应在 0 至 31 之间。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("noticed_on", None), ("state", "open")),
                                models.Q(
                                    models.Q(("state", "open"), _negated=True), ("noticed_on__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="attendance_notice_is_dated",
                            violation_error_message="通知以后才能说明、建议召回和处理。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BodyOpinion",
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
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="opinions",
                            to="inspections.reviewbody",
                            verbose_name="联审单位",
                        ),
                    ),
                    (
                        "row",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="opinions",
                            to="inspections.planrow",
                            verbose_name="问题",
                        ),
                    ),
                    (
                        "grade",
                        models.CharField(
                            choices=[("good", "好"), ("fair", "中"), ("poor", "差")],
                            max_length=4,
                            verbose_name="等次",
                        ),
                    ),
                    ("opinion", models.TextField(blank=True, verbose_name="意见")),
                ],
                options={
                    "verbose_name": "联审意见",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(fields=("body", "row"), name="body_opinion_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("grade", "poor"), _negated=True),
                                models.Q(("opinion", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="body_opinion_poor_says_why",
                            violation_error_message="评为“差”的须写明意见。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Campaign",
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
                    ("name", models.CharField(max_length=100, verbose_name="专题名称")),
                    ("theme", models.TextField(blank=True, verbose_name="主题内容")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    ("quarter", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="季度")),
                    ("starts_on", models.DateField(verbose_name="开始日期")),
                    ("ends_on", models.DateField(verbose_name="结束日期")),
                    ("plan_paper", models.CharField(blank=True, max_length=200, verbose_name="方案文件")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("closed_on", models.DateField(blank=True, null=True, verbose_name="实际结束日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "进行中"), ("closed", "已结束")],
                            default="open",
                            editable=False,
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "专题",
                    "ordering": ("-starts_on", "-id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("region", "name"),
                            name="campaign_name_once_in_region",
                            violation_error_message="本地区已有同名的专题。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                            name="campaign_ends_after_start",
                            violation_error_message="结束日期不能早于开始日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("quarter", None),
                                models.Q(("quarter__gte", 1), ("quarter__lte", 4)),
                                _connector="OR",
                            ),
                            name="campaign_quarter_in_year",
                            violation_error_message="季度应为 1 至 4。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_on__isnull", False), ("state", "closed")),
                                models.Q(("closed_on", None), ("state", "open")),
                                _connector="OR",
                            ),
                            name="campaign_closed_is_dated",
                            violation_error_message="已结束的专题应有实际结束日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CampaignLead",
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
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="ties",
                            to="inspections.campaign",
                            verbose_name="专题",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="campaign_ties",
                            to="cases.lead",
                            verbose_name="问题线索",
                        ),
                    ),
                    (
                        "point",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ties",
                            to="inspections.campaignpoint",
                            verbose_name="专题要点",
                        ),
                    ),
                    (
                        "tied_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "专题线索",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("campaign", "lead"),
                            name="campaign_lead_once",
                            violation_error_message="这件线索已列入本专题。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="CampaignPoint",
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
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="points",
                            to="inspections.campaign",
                            verbose_name="专题",
                        ),
                    ),
                    ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                    ("aspect", models.CharField(max_length=60, verbose_name="方面")),
                    ("text", models.CharField(max_length=200, verbose_name="要点")),
                ],
                options={
                    "verbose_name": "专题要点",
                    "ordering": ("place", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("campaign", "text"),
                            name="campaign_point_once",
                            violation_error_message="同一要点在一个专题里只列一次。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Draw",
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
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="draws",
                            to="inspections.round",
                            verbose_name="轮次",
                        ),
                    ),
                    ("seed", models.CharField(max_length=40, verbose_name="随机种子")),
                    ("size", models.PositiveSmallIntegerField(verbose_name="抽取人数")),
                    (
                        "drawn_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="抽取人",
                        ),
                    ),
                    ("drawn_on", models.DateField(verbose_name="抽取日期")),
                ],
                options={
                    "verbose_name": "人员抽取",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("size__gte", 1)),
                            name="draw_size_sensible",
                            violation_error_message="至少抽取 1 人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("seed", ""), _negated=True),
                            name="draw_has_seed",
                            violation_error_message="抽取应有随机种子。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DrawEntry",
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
                        "draw",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="entries",
                            to="inspections.draw",
                            verbose_name="抽取",
                        ),
                    ),
                    (
                        "pool_person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="inspections.poolperson",
                            verbose_name="人员",
                        ),
                    ),
                    ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                    (
                        "result",
                        models.CharField(
                            choices=[("drawn", "抽中"), ("not_drawn", "未抽中"), ("excluded", "未参加抽取")],
                            max_length=10,
                            verbose_name="结果",
                        ),
                    ),
                    ("why", models.CharField(blank=True, max_length=300, verbose_name="未参加抽取的原因")),
                ],
                options={
                    "verbose_name": "抽取名单",
                    "ordering": ("place", "id"),
                    "constraints": [
                        models.UniqueConstraint(fields=("draw", "pool_person"), name="draw_entry_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("result", "excluded"), models.Q(("why", ""), _negated=True)),
                                models.Q(("result__in", ("drawn", "not_drawn")), ("why", "")),
                                _connector="OR",
                            ),
                            name="draw_excluded_says_why",
                            violation_error_message="未参加抽取的应写明原因。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Feedback",
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
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="feedbacks",
                            to="inspections.round",
                            verbose_name="轮次",
                        ),
                    ),
                    (
                        "object",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="feedbacks",
                            to="inspections.roundobject",
                            verbose_name="巡察对象",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="被巡察单位",
                        ),
                    ),
                    ("text", models.TextField(blank=True, verbose_name="总体评价和要求")),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="起草人",
                        ),
                    ),
                    ("head_on", models.DateField(blank=True, null=True, verbose_name="向主要负责人反馈日期")),
                    ("head_name", models.CharField(blank=True, max_length=60, verbose_name="主要负责人")),
                    (
                        "leadership_on",
                        models.DateField(blank=True, null=True, verbose_name="向领导班子反馈日期"),
                    ),
                    ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                    (
                        "signed_way",
                        models.CharField(
                            blank=True,
                            choices=[("online", "网上签收"), ("in_person", "当面签收")],
                            max_length=10,
                            verbose_name="签收方式",
                        ),
                    ),
                    ("signed_name", models.CharField(blank=True, max_length=60, verbose_name="签收人")),
                    (
                        "signed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签收人账号",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "起草"),
                                ("head_told", "已向主要负责人反馈"),
                                ("issued", "待签收"),
                                ("signed", "已签收"),
                            ],
                            default="draft",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "反馈表",
                    "ordering": ("-id",),
                    "indexes": [
                        models.Index(fields=["round", "state"], name="feedback_round_state"),
                        models.Index(fields=["unit", "state"], name="feedback_unit_state"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("round", "unit"),
                            name="feedback_once_per_recipient",
                            violation_error_message="本轮次已有这个单位的反馈表。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("head_on", None),
                                    ("leadership_on", None),
                                    ("signed_at", None),
                                    ("state", "draft"),
                                ),
                                models.Q(
                                    ("head_on__isnull", False),
                                    ("leadership_on", None),
                                    ("signed_at", None),
                                    ("state", "head_told"),
                                ),
                                models.Q(
                                    ("head_on__isnull", False),
                                    ("leadership_on__isnull", False),
                                    ("signed_at", None),
                                    ("state", "issued"),
                                ),
                                models.Q(
                                    ("head_on__isnull", False),
                                    ("leadership_on__isnull", False),
                                    ("signed_at__isnull", False),
                                    ("state", "signed"),
                                ),
                                _connector="OR",
                            ),
                            name="feedback_state_is_dated",
                            violation_error_message="反馈和签收的日期须与状态相符。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("leadership_on", None),
                                ("leadership_on__gte", models.F("head_on")),
                                _connector="OR",
                            ),
                            name="feedback_head_before_leadership",
                            violation_error_message="先向主要负责人反馈，再向领导班子反馈。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("signed_at", None),
                                    ("signed_by", None),
                                    ("signed_name", ""),
                                    ("signed_way", ""),
                                ),
                                models.Q(
                                    ("signed_at__isnull", False),
                                    ("signed_by__isnull", False),
                                    ("signed_way", "online"),
                                    models.Q(("signed_name", ""), _negated=True),
                                ),
                                models.Q(
                                    ("signed_at__isnull", False),
                                    ("signed_way", "in_person"),
                                    models.Q(("signed_name", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="feedback_signature_is_whole",
                            violation_error_message="签收须有时间、方式和签收人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("head_on", None), ("number__isnull", False), _connector="OR"),
                            name="feedback_told_is_numbered",
                            violation_error_message="已反馈的反馈表应有编号。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FeedbackFinding",
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
                        "feedback",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="rows",
                            to="inspections.feedback",
                            verbose_name="反馈表",
                        ),
                    ),
                    (
                        "finding",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="feedback_rows",
                            to="inspections.finding",
                            verbose_name="发现问题",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "反馈的问题",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("finding",),
                            name="finding_fed_back_once",
                            violation_error_message="这个问题已经列入另一张反馈表。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="HandedLead",
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
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="handed_leads",
                            to="inspections.round",
                            verbose_name="巡察轮次",
                        ),
                    ),
                    (
                        "finding",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="handed_leads",
                            to="inspections.finding",
                            verbose_name="发现问题",
                        ),
                    ),
                    (
                        "row",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.handoverrow",
                            verbose_name="移送的线索",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "移交的线索",
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="ImmediateNotice",
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
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="immediate_notices",
                            to="inspections.round",
                            verbose_name="轮次",
                        ),
                    ),
                    (
                        "object",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="immediate_notices",
                            to="inspections.roundobject",
                            verbose_name="巡察对象",
                        ),
                    ),
                    (
                        "finding",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="immediate_notices",
                            to="inspections.finding",
                            verbose_name="发现问题",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="整改单位",
                        ),
                    ),
                    ("text", models.TextField(verbose_name="问题")),
                    ("demand", models.TextField(verbose_name="整改要求")),
                    (
                        "issued_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签发人",
                        ),
                    ),
                    ("issued_on", models.DateField(verbose_name="发出日期")),
                    ("reported_on", models.DateField(blank=True, null=True, verbose_name="报告日期")),
                    ("closing_text", models.TextField(blank=True, verbose_name="整改情况")),
                    (
                        "reported_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="报告人",
                        ),
                    ),
                    ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                    ("return_reason", models.TextField(blank=True, verbose_name="退回理由")),
                    (
                        "state",
                        models.CharField(
                            choices=[("issued", "待整改"), ("reported", "已报告"), ("closed", "已办结")],
                            default="issued",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "立行立改通知",
                    "ordering": ("-id",),
                    "indexes": [
                        models.Index(fields=["round", "state"], name="notice_round_state"),
                        models.Index(fields=["unit", "state"], name="notice_unit_state"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_on", None), ("reported_on", None), ("state", "issued")),
                                models.Q(
                                    ("closed_on", None), ("reported_on__isnull", False), ("state", "reported")
                                ),
                                models.Q(
                                    ("closed_on__isnull", False),
                                    ("reported_on__isnull", False),
                                    ("state", "closed"),
                                ),
                                _connector="OR",
                            ),
                            name="notice_state_is_dated",
                            violation_error_message="立行立改通知的报告、办结日期须与状态相符。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("reported_on", None),
                                models.Q(
                                    models.Q(("closing_text", ""), _negated=True),
                                    ("reported_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="notice_report_is_whole",
                            violation_error_message="报告须写明整改情况和报告人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("reported_on", None),
                                    ("reported_on__gte", models.F("issued_on")),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("closed_on", None),
                                    ("closed_on__gte", models.F("reported_on")),
                                    _connector="OR",
                                ),
                            ),
                            name="notice_dates_in_order",
                            violation_error_message="报告日期不能早于发出日期，办结日期不能早于报告日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("number__isnull", False)),
                            name="notice_is_numbered",
                            violation_error_message="立行立改通知应有编号。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="InspectionTerm",
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
                        "axis",
                        models.CharField(
                            choices=[
                                ("class", "问题大类"),
                                ("category", "问题类别"),
                                ("reviewer", "联审单位"),
                            ],
                            max_length=10,
                            verbose_name="维度",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "巡察分类",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="inspectionterm_one_proposal",
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
                            name="inspectionterm_two_pairs_of_eyes",
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
                            name="inspectionterm_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="inspectionterm_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Opinion",
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
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="opinions",
                            to="inspections.round",
                            verbose_name="轮次",
                        ),
                    ),
                    (
                        "object",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="opinions",
                            to="inspections.roundobject",
                            verbose_name="巡察对象",
                        ),
                    ),
                    (
                        "finding",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="opinions",
                            to="inspections.finding",
                            verbose_name="发现问题",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("rectify", "整改意见"), ("advice", "相关职能部门意见")],
                            max_length=8,
                            verbose_name="意见类别",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="接收单位",
                        ),
                    ),
                    ("text", models.TextField(verbose_name="意见内容")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("sent_on", models.DateField(blank=True, null=True, verbose_name="发出日期")),
                    ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                    ("answer_text", models.TextField(blank=True, verbose_name="答复内容")),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="答复人",
                        ),
                    ),
                    ("accepted_on", models.DateField(blank=True, null=True, verbose_name="采纳日期")),
                    ("return_reason", models.TextField(blank=True, verbose_name="退回理由")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("recorded", "待发出"),
                                ("sent", "待答复"),
                                ("answered", "已答复"),
                                ("accepted", "已采纳"),
                                ("withdrawn", "已撤销"),
                            ],
                            default="recorded",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "意见",
                    "ordering": ("-id",),
                    "indexes": [
                        models.Index(fields=["round", "kind", "state"], name="opinion_round_kind_state"),
                        models.Index(fields=["unit", "state"], name="opinion_unit_state"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("accepted_on", None),
                                    ("answered_on", None),
                                    ("sent_on", None),
                                    ("state__in", ("recorded", "withdrawn")),
                                ),
                                models.Q(
                                    ("accepted_on", None),
                                    ("answered_on", None),
                                    ("sent_on__isnull", False),
                                    ("state", "sent"),
                                ),
                                models.Q(
                                    ("accepted_on", None),
                                    ("answered_on__isnull", False),
                                    ("sent_on__isnull", False),
                                    ("state", "answered"),
                                ),
                                models.Q(
                                    ("accepted_on__isnull", False),
                                    ("answered_on__isnull", False),
                                    ("sent_on__isnull", False),
                                    ("state", "accepted"),
                                ),
                                _connector="OR",
                            ),
                            name="opinion_state_is_dated",
                            violation_error_message="意见的发出、答复、采纳日期须与状态相符。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("sent_on", None), ("number__isnull", False), _connector="OR"),
                            name="opinion_sent_is_numbered",
                            violation_error_message="已发出的意见应有编号。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("answered_on", None),
                                models.Q(
                                    models.Q(("answer_text", ""), _negated=True),
                                    ("answered_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="opinion_answer_is_whole",
                            violation_error_message="答复须写明内容和答复人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("answered_on", None),
                                    ("answered_on__gte", models.F("sent_on")),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("accepted_on", None),
                                    ("accepted_on__gte", models.F("answered_on")),
                                    _connector="OR",
                                ),
                            ),
                            name="opinion_dates_in_order",
                            violation_error_message="答复日期不能早于发出日期，采纳日期不能早于答复日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PaperStep",
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
                        "paper",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="steps",
                            to="inspections.roundpaper",
                            verbose_name="文书",
                        ),
                    ),
                    (
                        "stage",
                        models.CharField(
                            choices=[("group", "领导小组"), ("secretary", "书记专题会")],
                            max_length=10,
                            verbose_name="会议",
                        ),
                    ),
                    ("held_on", models.DateField(verbose_name="召开日期")),
                    ("presided_by", models.CharField(max_length=60, verbose_name="主持人")),
                    ("opinion", models.TextField(verbose_name="会议意见")),
                    (
                        "attachment",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.attachment",
                            verbose_name="会议文件",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "审议情况",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("paper", "stage"),
                            name="paper_heard_once_per_stage",
                            violation_error_message="这一级会议的审议情况已经登记。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PlanMember",
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
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="members",
                            to="inspections.visitplan",
                            verbose_name="走访计划",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="人员",
                        ),
                    ),
                    (
                        "role",
                        models.CharField(
                            choices=[("leader", "带队"), ("member", "成员")],
                            default="member",
                            max_length=8,
                            verbose_name="分工",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "走访人员",
                    "constraints": [
                        models.UniqueConstraint(fields=("plan", "user"), name="plan_member_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="PlanPlace",
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
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="places",
                            to="inspections.visitplan",
                            verbose_name="走访计划",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="地点",
                        ),
                    ),
                    ("drawn", models.BooleanField(default=False, verbose_name="随机抽取")),
                ],
                options={
                    "verbose_name": "走访地点",
                    "constraints": [
                        models.UniqueConstraint(fields=("plan", "region"), name="plan_place_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="PlanRow",
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
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="rows",
                            to="inspections.rectificationplan",
                            verbose_name="整改方案",
                        ),
                    ),
                    ("ordinal", models.PositiveSmallIntegerField(verbose_name="序号")),
                    (
                        "finding",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="plan_rows",
                            to="inspections.finding",
                            verbose_name="问题",
                        ),
                    ),
                    ("person", models.CharField(blank=True, max_length=100, verbose_name="责任人")),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="完成时间")),
                    ("measure", models.TextField(blank=True, verbose_name="整改措施")),
                    ("result", models.TextField(blank=True, verbose_name="整改成效")),
                    ("before", models.JSONField(blank=True, default=dict, verbose_name="退回前的内容")),
                ],
                options={
                    "verbose_name": "整改方案的问题",
                    "ordering": ("ordinal",),
                    "constraints": [
                        models.UniqueConstraint(fields=("plan", "finding"), name="plan_row_once_per_finding"),
                        models.UniqueConstraint(fields=("plan", "ordinal"), name="plan_row_ordinal_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PoolPerson",
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
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="人员",
                        ),
                    ),
                    (
                        "home_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="所在单位",
                        ),
                    ),
                    ("skills", models.CharField(blank=True, max_length=100, verbose_name="业务专长")),
                    ("starts_on", models.DateField(verbose_name="入库日期")),
                    ("ends_on", models.DateField(blank=True, null=True, verbose_name="出库日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[("in", "在库"), ("out", "已出库")],
                            default="in",
                            editable=False,
                            max_length=4,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "人才库人员",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "in")),
                            fields=("region", "user"),
                            name="pool_person_once",
                            violation_error_message="这个人已在人才库中。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                            ),
                            name="pool_term_in_order",
                            violation_error_message="出库日期不能早于入库日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state", "in"),
                                models.Q(("ends_on__isnull", False), ("state", "out")),
                                _connector="OR",
                            ),
                            name="pool_out_is_dated",
                            violation_error_message="已出库的人员应有出库日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RectificationPlan",
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
                        "feedback",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="plans",
                            to="inspections.feedback",
                            verbose_name="反馈表",
                        ),
                    ),
                    (
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rectification_plans",
                            to="inspections.round",
                            verbose_name="轮次",
                        ),
                    ),
                    (
                        "object",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rectification_plans",
                            to="inspections.roundobject",
                            verbose_name="巡察对象",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("plan", "整改方案"), ("report", "整改情况报告")],
                            max_length=8,
                            verbose_name="类别",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="整改单位",
                        ),
                    ),
                    ("text", models.TextField(blank=True, verbose_name="总体情况")),
                    ("submitted_on", models.DateField(blank=True, null=True, verbose_name="报送日期")),
                    ("approved_on", models.DateField(blank=True, null=True, verbose_name="通过日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafting", "编制中"),
                                ("submitted", "联审中"),
                                ("consolidated", "联审意见已汇总"),
                                ("returned", "已退回"),
                                ("approved", "已通过"),
                            ],
                            default="drafting",
                            editable=False,
                            max_length=14,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "整改方案和报告",
                    "ordering": ("-id",),
                    "indexes": [models.Index(fields=["unit", "state"], name="plan_unit_state")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("feedback", "kind"), name="plan_once_per_feedback_and_kind"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("approved_on", None), ("state", "drafting"), ("submitted_on", None)
                                ),
                                models.Q(
                                    ("approved_on", None),
                                    ("state__in", ("submitted", "consolidated", "returned")),
                                    ("submitted_on__isnull", False),
                                ),
                                models.Q(
                                    ("approved_on__isnull", False),
                                    ("state", "approved"),
                                    ("submitted_on__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="plan_state_is_dated",
                            violation_error_message="报送和通过的日期须与状态相符。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReviewBody",
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
                        "review",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="bodies",
                            to="inspections.reviewround",
                            verbose_name="联审",
                        ),
                    ),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="inspections.inspectionterm",
                            verbose_name="联审机构",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="承办单位",
                        ),
                    ),
                    (
                        "given_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    ("given_on", models.DateField(blank=True, null=True, verbose_name="提出日期")),
                ],
                options={
                    "verbose_name": "参加联审的单位",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(fields=("review", "unit"), name="review_unit_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("given_by", None), ("given_on", None)),
                                models.Q(("given_by__isnull", False), ("given_on__isnull", False)),
                                _connector="OR",
                            ),
                            name="review_given_is_whole",
                            violation_error_message="联审意见须有提出人和日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReviewRound",
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
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="reviews",
                            to="inspections.rectificationplan",
                            verbose_name="整改方案",
                        ),
                    ),
                    ("ordinal", models.PositiveSmallIntegerField(verbose_name="第几次联审")),
                    ("opened_on", models.DateField(verbose_name="开始日期")),
                    ("summary", models.TextField(blank=True, verbose_name="汇总意见")),
                    (
                        "consolidated_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="汇总人",
                        ),
                    ),
                    ("ended_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "联审中"),
                                ("consolidated", "已汇总"),
                                ("returned", "已退回"),
                                ("approved", "已通过"),
                            ],
                            default="open",
                            max_length=14,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "联审",
                    "ordering": ("ordinal",),
                    "constraints": [
                        models.UniqueConstraint(fields=("plan", "ordinal"), name="review_ordinal_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("open", "consolidated"))),
                            fields=("plan",),
                            name="review_one_open",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("consolidated_by", None),
                                    ("ended_on", None),
                                    ("state", "open"),
                                    ("summary", ""),
                                ),
                                models.Q(
                                    ("consolidated_by__isnull", False),
                                    ("ended_on", None),
                                    ("state", "consolidated"),
                                    models.Q(("summary", ""), _negated=True),
                                ),
                                models.Q(
                                    ("consolidated_by__isnull", False),
                                    ("ended_on__isnull", False),
                                    ("state__in", ("returned", "approved")),
                                    models.Q(("summary", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="review_summary_by_state",
                            violation_error_message="联审须先汇总意见，再通过或者退回。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RoundBody",
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
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="bodies",
                            to="inspections.round",
                            verbose_name="轮次",
                        ),
                    ),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="inspections.inspectionterm",
                            verbose_name="联审机构",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="承办单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "联审单位",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("round", "unit"),
                            name="round_body_unit_once",
                            violation_error_message="同一个单位在联审中只能列一次。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="RoundObject",
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
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="round_objects",
                            to="inspections.round",
                            verbose_name="轮次",
                        ),
                    ),
                    ("name", models.CharField(max_length=100, verbose_name="对象名称")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("department", "部门"),
                                ("town", "乡镇"),
                                ("village", "村"),
                                ("extension_village", "延伸村"),
                            ],
                            max_length=20,
                            verbose_name="对象类别",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="单位",
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="round_objects",
                            to="inspections.team",
                            verbose_name="承担的巡察组",
                        ),
                    ),
                    ("entered_on", models.DateField(blank=True, null=True, verbose_name="进驻日期")),
                    ("left_on", models.DateField(blank=True, null=True, verbose_name="离开日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("not_entered", "未进驻"),
                                ("entered", "已进驻"),
                                ("left", "已离开"),
                                ("dropped", "不再巡察"),
                            ],
                            default="not_entered",
                            max_length=12,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "巡察对象",
                    "indexes": [models.Index(fields=["round", "state"], name="object_round_state")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("unit__isnull", False), models.Q(("state", "dropped"), _negated=True)
                            ),
                            fields=("round", "unit"),
                            name="object_unit_once_in_round",
                            violation_error_message="该单位已是本轮次的巡察对象。",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("unit", None), models.Q(("state", "dropped"), _negated=True)),
                            fields=("round", "region"),
                            name="object_region_once_in_round",
                            violation_error_message="该地区已是本轮次的巡察对象。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "department"), _negated=True),
                                ("unit__isnull", False),
                                _connector="OR",
                            ),
                            name="object_department_is_a_unit",
                            violation_error_message="部门类的巡察对象应选择单位。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("entered_on", None),
                                    ("left_on", None),
                                    ("state__in", ("not_entered", "dropped")),
                                ),
                                models.Q(
                                    ("entered_on__isnull", False), ("left_on", None), ("state", "entered")
                                ),
                                models.Q(
                                    ("entered_on__isnull", False),
                                    ("left_on__isnull", False),
                                    ("state", "left"),
                                ),
                                _connector="OR",
                            ),
                            name="object_dated_by_state",
                            violation_error_message="已进驻的对象应有进驻日期，已离开的还应有离开日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("left_on", None), ("left_on__gte", models.F("entered_on")), _connector="OR"
                            ),
                            name="object_left_after_entered",
                            violation_error_message="离开日期不能早于进驻日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RoundPaper",
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
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="papers",
                            to="inspections.round",
                            verbose_name="轮次",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("report", "巡察报告"),
                                ("special", "专题报告"),
                                ("bulletin", "专题通报"),
                                ("minutes", "组办会商纪要"),
                            ],
                            max_length=8,
                            verbose_name="文书类别",
                        ),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="标题")),
                    ("document", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                    ("dated", models.DateField(verbose_name="日期")),
                    ("participants", models.CharField(blank=True, max_length=500, verbose_name="参加人员")),
                    ("text", models.TextField(blank=True, verbose_name="内容")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "起草"),
                                ("group", "领导小组已审议"),
                                ("decided", "书记专题会已听取"),
                                ("filed", "已归存"),
                            ],
                            editable=False,
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "轮次文书",
                    "ordering": ("-dated", "-id"),
                    "indexes": [models.Index(fields=["round", "kind"], name="round_paper_kind")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("kind__in", ("report", "special")),
                                    ("state__in", ("draft", "group", "decided")),
                                ),
                                models.Q(("kind__in", ("bulletin", "minutes")), ("state", "filed")),
                                _connector="OR",
                            ),
                            name="round_paper_state_fits_kind",
                            violation_error_message="报告须逐级审议，通报和会商纪要直接归存。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "minutes"), _negated=True),
                                models.Q(("participants", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="round_paper_minutes_name_participants",
                            violation_error_message="会商纪要应写明参加人员。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RoundRecusal",
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
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="recusals",
                            to="inspections.round",
                            verbose_name="轮次",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="回避人员",
                        ),
                    ),
                    (
                        "object",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="recusals",
                            to="inspections.roundobject",
                            verbose_name="巡察对象",
                        ),
                    ),
                    (
                        "ground",
                        models.CharField(
                            choices=[
                                ("kin", "亲属关系"),
                                ("home", "家乡所在地"),
                                ("unit", "曾任职或者现任职单位"),
                                ("other", "其他可能影响公正的情形"),
                            ],
                            max_length=6,
                            verbose_name="回避情形",
                        ),
                    ),
                    ("text", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                    ("declared_on", models.DateField(verbose_name="申报日期")),
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
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("declared", "已申报，待决定"),
                                ("granted", "应当回避"),
                                ("refused", "不需回避"),
                                ("lifted", "已解除"),
                            ],
                            default="declared",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "轮次回避",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("declared", "granted"))),
                            fields=("user", "object"),
                            name="round_recusal_once",
                            violation_error_message="该人员已申报回避这个巡察对象。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_by", None), ("decided_on", None), ("state", "declared")),
                                models.Q(
                                    ("decided_by__isnull", False),
                                    ("decided_on__isnull", False),
                                    ("state__in", ("granted", "refused", "lifted")),
                                ),
                                _connector="OR",
                            ),
                            name="round_recusal_decided",
                            violation_error_message="已决定的回避应有决定人和决定日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Sample",
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
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="samples",
                            to="inspections.visitplan",
                            verbose_name="走访计划",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("places", "抽取地点"), ("households", "抽取农户")],
                            max_length=12,
                            verbose_name="抽取对象",
                        ),
                    ),
                    ("seed", models.CharField(max_length=40, verbose_name="种子")),
                    ("size", models.PositiveSmallIntegerField(verbose_name="抽取数量")),
                    ("population", models.JSONField(verbose_name="名单")),
                    ("drawn", models.JSONField(verbose_name="抽中")),
                    (
                        "drawn_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="抽取人",
                        ),
                    ),
                    ("drawn_at", models.DateTimeField(verbose_name="抽取时间")),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="重新抽取的理由")),
                ],
                options={
                    "verbose_name": "抽取记录",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("size__gte", 1), ("size__lte", 200)),
                            name="sample_size_sensible",
                            violation_error_message="一次抽取 1 至 200 个。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Team",
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
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="teams",
                            to="inspections.round",
                            verbose_name="轮次",
                        ),
                    ),
                    ("name", models.CharField(max_length=30, verbose_name="组名")),
                    ("place", models.PositiveSmallIntegerField(default=1, verbose_name="次序")),
                    (
                        "authorisation",
                        models.CharField(blank=True, max_length=200, verbose_name="组长授权决定"),
                    ),
                    (
                        "repeat_reason",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="同一组长连续巡察同一对象的理由"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "巡察组",
                    "ordering": ("place", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("round", "name"),
                            name="team_name_once_in_round",
                            violation_error_message="本轮次已有同名的巡察组。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="VillagePerson",
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
                    ("name", models.CharField(max_length=60, verbose_name="姓名")),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("first_secretary", "第一书记"),
                                ("leader", "工作队长"),
                                ("member", "工作队员"),
                            ],
                            default="member",
                            max_length=16,
                            verbose_name="职务",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="派出单位",
                        ),
                    ),
                    ("starts_on", models.DateField(verbose_name="驻村开始")),
                    ("ends_on", models.DateField(blank=True, null=True, verbose_name="驻村结束")),
                    (
                        "state",
                        models.CharField(
                            choices=[("serving", "驻村中"), ("ended", "已结束")],
                            default="serving",
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "驻村人员",
                    "indexes": [models.Index(fields=["region", "state"], name="village_person_region")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "serving")),
                            fields=("region", "name"),
                            name="village_person_once",
                            violation_error_message="这个村已有同名的驻村人员；确是另一人的，请在姓名后加注区别。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ends_on", None), ("state", "serving")),
                                models.Q(
                                    ("ends_on__gte", models.F("starts_on")),
                                    ("ends_on__isnull", False),
                                    ("state", "ended"),
                                ),
                                _connector="OR",
                            ),
                            name="village_person_ended_is_dated",
                            violation_error_message="结束驻村应有日期，且不早于开始日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Visit",
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
                        "kind",
                        models.CharField(
                            choices=[
                                ("household", "入户走访"),
                                ("talk", "个别谈话"),
                                ("site", "现场查看"),
                                ("papers", "查阅资料"),
                                ("attendance", "驻村抽查"),
                            ],
                            default="household",
                            max_length=12,
                            verbose_name="走访方式",
                        ),
                    ),
                    (
                        "plan",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits",
                            to="inspections.visitplan",
                            verbose_name="走访计划",
                        ),
                    ),
                    (
                        "round",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits",
                            to="inspections.round",
                            verbose_name="所属轮次",
                        ),
                    ),
                    (
                        "object",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits",
                            to="inspections.roundobject",
                            verbose_name="巡察对象",
                        ),
                    ),
                    ("visited_on", models.DateField(verbose_name="走访日期")),
                    ("place_text", models.CharField(blank=True, max_length=200, verbose_name="具体地点")),
                    (
                        "latitude",
                        models.DecimalField(
                            blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="纬度"
                        ),
                    ),
                    (
                        "longitude",
                        models.DecimalField(
                            blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"
                        ),
                    ),
                    ("doubts", models.CharField(blank=True, max_length=500, verbose_name="已核对的疑点")),
                    ("talked_to", models.TextField(blank=True, verbose_name="走访对象")),
                    ("households", models.PositiveIntegerField(default=0, verbose_name="入户数")),
                    ("talks", models.PositiveIntegerField(default=0, verbose_name="谈话人次")),
                    ("documents", models.PositiveIntegerField(default=0, verbose_name="查阅资料份数")),
                    ("calls", models.PositiveIntegerField(default=0, verbose_name="电话抽查次数")),
                    ("notes", models.TextField(blank=True, verbose_name="走访情况")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "submission",
                        models.CharField(
                            blank=True, editable=False, max_length=40, null=True, verbose_name="提交标识"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("recorded", "已登记"), ("withdrawn", "已作废")],
                            default="recorded",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "走访记录",
                    "indexes": [
                        models.Index(fields=["region", "visited_on"], name="visit_region_day"),
                        models.Index(fields=["plan", "visited_on"], name="visit_plan_day"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("recorded_by", "submission"), name="visit_sent_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("calls__lte", 10000),
                                ("documents__lte", 10000),
                                ("households__lte", 10000),
                                ("talks__lte", 10000),
                            ),
                            name="visit_counts_sensible",
                            violation_error_message="入户、谈话、资料、电话的数量最多 10000，请核对。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("latitude", None), ("longitude", None)),
                                models.Q(
                                    ("latitude__isnull", False),
                                    ("longitude__isnull", False),
                                    ("latitude__gte", -90),
                                    ("latitude__lte", 90),
                                    ("longitude__gte", -180),
                                    ("longitude__lte", 180),
                                ),
                                _connector="OR",
                            ),
                            name="visit_position_is_whole",
                            violation_error_message="定位应同时有纬度和经度，且在正常范围以内。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VisitCheck",
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
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="checks",
                            to="inspections.visit",
                            verbose_name="走访记录",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="inspections.villageperson",
                            verbose_name="驻村人员",
                        ),
                    ),
                    (
                        "found",
                        models.CharField(
                            choices=[("present", "在岗"), ("leave", "请假"), ("absent", "不在岗")],
                            max_length=8,
                            verbose_name="在岗情况",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "在岗抽查",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(fields=("visit", "person"), name="check_once_a_visit")
                    ],
                },
            ),
            migrations.CreateModel(
                name="VisitPlan",
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
                    ("title", models.CharField(max_length=100, verbose_name="计划名称")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("unannounced", "四不两直暗访"),
                                ("cross", "交叉暗访"),
                                ("households", "入户走访"),
                                ("attendance", "驻村抽查"),
                            ],
                            default="unannounced",
                            max_length=12,
                            verbose_name="走访方式",
                        ),
                    ),
                    (
                        "round",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="plans",
                            to="inspections.round",
                            verbose_name="所属轮次",
                        ),
                    ),
                    ("purpose", models.TextField(blank=True, verbose_name="走访内容")),
                    ("starts_on", models.DateField(verbose_name="开始日期")),
                    ("ends_on", models.DateField(verbose_name="截止日期")),
                    (
                        "ordered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="部署人",
                        ),
                    ),
                    (
                        "approver",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="批准人",
                        ),
                    ),
                    ("approved_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                    ("finished_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("ordered", "待批准"),
                                ("approved", "待出发"),
                                ("under_way", "走访中"),
                                ("finished", "已结束"),
                                ("cancelled", "已取消"),
                            ],
                            default="ordered",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "走访计划",
                    "indexes": [models.Index(fields=["region", "state"], name="plan_region_state")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                            name="plan_ends_after_start",
                            violation_error_message="截止日期不能早于开始日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("ordered_by", models.F("approver")), _negated=True),
                            name="plan_two_persons",
                            violation_error_message="部署人和批准人不能是同一个人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("number", None), ("state", "finished"), _connector="OR"),
                            name="plan_number_only_at_the_end",
                            violation_error_message="走访计划结束时才编号。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ("approved", "under_way", "finished")), _negated=True),
                                ("approved_on__isnull", False),
                                _connector="OR",
                            ),
                            name="plan_goes_out_approved",
                            violation_error_message="走访计划批准后才能开始。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("finished_on__isnull", False), ("state", "finished")),
                                models.Q(
                                    models.Q(("state", "finished"), _negated=True), ("finished_on", None)
                                ),
                                _connector="OR",
                            ),
                            name="plan_finished_is_dated",
                            violation_error_message="已结束的走访计划应有结束日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VisitRule",
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
                    ("kind", models.CharField(max_length=20, verbose_name="规定事项")),
                    (
                        "amount",
                        models.CharField(
                            choices=[
                                ("1", "1"),
                                ("2", "2"),
                                ("3", "3"),
                                ("4", "4"),
                                ("5", "5"),
                                ("6", "6"),
                                ("7", "7"),
                                ("8", "8"),
                                ("9", "9"),
                                ("10", "10"),
                                ("11", "11"),
                                ("12", "12"),
                                ("13", "13"),
                                ("14", "14"),
                                ("15", "15"),
                                ("16", "16"),
                                ("17", "17"),
                                ("18", "18"),
                                ("19", "19"),
                                ("20", "20"),
                                ("21", "21"),
                                ("22", "22"),
                                ("23", "23"),
                                ("24", "24"),
                                ("25", "25"),
                                ("26", "26"),
                                ("27", "27"),
                                ("28", "28"),
                                ("29", "29"),
                                ("30", "30"),
                                ("31", "31"),
                                ("45", "45"),
                                ("60", "60"),
                                ("90", "90"),
                                ("120", "120"),
                                ("180", "180"),
                            ],
                            max_length=3,
                            verbose_name="数量",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "走访规定",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="visitrule_one_proposal",
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
                            name="visitrule_two_pairs_of_eyes",
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
                            name="visitrule_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="visitrule_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Worksheet",
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
                        "plan",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="worksheets",
                            to="inspections.visitplan",
                            verbose_name="走访计划",
                        ),
                    ),
                    (
                        "round",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="worksheets",
                            to="inspections.round",
                            verbose_name="所属轮次",
                        ),
                    ),
                    (
                        "object",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="worksheets",
                            to="inspections.roundobject",
                            verbose_name="巡察对象",
                        ),
                    ),
                    (
                        "visit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="worksheets",
                            to="inspections.visit",
                            verbose_name="走访记录",
                        ),
                    ),
                    ("problem_class", models.CharField(max_length=100, verbose_name="问题大类")),
                    ("aspect", models.CharField(blank=True, max_length=100, verbose_name="问题方面")),
                    ("text", models.TextField(verbose_name="具体问题")),
                    ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="涉及单位",
                        ),
                    ),
                    ("found_on", models.DateField(verbose_name="发现日期")),
                    ("immediate", models.BooleanField(default=False, verbose_name="立行立改")),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="起草人",
                        ),
                    ),
                    (
                        "finding",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="worksheet",
                            to="inspections.finding",
                            verbose_name="发现问题",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "待签字"),
                                ("recorded", "已登记为发现问题"),
                                ("discarded", "已作废"),
                            ],
                            default="open",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "问题底稿",
                    "indexes": [
                        models.Index(fields=["round", "state"], name="worksheet_round_state"),
                        models.Index(fields=["plan", "state"], name="worksheet_plan_state"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("plan__isnull", False), ("round__isnull", False), _connector="OR"
                            ),
                            name="worksheet_belongs_somewhere",
                            violation_error_message="问题底稿应属于一个走访计划或者轮次。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("finding__isnull", False), ("state", "recorded")),
                                models.Q(models.Q(("state", "recorded"), _negated=True), ("finding", None)),
                                _connector="OR",
                            ),
                            name="worksheet_recorded_has_finding",
                            violation_error_message="登记为发现问题的底稿应指明是哪一个问题，其他底稿不能有。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WorksheetSignature",
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
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签署账号",
                        ),
                    ),
                    ("role", models.CharField(max_length=120, verbose_name="签署身份")),
                    ("opinion", models.TextField(blank=True, verbose_name="意见")),
                    (
                        "signed_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="签署时间"),
                    ),
                    ("digest", models.CharField(max_length=64, verbose_name="签署内容摘要")),
                    ("fields_version", models.PositiveSmallIntegerField(verbose_name="签署项目版本")),
                    ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="失效时间")),
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
                    ("voided_verb", models.CharField(blank=True, max_length=60, verbose_name="致失效动作")),
                    (
                        "worksheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="signatures",
                            to="inspections.worksheet",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "底稿签字",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("voided_at", None)),
                            fields=("worksheet", "person"),
                            name="worksheet_signed_once_by_each",
                        )
                    ],
                },
            ),
        ),
        Together(
            migrations.RemoveConstraint(
                model_name="round",
                name="round_finished_has_date",
            ),
            migrations.AddField(
                model_name="finding",
                name="amount_fen",
                field=models.BigIntegerField(
                    blank=True,
                    null=True,
                    validators=[django.core.validators.MaxValueValidator(1000000000000000)],
                    verbose_name="涉及金额（分）",
                ),
            ),
            migrations.AddField(
                model_name="finding",
                name="articles",
                field=models.CharField(blank=True, max_length=300, verbose_name="违反的规定"),
            ),
            migrations.AddField(
                model_name="finding",
                name="lead_unit",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="core.unit",
                    verbose_name="牵头单位",
                ),
            ),
            migrations.AddField(
                model_name="finding",
                name="suggestion",
                field=models.TextField(blank=True, verbose_name="建议措施"),
            ),
            migrations.AddField(
                model_name="round",
                name="authorisation",
                field=models.CharField(blank=True, max_length=200, verbose_name="部署文件"),
            ),
            migrations.AddField(
                model_name="round",
                name="body_kind",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("patrol_office", "巡察机构"),
                        ("supervisors", "党委政府督查室"),
                        ("audit", "审计机关"),
                        ("elders", "老领导督导组"),
                        ("livelihood", "民生监督特派组"),
                        ("department", "主管部门"),
                    ],
                    max_length=16,
                    verbose_name="组织实施单位类别",
                ),
            ),
            migrations.AddField(
                model_name="round",
                name="closed_on",
                field=models.DateField(blank=True, null=True, verbose_name="办结日期"),
            ),
            migrations.AddField(
                model_name="round",
                name="ordinal",
                field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="轮次序号"),
            ),
            migrations.AddField(
                model_name="round",
                name="parent",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="children",
                    to="inspections.round",
                    verbose_name="上级轮次",
                ),
            ),
            migrations.AddField(
                model_name="round",
                name="run_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="core.unit",
                    verbose_name="组织实施单位",
                ),
            ),
            migrations.AddField(
                model_name="round",
                name="session",
                field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="届次"),
            ),
            migrations.AddField(
                model_name="teammember",
                name="declared_on",
                field=models.DateField(blank=True, null=True, verbose_name="回避情况申报日期"),
            ),
            migrations.AddField(
                model_name="teammember",
                name="home_unit",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="core.unit",
                    verbose_name="派出单位",
                ),
            ),
            migrations.AddField(
                model_name="teammember",
                name="seconded_from",
                field=models.DateField(blank=True, null=True, verbose_name="抽调开始日期"),
            ),
            migrations.AddField(
                model_name="teammember",
                name="seconded_to",
                field=models.DateField(blank=True, null=True, verbose_name="抽调结束日期"),
            ),
            migrations.AlterField(
                model_name="finding",
                name="state",
                field=models.CharField(
                    choices=[("recorded", "已记录"), ("handed_on", "已转整改"), ("withdrawn", "已撤销")],
                    default="recorded",
                    max_length=10,
                    verbose_name="状态",
                ),
            ),
            migrations.AlterField(
                model_name="round",
                name="kind",
                field=models.CharField(
                    choices=[
                        ("regular", "常规巡察"),
                        ("special", "专项巡察"),
                        ("mobile", "机动式巡察"),
                        ("raised", "提级巡察"),
                        ("cross", "交叉巡察"),
                        ("linked", "联动巡察"),
                        ("village", "对村巡察"),
                        ("look_back", "巡察“回头看”"),
                        ("supervise", "督查"),
                        ("covert", "明察暗访"),
                        ("check", "专项检查"),
                        ("recheck", "再监督再检查"),
                    ],
                    default="regular",
                    max_length=12,
                    verbose_name="监督方式",
                ),
            ),
            migrations.AlterField(
                model_name="round",
                name="state",
                field=models.CharField(
                    choices=[("open", "进行中"), ("finished", "已结束"), ("closed", "已办结")],
                    default="open",
                    max_length=10,
                    verbose_name="状态",
                ),
            ),
            migrations.AlterField(
                model_name="teammember",
                name="role",
                field=models.CharField(
                    choices=[
                        ("leader", "组长"),
                        ("deputy", "副组长"),
                        ("liaison", "联络员"),
                        ("envoy", "特派员"),
                        ("member", "组员"),
                    ],
                    default="member",
                    max_length=8,
                    verbose_name="组内职务",
                ),
            ),
            migrations.AddField(
                model_name="round",
                name="campaign",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="rounds",
                    to="inspections.campaign",
                    verbose_name="专题",
                ),
            ),
            migrations.AddConstraint(
                model_name="round",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("finished_on", None), ("state", "open")),
                        models.Q(("finished_on__isnull", False), ("state__in", ("finished", "closed"))),
                        _connector="OR",
                    ),
                    name="round_finished_has_date",
                    violation_error_message="已结束的轮次应有结束日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="round",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("closed_on__isnull", False), ("state", "closed")),
                        models.Q(("closed_on", None), ("state__in", ("open", "finished"))),
                        _connector="OR",
                    ),
                    name="round_closed_has_date",
                    violation_error_message="已办结的轮次应有办结日期，未办结的不能有。",
                ),
            ),
            migrations.AddConstraint(
                model_name="round",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("ordinal", None), ("session", None)),
                        models.Q(
                            ("session__gte", 1),
                            ("session__isnull", False),
                            ("session__lte", 99),
                            ("ordinal__gte", 1),
                            ("ordinal__isnull", False),
                            ("ordinal__lte", 99),
                        ),
                        _connector="OR",
                    ),
                    name="round_session_and_ordinal",
                    violation_error_message="届次和轮次序号应一并填写，均为 1 至 99。",
                ),
            ),
            migrations.AddConstraint(
                model_name="round",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                    ),
                    name="round_not_below_itself",
                    violation_error_message="轮次不能以自己为上级轮次。",
                ),
            ),
            migrations.AddField(
                model_name="finding",
                name="point",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="findings",
                    to="inspections.campaignpoint",
                    verbose_name="专题要点",
                ),
            ),
            migrations.AddField(
                model_name="finding",
                name="category",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="inspections.inspectionterm",
                    verbose_name="问题类别",
                ),
            ),
            migrations.AddField(
                model_name="finding",
                name="class_term",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="inspections.inspectionterm",
                    verbose_name="问题大类（分类）",
                ),
            ),
            migrations.AddField(
                model_name="finding",
                name="object",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="findings",
                    to="inspections.roundobject",
                    verbose_name="巡察对象",
                ),
            ),
            migrations.AddConstraint(
                model_name="finding",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("amount_fen", None),
                        models.Q(("amount_fen__gte", 0), ("amount_fen__lte", 1000000000000000)),
                        _connector="OR",
                    ),
                    name="finding_amount_in_range",
                    violation_error_message="涉及金额不能为负数，也不能超过 10 万亿元。",
                ),
            ),
            migrations.AddField(
                model_name="teammember",
                name="team",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="members",
                    to="inspections.team",
                    verbose_name="巡察组",
                ),
            ),
            migrations.AddConstraint(
                model_name="teammember",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("role", "leader"), ("team__isnull", False)),
                    fields=("team",),
                    name="team_has_one_leader",
                    violation_error_message="一个巡察组只能有一名组长。",
                ),
            ),
            migrations.AddConstraint(
                model_name="teammember",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("seconded_to", None),
                        models.Q(
                            ("seconded_from__isnull", False), ("seconded_to__gte", models.F("seconded_from"))
                        ),
                        _connector="OR",
                    ),
                    name="member_term_in_order",
                    violation_error_message="抽调结束日期不能早于开始日期，并应一并填写开始日期。",
                ),
            ),
        ),
        Run(watch, unwatch),
        Run(install, migrations.RunPython.noop),
    ]
