"""The tables of the leads in 1.1.0.

Columns and constraints first, then triggers and reference rows: a rebuilt table on SQLite loses its triggers. Number
schemes and clock rules come with the core's.
"""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from cases import archive_triggers, summary_triggers
from cases.models.approving import ApprovalRule
from cases.reference import (
    BULLETIN_CHANNELS,
    CALL_CATEGORIES,
    DIGEST_HOURS,
    ENDING_TERMS,
    install_approvals,
    install_managed_by,
    install_partner_bodies,
)
from povertyaudit.core import term_triggers, trigrams
from povertyaudit.core.migrating import Run, Together

SEARCHED = {
    "cases_lead": ("number", "title"),
    "cases_leadsubject": ("name", "unit_text"),
    "cases_othernumber": ("number",),
}
TERMS = (
    "cases_category",
    "cases_managedby",
    "cases_approvalrule",
    "cases_callcategory",
    "cases_digesthour",
    "cases_partnerbody",
    "cases_bulletinchannel",
    "cases_endingterm",
)


def search(_apps, schema_editor):
    """What lists and searches are read by at real size."""
    for table, columns in SEARCHED.items():
        trigrams.install(schema_editor.connection, table, *columns)


def unsearch(_apps, schema_editor):
    for table in SEARCHED:
        trigrams.remove(schema_editor.connection, table)


def guard(_apps, schema_editor):
    for table in TERMS:
        term_triggers.install(schema_editor.connection, table)
    summary_triggers.install(schema_editor.connection)
    archive_triggers.install(schema_editor.connection)


def unguard(_apps, schema_editor):
    archive_triggers.remove(schema_editor.connection)
    summary_triggers.remove(schema_editor.connection)
    for table in TERMS:
        term_triggers.remove(schema_editor.connection, table)


def load(apps, _schema_editor):
    install_managed_by(apps.get_model("cases", "ManagedBy"))
    install_approvals(apps.get_model("cases", "ApprovalRule"), named)
    install_partner_bodies(apps.get_model("cases", "PartnerBody"))
    for model, attribute, terms in (
        ("CallCategory", "axis", CALL_CATEGORIES),
        ("DigestHour", None, DIGEST_HOURS),
        ("BulletinChannel", "mask", BULLETIN_CHANNELS),
        ("EndingTerm", "listing", ENDING_TERMS),
    ):
        put(apps.get_model("cases", model), attribute, terms)


def named(decision, level, approver):
    return ApprovalRule(decision=decision, level=level, approver=approver).own_name


def put(model, attribute, terms):
    """One row for each term: its code, its name, and before them what it stands under where the list has such."""
    new_id = model._meta.get_field("public_id").default
    for order, (*above, code, name) in enumerate(terms, 1):
        under = {attribute: above[0]} if above else {}
        model.objects.create(code=code, name=name, order=order, public_id=new_id(), **under)


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0003_terms"),
        ("cases", "0004_lists"),
        ("cases", "0005_search"),
        ("cases", "0006_people"),
        ("cases", "0007_intake"),
        ("cases", "0008_identity_requests"),
        ("cases", "0009_batches"),
        ("cases", "0010_steps_in_full"),
        ("cases", "0011_hotline"),
        ("cases", "0012_filing"),
        ("cases", "0013_handovers"),
        ("cases", "0014_declarations"),
        ("cases", "0015_intake_details"),
        ("cases", "0016_summaries"),
        ("cases", "0017_bulletins"),
        ("cases", "0018_repeats"),
        ("cases", "0019_asking"),
        ("cases", "0020_meetings"),
        ("cases", "0021_ending"),
        ("cases", "0022_nulls_are_refused"),
    ]

    dependencies = [
        ("cases", "0002_categories"),
        ("core", "0005_release_1_1"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="category",
            options={"ordering": ("order", "code", "valid_from", "id"), "verbose_name": "问题类别"},
        ),
        Together(
            migrations.RemoveConstraint(
                model_name="category",
                name="category_ends_after_start",
            ),
            migrations.RemoveConstraint(
                model_name="lead",
                name="lead_dispatched_has_unit",
            ),
        ),
        migrations.RenameField(
            model_name="category",
            old_name="starts_on",
            new_name="valid_from",
        ),
        migrations.RenameField(
            model_name="category",
            old_name="ends_on",
            new_name="valid_to",
        ),
        Together(
            migrations.AlterField(
                model_name="category",
                name="code",
                field=models.CharField(max_length=30, verbose_name="代码"),
            ),
            migrations.AlterField(
                model_name="category",
                name="public_id",
                field=models.CharField(
                    default=povertyaudit.core.models.base.new_public_id,
                    editable=False,
                    max_length=22,
                    unique=True,
                    verbose_name="编号标识",
                ),
            ),
            migrations.AlterField(
                model_name="lead",
                name="approver",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("deputy", "分管领导"),
                        ("secretary", "主要负责人"),
                        ("party", "同级党委主要负责人"),
                        ("superior", "上一级纪检监察机关"),
                    ],
                    max_length=10,
                    verbose_name="审批人",
                ),
            ),
            migrations.AlterField(
                model_name="lead",
                name="state",
                field=models.CharField(
                    choices=[
                        ("registered", "待分办"),
                        ("dispatched", "待签收"),
                        ("signed_for", "待提处置意见"),
                        ("proposed", "待审批"),
                        ("approved", "已批准待实施"),
                        ("in_step", "办理中"),
                        ("held", "暂存待查"),
                        ("case_filed", "已立案待调查"),
                        ("concluded", "已办结"),
                        ("forwarded", "已转出"),
                        ("merged", "已合并"),
                        ("returned", "已退回"),
                    ],
                    default="registered",
                    editable=False,
                    max_length=12,
                    verbose_name="状态",
                ),
            ),
        ),
        Together(
            migrations.AddField(
                model_name="category",
                name="act",
                field=models.CharField(
                    choices=[("add", "新增"), ("rename", "更名"), ("end", "停用")],
                    default="add",
                    max_length=8,
                    verbose_name="事由",
                ),
            ),
            migrations.AddField(
                model_name="category",
                name="anchor",
                field=models.CharField(blank=True, max_length=200, verbose_name="依据"),
            ),
            migrations.AddField(
                model_name="category",
                name="changed_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="提出人",
                ),
            ),
            migrations.AddField(
                model_name="category",
                name="confirmed_at",
                field=models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
            ),
            migrations.AddField(
                model_name="category",
                name="confirmed_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="确认人",
                ),
            ),
            migrations.AddField(
                model_name="category",
                name="created_at",
                field=models.DateTimeField(
                    default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                ),
            ),
            migrations.AddField(
                model_name="category",
                name="state",
                field=models.CharField(
                    choices=[("draft", "待确认"), ("confirmed", "已确认"), ("refused", "未通过")],
                    default="confirmed",
                    editable=False,
                    max_length=10,
                    verbose_name="状态",
                ),
            ),
            migrations.AddField(
                model_name="category",
                name="updated_at",
                field=models.DateTimeField(
                    default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                ),
            ),
            migrations.AddField(
                model_name="category",
                name="version",
                field=models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
            ),
            migrations.AddField(
                model_name="dispatch",
                name="report_text",
                field=models.TextField(blank=True, verbose_name="报送的办理结果"),
            ),
            migrations.AddField(
                model_name="dispatch",
                name="reported_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="报送人",
                ),
            ),
            migrations.AddField(
                model_name="dispatch",
                name="reported_on",
                field=models.DateField(blank=True, null=True, verbose_name="报送结果日期"),
            ),
            migrations.AddField(
                model_name="dispatch",
                name="result_due_on",
                field=models.DateField(blank=True, null=True, verbose_name="要求报结果日期"),
            ),
            migrations.AddField(
                model_name="dispatch",
                name="special_decider",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="特殊办理决定人",
                ),
            ),
            migrations.AddField(
                model_name="dispatch",
                name="special_mode",
                field=models.CharField(
                    blank=True,
                    choices=[("raised", "提级办理"), ("cross", "交叉办理"), ("direct", "直查直办")],
                    max_length=8,
                    verbose_name="特殊办理方式",
                ),
            ),
            migrations.AddField(
                model_name="dispatch",
                name="special_reason",
                field=models.TextField(blank=True, verbose_name="特殊办理理由"),
            ),
            migrations.AddField(
                model_name="dispatch",
                name="supervisor",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="督办人",
                ),
            ),
            migrations.AddField(
                model_name="lead",
                name="archived_on",
                field=models.DateField(blank=True, null=True, verbose_name="归档日期"),
            ),
            migrations.AddField(
                model_name="lead",
                name="check_note",
                field=models.TextField(blank=True, verbose_name="核对说明"),
            ),
            migrations.AddField(
                model_name="lead",
                name="duties_owed",
                field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="待办后续事项"),
            ),
            migrations.AddField(
                model_name="lead",
                name="objected_on",
                field=models.DateField(blank=True, null=True, verbose_name="反映人异议日期"),
            ),
            migrations.AddField(
                model_name="lead",
                name="reactivated_times",
                field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="二次启动次数"),
            ),
            migrations.AddField(
                model_name="lead",
                name="reported_on",
                field=models.DateField(blank=True, null=True, verbose_name="报送结果日期"),
            ),
            migrations.AddField(
                model_name="lead",
                name="return_reason",
                field=models.TextField(blank=True, verbose_name="退回理由"),
            ),
            migrations.AddField(
                model_name="lead",
                name="returned_on",
                field=models.DateField(blank=True, null=True, verbose_name="退回日期"),
            ),
            migrations.AddField(
                model_name="lead",
                name="returned_to",
                field=models.CharField(blank=True, max_length=100, verbose_name="退回单位"),
            ),
            migrations.AddField(
                model_name="lead",
                name="stopped_on",
                field=models.DateField(blank=True, null=True, verbose_name="因回避停办日期"),
            ),
            migrations.AddField(
                model_name="lead",
                name="supervisor",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="督办人",
                ),
            ),
            migrations.AddField(
                model_name="lead",
                name="trial_returned_on",
                field=models.DateField(
                    blank=True, editable=False, null=True, verbose_name="审理退回补证日期"
                ),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="approval_late_days",
                field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="审批超期天数"),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="asked_of",
                field=models.CharField(blank=True, max_length=10, null=True, verbose_name="审批人层级"),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="conclusion",
                field=models.TextField(blank=True, null=True, verbose_name="集体研究意见"),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="late_days",
                field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="办理超期天数"),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="outside_number",
                field=models.CharField(blank=True, max_length=60, null=True, verbose_name="批准文号"),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="outside_on",
                field=models.DateField(blank=True, null=True, verbose_name="批准文件日期"),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="plan",
                field=models.TextField(blank=True, null=True, verbose_name="工作方案"),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="present",
                field=models.CharField(
                    blank=True, max_length=200, null=True, verbose_name="参加集体研究的人员"
                ),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="resumed_on",
                field=models.DateField(blank=True, null=True, verbose_name="恢复办理日期"),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="stopped_on",
                field=models.DateField(blank=True, null=True, verbose_name="因回避停办日期"),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="stopped_why",
                field=models.CharField(blank=True, max_length=200, null=True, verbose_name="停办原因"),
            ),
            migrations.AddField(
                model_name="leadstep",
                name="why_asked",
                field=models.CharField(blank=True, max_length=300, null=True, verbose_name="审批依据"),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="birth_month",
                field=models.CharField(blank=True, max_length=7, verbose_name="出生年月"),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="category",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="cases.category",
                    verbose_name="问题类别",
                ),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="congress_seat",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("national", "全国"),
                        ("province", "省级"),
                        ("city", "市级"),
                        ("county", "县级"),
                        ("township", "乡级"),
                    ],
                    max_length=8,
                    verbose_name="人大代表",
                ),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="cppcc_seat",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("national", "全国"),
                        ("province", "省级"),
                        ("city", "市级"),
                        ("county", "县级"),
                        ("township", "乡级"),
                    ],
                    max_length=8,
                    verbose_name="政协委员",
                ),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="education",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("graduate", "研究生"),
                        ("bachelor", "大学本科"),
                        ("college", "大学专科"),
                        ("secondary", "高中、中专"),
                        ("junior", "初中"),
                        ("primary", "小学及以下"),
                    ],
                    max_length=10,
                    verbose_name="学历",
                ),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="ethnicity",
                field=models.CharField(blank=True, max_length=20, verbose_name="民族"),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="gender",
                field=models.CharField(
                    blank=True, choices=[("male", "男"), ("female", "女")], max_length=6, verbose_name="性别"
                ),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="id_digest",
                field=models.CharField(
                    blank=True, editable=False, max_length=64, verbose_name="身份证号摘要"
                ),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="id_last4",
                field=models.CharField(
                    blank=True, editable=False, max_length=4, verbose_name="身份证号末四位"
                ),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="number_one",
                field=models.BooleanField(default=False, verbose_name="单位一把手"),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="party_entry_month",
                field=models.CharField(blank=True, max_length=7, verbose_name="入党年月"),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="political_status",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("member", "中共党员"),
                        ("probationary", "中共预备党员"),
                        ("league", "共青团员"),
                        ("democratic", "民主党派成员"),
                        ("none", "群众"),
                    ],
                    max_length=12,
                    verbose_name="政治面貌",
                ),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="rank_kind",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("province", "省部级"),
                        ("bureau", "厅局级"),
                        ("county", "县处级"),
                        ("township", "乡科级"),
                        ("clerk", "一般干部"),
                        ("village", "农村、社区人员"),
                        ("enterprise", "企业人员"),
                        ("other", "其他人员"),
                    ],
                    max_length=10,
                    verbose_name="职级层次",
                ),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="rank_text",
                field=models.CharField(blank=True, max_length=40, verbose_name="职级"),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="style",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="cases.category",
                    verbose_name="作风问题",
                ),
            ),
        ),
        Together(
            migrations.CreateModel(
                name="ManagedBy",
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
                    "verbose_name": "干部管理权限",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="managedby_one_proposal",
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
                            name="managedby_two_pairs_of_eyes",
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
                            name="managedby_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="managedby_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SuperiorReceipt",
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
                            choices=[("waiting", "待报送"), ("sent", "已报送")],
                            default="waiting",
                            editable=False,
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    ("received_on", models.DateField(verbose_name="收到日期")),
                    ("sent_on", models.DateField(blank=True, null=True, verbose_name="报送日期")),
                    (
                        "superior_receipt",
                        models.CharField(
                            blank=True,
                            max_length=30,
                            validators=[
                                django.core.validators.RegexValidator(
                                    "^([一-鿿]{0,6}[〔\\[(（]?\\d{4}[〕\\])）]?第?\\d{1,6}号?|[0-9A-Za-z][0-9A-Za-z\\-_/.]{0,29})$",
                                    "回执号只写编号，例如“澄信收〔2026〕31号”，不写其他内容。",
                                )
                            ],
                            verbose_name="上级回执号",
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
                        "registered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "registering_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="登记单位",
                        ),
                    ),
                    (
                        "sent_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="报送人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "上级管辖件",
                    "ordering": ("-received_on", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("sent_by__isnull", False), ("sent_on__isnull", False), ("state", "sent")
                                ),
                                models.Q(
                                    ("sent_by", None),
                                    ("sent_on", None),
                                    ("state", "waiting"),
                                    ("superior_receipt", ""),
                                ),
                                _connector="OR",
                            ),
                            name="superior_receipt_sent_is_dated",
                            violation_error_message="报送后须有报送日期和报送人，报送前不能有。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("sent_on", None), ("sent_on__gte", models.F("received_on")), _connector="OR"
                            ),
                            name="superior_receipt_dates_in_order",
                            violation_error_message="报送日期不能早于收到日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="IdentityRequest",
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
                    ("reason", models.CharField(max_length=200, verbose_name="查看事由")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("requested", "待审批"),
                                ("approved", "已批准"),
                                ("refused", "未批准"),
                                ("ended", "已结束"),
                            ],
                            default="requested",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="审批时间")),
                    ("decision", models.TextField(blank=True, verbose_name="审批意见")),
                    ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="可查看至")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="审批人",
                        ),
                    ),
                    (
                        "decider",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.person",
                            verbose_name="审批人（自然人）",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="identity_requests",
                            to="cases.lead",
                            verbose_name="问题线索",
                        ),
                    ),
                    (
                        "requested_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="申请人",
                        ),
                    ),
                    (
                        "requester",
                        models.ForeignKey(
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.person",
                            verbose_name="申请人（自然人）",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "查看反映人申请",
                    "ordering": ("-id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "requested")),
                            fields=("lead", "requester"),
                            name="identity_asked_once",
                            violation_error_message="您已经提出申请，正在等待审批。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decider", None),
                                models.Q(("decider", models.F("requester")), _negated=True),
                                _connector="OR",
                            ),
                            name="identity_two_persons",
                            violation_error_message="申请人和审批人不能是同一个人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decided_at", None),
                                    ("decided_by", None),
                                    ("decider", None),
                                    ("state", "requested"),
                                ),
                                models.Q(
                                    models.Q(("state", "requested"), _negated=True),
                                    ("decided_at__isnull", False),
                                    ("decided_by__isnull", False),
                                    ("decider__isnull", False),
                                ),
                                models.Q(
                                    ("decided_at", None),
                                    ("decided_by", None),
                                    ("decider", None),
                                    ("state", "ended"),
                                ),
                                _connector="OR",
                            ),
                            name="identity_decided_is_whole",
                            violation_error_message="审批须同时写明审批人和时间。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("expires_at__gt", models.F("decided_at")),
                                    ("expires_at__isnull", False),
                                    ("state", "approved"),
                                ),
                                ("state", "ended"),
                                models.Q(("expires_at", None), ("state__in", ("requested", "refused"))),
                                _connector="OR",
                            ),
                            name="identity_reads_for_a_while",
                            violation_error_message="批准查看须定下截止时间。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Assist",
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
                    ("task", models.TextField(blank=True, verbose_name="协办事项")),
                    ("asked_on", models.DateField(verbose_name="交办日期")),
                    ("result", models.TextField(blank=True, verbose_name="协办结果")),
                    ("ended_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="交办人",
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
                            verbose_name="反馈人",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="assists",
                            to="cases.lead",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="协办部门",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "协办",
                    "ordering": ("id",),
                    "indexes": [models.Index(fields=["unit", "ended_on"], name="assist_unit_ended")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_on", None)),
                            fields=("lead", "unit"),
                            name="assist_once_at_a_time",
                            violation_error_message="该部门已在协办这件线索，不需要重复交办。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("given_by", None), ("result", "")),
                                models.Q(
                                    models.Q(("result", ""), _negated=True),
                                    ("ended_on__isnull", False),
                                    ("given_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="assist_result_by_somebody",
                            violation_error_message="协办结果须写明由谁反馈。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ended_on", None), ("ended_on__gte", models.F("asked_on")), _connector="OR"
                            ),
                            name="assist_ends_after_start",
                            violation_error_message="协办结束日期不能早于交办日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Batch",
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
                            choices=[("open", "办理中"), ("closed", "已结清")],
                            default="open",
                            editable=False,
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    ("title", models.CharField(max_length=100, verbose_name="批次名称")),
                    ("sender", models.CharField(max_length=100, verbose_name="交办单位")),
                    ("sender_number", models.CharField(blank=True, max_length=60, verbose_name="来文编号")),
                    ("received_on", models.DateField(verbose_name="收到日期")),
                    (
                        "promised",
                        models.PositiveIntegerField(
                            validators=[
                                django.core.validators.MinValueValidator(1),
                                django.core.validators.MaxValueValidator(10000),
                            ],
                            verbose_name="来文载明件数",
                        ),
                    ),
                    ("deadline", models.DateField(blank=True, null=True, verbose_name="要求办结日期")),
                    ("closed_on", models.DateField(blank=True, null=True, verbose_name="结清日期")),
                    (
                        "received_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
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
                ],
                options={
                    "verbose_name": "交办批次",
                    "ordering": ("-received_on", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_on__isnull", False), ("state", "closed")),
                                models.Q(("closed_on", None), ("state", "open")),
                                _connector="OR",
                            ),
                            name="batch_closed_is_dated",
                            violation_error_message="结清的批次须有结清日期，未结清的不能有。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("promised__gte", 1), ("promised__lte", 10000)),
                            name="batch_promises_leads",
                            violation_error_message="来文载明件数应在 1 至 10000 之间。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("deadline", None),
                                    ("deadline__gte", models.F("received_on")),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("closed_on", None),
                                    ("closed_on__gte", models.F("received_on")),
                                    _connector="OR",
                                ),
                            ),
                            name="batch_dates_in_order",
                            violation_error_message="要求办结日期和结清日期不能早于收到日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ApprovalRule",
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
                        "decision",
                        models.CharField(
                            choices=[
                                ("talk_inquiry", "谈话函询"),
                                ("verify", "初步核实"),
                                ("hold", "暂存待查"),
                                ("close", "予以了结"),
                                ("file_case", "立案审查调查"),
                                ("adjudicate", "移送审理"),
                                ("after_check", "初步核实、审查调查、审理后的处理意见"),
                            ],
                            max_length=14,
                            verbose_name="审批事项",
                        ),
                    ),
                    (
                        "level",
                        models.CharField(
                            choices=[
                                ("any", "一般人员"),
                                ("managed", "同级党委管理的干部"),
                                ("managed_head", "同级党委管理的正职"),
                                ("principal", "下一级党委（党组）主要负责人"),
                            ],
                            max_length=14,
                            verbose_name="被反映人层级",
                        ),
                    ),
                    (
                        "approver",
                        models.CharField(
                            choices=[
                                ("deputy", "分管领导"),
                                ("secretary", "主要负责人"),
                                ("party", "同级党委主要负责人"),
                                ("superior", "上一级纪检监察机关"),
                            ],
                            max_length=10,
                            verbose_name="审批人",
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
                    "verbose_name": "审批权限",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="approvalrule_one_proposal",
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
                            name="approvalrule_two_pairs_of_eyes",
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
                            name="approvalrule_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="approvalrule_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ClosingDuty",
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
                            choices=[
                                ("tell_person", "向本人反馈采信情况"),
                                ("at_meeting", "本人在民主生活会上说明"),
                                ("tell_unit", "向所在单位党组织说明核查情况"),
                            ],
                            max_length=12,
                            verbose_name="后续事项",
                        ),
                    ),
                    ("since", models.DateField(verbose_name="起算日")),
                    ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                    ("text", models.TextField(blank=True, verbose_name="完成情况")),
                    ("late_days", models.PositiveSmallIntegerField(default=0, verbose_name="超期天数")),
                    ("dropped_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
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
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="closing_duties",
                            to="cases.lead",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "了结后续事项",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("done_on", None), ("dropped_on", None)),
                            fields=("lead", "kind"),
                            name="one_open_duty_per_kind",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("done_by", None), ("done_on", None)),
                                models.Q(
                                    ("done_by__isnull", False),
                                    ("done_on__gte", models.F("since")),
                                    ("done_on__isnull", False),
                                    models.Q(("text", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="duty_done_is_whole",
                            violation_error_message="完成后续事项须写明日期、登记人和情况，日期不能早于办结。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="HoldReview",
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
                    ("due_on", models.DateField(verbose_name="定下的复核日期")),
                    ("reviewed_on", models.DateField(verbose_name="复核日期")),
                    ("finding", models.TextField(verbose_name="复核情况")),
                    ("next_on", models.DateField(verbose_name="下次复核日期")),
                    ("late_days", models.PositiveSmallIntegerField(default=0, verbose_name="超期天数")),
                    (
                        "reviewed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="复核人",
                        ),
                    ),
                    (
                        "step",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="hold_reviews",
                            to="cases.leadstep",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "暂存复核",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("next_on__gt", models.F("reviewed_on"))),
                            name="hold_review_next_is_later",
                            violation_error_message="下次复核日期应晚于本次复核日期。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="StepPaper",
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
                        "attachment",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.attachment",
                            verbose_name="材料",
                        ),
                    ),
                    (
                        "step",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="papers",
                            to="cases.leadstep",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "步骤材料",
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="StepParticipant",
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
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.person",
                            verbose_name="参加人员（自然人）",
                        ),
                    ),
                    (
                        "step",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="participants",
                            to="cases.leadstep",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="参加人员",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "参加人员",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("step", "person"),
                            name="participant_once_per_step",
                            violation_error_message="同一个人在一个步骤里只登记一次。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="CallCategory",
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
                        "axis",
                        models.CharField(
                            choices=[("matter", "咨询求助和诉求"), ("complaint", "反映干部问题")],
                            max_length=10,
                            verbose_name="大类",
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
                    "verbose_name": "来电类别",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="callcategory_one_proposal",
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
                            name="callcategory_two_pairs_of_eyes",
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
                            name="callcategory_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="callcategory_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CallDigest",
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
                                ("issued", "已呈送"),
                                ("instructed", "有批示待落实"),
                                ("answered", "批示已落实"),
                            ],
                            default="issued",
                            editable=False,
                            max_length=12,
                            verbose_name="状态",
                        ),
                    ),
                    ("made_for", models.DateTimeField(verbose_name="汇编时间")),
                    ("issue", models.PositiveIntegerField(verbose_name="期数")),
                    (
                        "desk_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="汇编单位",
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
                ],
                options={
                    "verbose_name": "专线快报",
                    "constraints": [
                        models.UniqueConstraint(fields=("desk_unit", "made_for"), name="digest_once_an_hour")
                    ],
                },
            ),
            migrations.CreateModel(
                name="DigestHour",
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
                    "verbose_name": "快报汇编时间",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="digesthour_one_proposal",
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
                            name="digesthour_two_pairs_of_eyes",
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
                            name="digesthour_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="digesthour_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="HotlineCall",
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
                                ("registered", "待处理"),
                                ("transferred", "待签收"),
                                ("in_hand", "办理中"),
                                ("replied", "待回复来电人"),
                                ("lead", "已转线索待回复"),
                                ("answered", "已回复来电人"),
                                ("closed", "已办结"),
                            ],
                            default="registered",
                            editable=False,
                            max_length=12,
                            verbose_name="状态",
                        ),
                    ),
                    ("received_at", models.DateTimeField(verbose_name="来电时间")),
                    ("urgent", models.BooleanField(default=False, verbose_name="紧急")),
                    ("title", models.CharField(max_length=100, verbose_name="来电摘要")),
                    ("text", models.TextField(blank=True, verbose_name="来电内容")),
                    ("transferred_on", models.DateField(blank=True, null=True, verbose_name="转办日期")),
                    ("signed_for_on", models.DateField(blank=True, null=True, verbose_name="签收日期")),
                    ("reply_text", models.TextField(blank=True, verbose_name="办理情况")),
                    ("replied_on", models.DateField(blank=True, null=True, verbose_name="报告办理情况日期")),
                    (
                        "answer_way",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("at_once", "当场答复"),
                                ("phone", "电话回复"),
                                ("message", "短信回复"),
                                ("visit", "当面回复"),
                                ("public", "未留联系方式，公开答复"),
                            ],
                            max_length=10,
                            verbose_name="回复方式",
                        ),
                    ),
                    ("answered_on", models.DateField(blank=True, null=True, verbose_name="回复日期")),
                    ("answer_text", models.TextField(blank=True, verbose_name="回复内容")),
                    ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="回复人",
                        ),
                    ),
                    (
                        "category",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.callcategory",
                            verbose_name="来电类别",
                        ),
                    ),
                    (
                        "lead",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.lead",
                            verbose_name="转为线索",
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
                        "registered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "registering_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="登记单位",
                        ),
                    ),
                    (
                        "signed_for_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签收人",
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
                            verbose_name="办理单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "专线来电",
                    "indexes": [
                        models.Index(fields=["registering_unit", "state"], name="call_desk_state"),
                        models.Index(fields=["unit", "state"], name="call_unit_state"),
                        models.Index(fields=["region", "-received_at"], name="call_region_received"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer_way", ""), ("answered_by", None), ("answered_on", None)),
                                models.Q(
                                    ("answered_by__isnull", False),
                                    ("answered_on__isnull", False),
                                    models.Q(("answer_way", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="call_answer_is_whole",
                            violation_error_message="回复须同时写明方式、日期和回复人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ("answered", "closed")), _negated=True),
                                ("answered_on__isnull", False),
                                _connector="OR",
                            ),
                            name="call_ends_with_an_answer",
                            violation_error_message="没有回复来电人的，不能办结。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ("transferred", "in_hand", "replied")), _negated=True),
                                ("unit__isnull", False),
                                _connector="OR",
                            ),
                            name="call_with_a_unit",
                            violation_error_message="转办的来电须写明办理单位。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "lead"), _negated=True),
                                ("lead__isnull", False),
                                _connector="OR",
                            ),
                            name="call_became_a_lead",
                            violation_error_message="转为线索的来电须写明线索。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DigestLine",
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
                    ("ordinal", models.PositiveIntegerField(verbose_name="序号")),
                    ("standing", models.CharField(max_length=160, verbose_name="汇编时的办理情况")),
                    ("answered", models.BooleanField(verbose_name="汇编时已回复来电人")),
                    (
                        "digest",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="cases.calldigest",
                        ),
                    ),
                    (
                        "call",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="digest_line",
                            to="cases.hotlinecall",
                            verbose_name="来电",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "快报内容",
                    "ordering": ("digest", "ordinal"),
                    "constraints": [
                        models.UniqueConstraint(fields=("digest", "ordinal"), name="digest_line_ordinal_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Instruction",
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
                    ("text", models.TextField(verbose_name="批示")),
                    ("given_at", models.DateTimeField(verbose_name="批示时间")),
                    ("due_on", models.DateField(verbose_name="报告期限")),
                    ("answered_on", models.DateField(blank=True, null=True, verbose_name="报告日期")),
                    ("answer_text", models.TextField(blank=True, verbose_name="落实情况")),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="报告人",
                        ),
                    ),
                    (
                        "call",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="instructions",
                            to="cases.hotlinecall",
                            verbose_name="来电",
                        ),
                    ),
                    (
                        "digest",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="instructions",
                            to="cases.calldigest",
                        ),
                    ),
                    (
                        "leader",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="批示人",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="落实部门",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "批示",
                    "ordering": ("given_at", "id"),
                    "indexes": [models.Index(fields=["unit", "answered_on"], name="instruction_unit_open")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer_text", ""), ("answered_by", None), ("answered_on", None)),
                                models.Q(
                                    ("answered_by__isnull", False),
                                    ("answered_on__isnull", False),
                                    models.Q(("answer_text", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="instruction_answer_is_whole",
                            violation_error_message="批示的落实情况须同时写明内容、日期和报告人。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Outcome",
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
                                ("suggested", "已建议待决定"),
                                ("pending", "待执行"),
                                ("executed", "已执行"),
                                ("declined", "建议未采纳"),
                                ("replaced", "已变更或者撤销"),
                            ],
                            default="pending",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("party", "党纪处分"),
                                ("admin", "政务处分"),
                                ("org", "组织处理"),
                                ("first", "第一种形态措施"),
                                ("transfer", "移送检察机关"),
                                ("none", "不予处分"),
                            ],
                            max_length=10,
                            verbose_name="类别",
                        ),
                    ),
                    (
                        "measure",
                        models.CharField(
                            choices=[
                                ("none_no_sanction", "不予处分"),
                                ("none_exempt", "免予处分"),
                                ("none_dropped", "撤销案件"),
                                ("none_revoked", "撤销原处理决定"),
                                ("first_reminder", "提醒谈话"),
                                ("first_warning_talk", "警示谈话"),
                                ("first_criticism", "批评教育"),
                                ("first_stop", "纠正或者停止违纪行为"),
                                ("first_give_back", "责成退出违纪所得"),
                                ("first_deadline", "限期整改"),
                                ("first_self_examination", "责令作出口头或者书面检查"),
                                ("first_meeting", "民主生活会批评帮助"),
                                ("first_apology", "责令公开道歉（检讨）"),
                                ("first_circular", "通报（批评）"),
                                ("first_other", "其他第一种形态措施"),
                                ("first_admonition", "诫勉"),
                                ("org_suspension", "停职检查"),
                                ("org_lateral", "平职调整"),
                                ("org_rank", "转任职级公务员"),
                                ("org_resign", "责令辞职"),
                                ("org_remove", "免职"),
                                ("org_retire", "提前退休"),
                                ("org_demote", "降职"),
                                ("admin_warning", "政务警告"),
                                ("admin_demerit", "政务记过"),
                                ("admin_major_demerit", "政务记大过"),
                                ("admin_demotion", "政务降级"),
                                ("party_warning", "党内警告"),
                                ("party_serious_warning", "党内严重警告"),
                                ("admin_removal", "政务撤职"),
                                ("party_removal", "撤销党内职务"),
                                ("party_probation", "留党察看"),
                                ("admin_dismissal", "政务开除"),
                                ("party_expulsion", "开除党籍"),
                                ("transfer_prosecution", "移送检察机关审查起诉"),
                            ],
                            max_length=24,
                            verbose_name="处理",
                        ),
                    ),
                    ("suggested_on", models.DateField(blank=True, null=True, verbose_name="建议日期")),
                    ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                    ("body", models.CharField(blank=True, max_length=60, verbose_name="决定机关")),
                    ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                    ("facts", models.TextField(blank=True, verbose_name="违纪违法事实")),
                    ("party_member", models.BooleanField(blank=True, null=True, verbose_name="是否中共党员")),
                    (
                        "admin_limit",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("village", "村（社区）干部（政务处分法第二十二条）"),
                                ("other", "其他依法履行公职的人员（政务处分法第二十三条）"),
                            ],
                            max_length=8,
                            verbose_name="政务处分限制",
                        ),
                    ),
                    ("no_party_post", models.BooleanField(default=False, verbose_name="应撤职但无党内职务")),
                    ("criminal", models.BooleanField(default=False, verbose_name="因犯罪被追究刑事责任")),
                    ("probation_until", models.DateField(blank=True, null=True, verbose_name="察看期至")),
                    ("effect_until", models.DateField(blank=True, null=True, verbose_name="影响期至")),
                    (
                        "effect_words",
                        models.CharField(blank=True, max_length=400, verbose_name="影响期的算法"),
                    ),
                    (
                        "form",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (0, "不计入四种形态"),
                                (1, "第一种形态"),
                                (2, "第二种形态"),
                                (3, "第三种形态"),
                                (4, "第四种形态"),
                            ],
                            default=0,
                            verbose_name="四种形态",
                        ),
                    ),
                    (
                        "counts",
                        models.BooleanField(default=False, editable=False, verbose_name="计入四种形态"),
                    ),
                    (
                        "supplement_since",
                        models.DateField(blank=True, null=True, verbose_name="退回补充调查日期"),
                    ),
                    (
                        "supplements",
                        models.PositiveSmallIntegerField(default=0, verbose_name="退回补充调查次数"),
                    ),
                    (
                        "correction",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("review", "复审"),
                                ("recheck", "复核"),
                                ("change", "变更"),
                                ("revoke", "撤销"),
                            ],
                            max_length=8,
                            verbose_name="更正方式",
                        ),
                    ),
                    (
                        "corrects",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="corrections",
                            to="cases.outcome",
                            verbose_name="原决定",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="outcomes",
                            to="cases.lead",
                            verbose_name="问题线索",
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
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="outcomes",
                            to="cases.leadsubject",
                            verbose_name="被处理人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "处理结果",
                    "ordering": ("-decided_on", "-id"),
                    "indexes": [
                        models.Index(fields=["-decided_on", "-id"], name="outcome_decided"),
                        models.Index(fields=["region", "state"], name="outcome_region_state"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("pk__in", ()),
                                models.Q(("kind", "party"), ("measure__startswith", "party_")),
                                models.Q(("kind", "admin"), ("measure__startswith", "admin_")),
                                models.Q(("kind", "org"), ("measure__startswith", "org_")),
                                models.Q(("kind", "first"), ("measure__startswith", "first_")),
                                models.Q(("kind", "transfer"), ("measure__startswith", "transfer_")),
                                models.Q(("kind", "none"), ("measure__startswith", "none_")),
                                _connector="OR",
                            ),
                            name="outcome_kind_of_measure",
                            violation_error_message="处理与类别不符，请重新选择。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decided_on", None),
                                    ("document_number", ""),
                                    ("state__in", ("suggested", "declined")),
                                ),
                                models.Q(
                                    ("decided_on__isnull", False),
                                    models.Q(("body", ""), _negated=True),
                                    models.Q(("state__in", ("suggested", "declined")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="outcome_decided_is_whole",
                            violation_error_message="作出决定的须写明日期和机关，只是建议的不能写。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("suggested_on", None),
                                    models.Q(("state__in", ("suggested", "declined")), _negated=True),
                                ),
                                ("kind", "org"),
                                _connector="OR",
                            ),
                            name="outcome_only_org_is_suggested",
                            violation_error_message="只有组织处理可以先提出建议。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "party"), _negated=True),
                                models.Q(("party_member", True), ("party_member__isnull", False)),
                                _connector="OR",
                            ),
                            name="outcome_party_for_members",
                            violation_error_message="党纪处分只能给予中共党员。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "admin"), _negated=True),
                                ("admin_limit", ""),
                                ("measure__in", ("admin_warning", "admin_demerit", "admin_major_demerit")),
                                _connector="OR",
                            ),
                            name="outcome_light_admin_for_villages",
                            violation_error_message="对村干部等人员只能给予警告、记过、记大过（政务处分法第二十二条、第二十三条）。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("no_party_post", False),
                                ("measure", "party_serious_warning"),
                                _connector="OR",
                            ),
                            name="outcome_no_party_post_serious",
                            violation_error_message="“应撤职但无党内职务”只用于党内严重警告。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("supplements__lte", 2),
                                models.Q(
                                    models.Q(("supplement_since", None), ("supplements", 0)),
                                    ("kind", "transfer"),
                                    _connector="OR",
                                ),
                            ),
                            name="outcome_two_supplements",
                            violation_error_message="补充调查以二次为限（监察法第五十四条）。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("correction", ""), ("corrects", None)),
                                models.Q(
                                    ("corrects__isnull", False),
                                    models.Q(("correction", ""), _negated=True),
                                    models.Q(("corrects", models.F("id")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="outcome_corrects_another",
                            violation_error_message="更正须写明原决定和更正方式。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("counts", False),
                                models.Q(
                                    ("state__in", ("pending", "executed")),
                                    models.Q(("form", 0), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="outcome_counted_stands",
                            violation_error_message="只有有效的处理计入四种形态。",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("counts", True)),
                            fields=("subject",),
                            name="outcome_person_counts_once",
                            violation_error_message="一人只按最重的一种形态计一次。",
                        ),
                        models.UniqueConstraint(
                            fields=("corrects",),
                            name="outcome_corrected_once",
                            violation_error_message="该决定已有更正，请在最新的决定上办理。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Duty",
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
                            choices=[
                                ("announce", "宣布处分决定"),
                                ("adjust", "办理职务、工资等变更手续"),
                                ("file", "处分决定归入档案"),
                                ("report", "报告处分执行情况"),
                                ("restore", "察看期满恢复党员权利"),
                                ("prosecute", "登记检察机关处理结果"),
                            ],
                            max_length=10,
                            verbose_name="执行事项",
                        ),
                    ),
                    ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                    ("applies", models.BooleanField(default=True, verbose_name="适用")),
                    ("paper", models.CharField(blank=True, max_length=200, verbose_name="文书或者说明")),
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
                    (
                        "outcome",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="duties",
                            to="cases.outcome",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "执行事项",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(fields=("outcome", "kind"), name="duty_once_per_outcome"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("done_on", None), ("recorded_by", None)),
                                models.Q(
                                    ("done_on__isnull", False),
                                    ("recorded_by__isnull", False),
                                    models.Q(("paper", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="duty_done_by_someone",
                            violation_error_message="执行情况须写明日期、依据和登记人。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TrialReturn",
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
                            choices=[("evidence", "退回补充证据"), ("again", "退回重新审查调查")],
                            max_length=10,
                            verbose_name="退回方式",
                        ),
                    ),
                    ("reason", models.TextField(verbose_name="退回理由")),
                    ("returned_on", models.DateField(verbose_name="退回日期")),
                    ("resubmitted_on", models.DateField(blank=True, null=True, verbose_name="重新送审日期")),
                    ("answer", models.TextField(blank=True, verbose_name="补证情况")),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="trial_returns",
                            to="cases.lead",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "审理退回",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("kind", "evidence"), ("resubmitted_on", None)),
                            fields=("lead",),
                            name="trial_return_one_open",
                            violation_error_message="该案已退回补证，尚未重新送审。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("resubmitted_on", None),
                                ("resubmitted_on__gte", models.F("returned_on")),
                                _connector="OR",
                            ),
                            name="trial_return_in_order",
                            violation_error_message="重新送审日期不能早于退回日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Case",
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
                    ("number", models.CharField(max_length=40, unique=True, verbose_name="立案编号")),
                    ("filed_on", models.DateField(verbose_name="立案日期")),
                    (
                        "lead",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="case",
                            to="cases.lead",
                            verbose_name="问题线索",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "案件",
                    "ordering": ("-filed_on", "-id"),
                    "indexes": [models.Index(fields=["-filed_on", "-id"], name="case_filed")],
                },
            ),
            migrations.CreateModel(
                name="CaseMoney",
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
                            choices=[
                                ("collected", "收缴"),
                                ("confiscated", "没收"),
                                ("refund", "责令退赔"),
                                ("handed_in", "登记上交"),
                                ("recovered", "追缴"),
                            ],
                            max_length=12,
                            verbose_name="方式",
                        ),
                    ),
                    (
                        "owed_fen",
                        models.BigIntegerField(
                            validators=[django.core.validators.MaxValueValidator(1000000000000000)],
                            verbose_name="应缴金额（分）",
                        ),
                    ),
                    ("taken_fen", models.BigIntegerField(default=0, verbose_name="已缴金额（分）")),
                    ("returned_fen", models.BigIntegerField(default=0, verbose_name="其中退还群众（分）")),
                    ("paper", models.CharField(max_length=60, verbose_name="文书或者凭证号")),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="money", to="cases.lead"
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="money",
                            to="cases.leadsubject",
                            verbose_name="人员",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "涉案款物",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("owed_fen__gte", 1), ("owed_fen__lte", 1000000000000000)),
                            name="case_money_in_range",
                            violation_error_message="应缴金额应大于 0，且不超过 10 万亿元。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("taken_fen__gte", 0), ("taken_fen__lte", models.F("owed_fen"))
                            ),
                            name="case_money_taken_within_owed",
                            violation_error_message="已缴金额不能超过应缴金额。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("returned_fen__gte", 0), ("returned_fen__lte", models.F("taken_fen"))
                            ),
                            name="case_money_returned_within_taken",
                            violation_error_message="退还群众的金额不能超过已缴金额。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CasePerson",
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
                    ("party_member", models.BooleanField(blank=True, null=True, verbose_name="是否中共党员")),
                    ("party_filed_on", models.DateField(blank=True, null=True, verbose_name="党纪立案日期")),
                    ("party_body", models.CharField(blank=True, max_length=60, verbose_name="党纪立案机关")),
                    ("state_filed_on", models.DateField(blank=True, null=True, verbose_name="政务立案日期")),
                    ("state_body", models.CharField(blank=True, max_length=60, verbose_name="政务立案机关")),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="case_persons",
                            to="cases.lead",
                        ),
                    ),
                    (
                        "subject",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="case_person",
                            to="cases.leadsubject",
                            verbose_name="人员",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "立案人员",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("party_filed_on__isnull", False),
                                ("state_filed_on__isnull", False),
                                _connector="OR",
                            ),
                            name="case_person_is_filed",
                            violation_error_message="立案人员须有党纪立案或者政务立案的日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("party_body", ""), ("party_filed_on", None)),
                                models.Q(
                                    ("party_filed_on__isnull", False),
                                    models.Q(("party_body", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="case_person_party_body",
                            violation_error_message="党纪立案须同时写明日期和机关。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state_body", ""), ("state_filed_on", None)),
                                models.Q(
                                    ("state_filed_on__isnull", False),
                                    models.Q(("state_body", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="case_person_state_body",
                            violation_error_message="政务立案须同时写明日期和机关。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("party_filed_on", None),
                                models.Q(("party_member", False), _negated=True),
                                _connector="OR",
                            ),
                            name="case_person_party_member",
                            violation_error_message="不是中共党员的人员不能作党纪立案。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PartnerBody",
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
                    "verbose_name": "移送机关",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="partnerbody_one_proposal",
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
                            name="partnerbody_two_pairs_of_eyes",
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
                            name="partnerbody_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="partnerbody_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Handover",
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
                                ("sent", "待回执"),
                                ("acknowledged", "已回执"),
                                ("answered", "已反馈结果"),
                                ("returned", "已退回"),
                            ],
                            default="sent",
                            editable=False,
                            max_length=14,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "direction",
                        models.CharField(
                            choices=[("out", "移出"), ("in", "移入")], max_length=4, verbose_name="方向"
                        ),
                    ),
                    ("their_number", models.CharField(blank=True, max_length=60, verbose_name="对方编号")),
                    ("document", models.CharField(max_length=100, verbose_name="移送文件")),
                    ("handed_on", models.DateField(verbose_name="移送日期")),
                    ("text", models.TextField(blank=True, verbose_name="移送说明")),
                    ("receipt_on", models.DateField(blank=True, null=True, verbose_name="回执日期")),
                    ("receipt_by", models.CharField(blank=True, max_length=60, verbose_name="回执人")),
                    ("receipt_number", models.CharField(blank=True, max_length=60, verbose_name="回执编号")),
                    ("answered_on", models.DateField(blank=True, null=True, verbose_name="反馈日期")),
                    ("answer_text", models.TextField(blank=True, verbose_name="办理结果")),
                    ("returned_on", models.DateField(blank=True, null=True, verbose_name="退回日期")),
                    ("return_reason", models.TextField(blank=True, verbose_name="退回理由")),
                    (
                        "handed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="经办人",
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
                        "unit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="对方单位",
                        ),
                    ),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.partnerbody",
                            verbose_name="对方机关类别",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "线索移送",
                    "ordering": ("-handed_on", "-id"),
                    "indexes": [
                        models.Index(fields=["region", "direction", "state"], name="handover_region_state"),
                        models.Index(fields=["unit", "handed_on"], name="handover_unit_day"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("receipt_by", ""), ("receipt_number", ""), ("receipt_on", None)),
                                models.Q(
                                    ("receipt_on__isnull", False), models.Q(("receipt_by", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="handover_receipt_is_whole",
                            violation_error_message="回执须写明日期和回执人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("answered_on", None),
                                    ("receipt_on", None),
                                    ("returned_on", None),
                                    ("state", "sent"),
                                ),
                                models.Q(
                                    ("answered_on", None),
                                    ("receipt_on__isnull", False),
                                    ("returned_on", None),
                                    ("state", "acknowledged"),
                                ),
                                models.Q(
                                    ("answered_on__isnull", False),
                                    ("receipt_on__isnull", False),
                                    ("returned_on", None),
                                    ("state", "answered"),
                                ),
                                models.Q(
                                    ("answered_on", None),
                                    ("returned_on__isnull", False),
                                    ("state", "returned"),
                                    models.Q(("return_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="handover_state_is_dated",
                            violation_error_message="回执、反馈、退回的日期须与状态相符。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("receipt_on", None),
                                    ("receipt_on__gte", models.F("handed_on")),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("answered_on", None),
                                    ("answered_on__gte", models.F("receipt_on")),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("returned_on", None),
                                    ("returned_on__gte", models.F("handed_on")),
                                    _connector="OR",
                                ),
                            ),
                            name="handover_dates_in_order",
                            violation_error_message="回执和退回日期不能早于移送日期，反馈日期不能早于回执日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="HandoverRow",
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
                    ("ordinal", models.PositiveSmallIntegerField(verbose_name="序号")),
                    (
                        "standing",
                        models.CharField(
                            choices=[
                                ("waiting", "待对方确认"),
                                ("taken", "对方已确认"),
                                ("missed", "对方未确认"),
                                ("to_register", "待登记"),
                                ("registered", "已登记"),
                                ("refused", "不予受理"),
                                ("returned", "已退回"),
                            ],
                            max_length=12,
                            verbose_name="核对情况",
                        ),
                    ),
                    ("title", models.CharField(blank=True, max_length=100, verbose_name="问题摘要")),
                    ("persons", models.CharField(blank=True, max_length=100, verbose_name="涉及人员")),
                    (
                        "amount_fen",
                        models.BigIntegerField(
                            blank=True,
                            null=True,
                            validators=[django.core.validators.MaxValueValidator(1000000000000000)],
                            verbose_name="涉及金额（分）",
                        ),
                    ),
                    ("reason", models.TextField(blank=True, verbose_name="理由")),
                    (
                        "handover",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rows",
                            to="cases.handover",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="handover_rows",
                            to="cases.lead",
                            verbose_name="线索",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="问题属地",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "移送的线索",
                    "ordering": ("handover", "ordinal"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("handover", "ordinal"), name="handover_row_ordinal_once"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("lead__isnull", False)),
                            fields=("handover", "lead"),
                            name="handover_row_lead_once",
                            violation_error_message="同一件线索在一次移送中只能列一次。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("lead__isnull", False),
                                    ("standing__in", ("waiting", "taken", "missed", "registered")),
                                ),
                                models.Q(("lead", None), ("standing__in", ("to_register", "refused"))),
                                ("standing", "returned"),
                                _connector="OR",
                            ),
                            name="handover_row_standing",
                            violation_error_message="移出的和已登记的须对应线索，待登记和不予受理的不能对应线索。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("standing", "refused"), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="handover_row_refused_with_reason",
                            violation_error_message="不予受理须写明理由。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("amount_fen", None),
                                models.Q(("amount_fen__gte", 0), ("amount_fen__lte", 1000000000000000)),
                                _connector="OR",
                            ),
                            name="handover_row_amount_in_range",
                            violation_error_message="涉及金额不能为负数，也不能超过 10 万亿元。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Declaration",
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
                            choices=[("kin", "亲属关系"), ("home", "家乡所在地"), ("unit", "曾任职单位")],
                            max_length=6,
                            verbose_name="申报事项",
                        ),
                    ),
                    ("name", models.CharField(blank=True, max_length=60, verbose_name="亲属姓名")),
                    ("relation", models.CharField(blank=True, max_length=30, verbose_name="与本人关系")),
                    ("unit_text", models.CharField(blank=True, max_length=100, verbose_name="曾任职单位")),
                    (
                        "state",
                        models.CharField(
                            choices=[("standing", "有效"), ("ended", "已撤销")],
                            default="standing",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "home",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="家乡所在地",
                        ),
                    ),
                    (
                        "noted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="declarations",
                            to="core.person",
                            verbose_name="申报人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "回避申报",
                    "ordering": ("person", "id"),
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state", "standing")),
                            fields=["name"],
                            name="declaration_name",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("home", None),
                                    ("kind", "kin"),
                                    ("unit_text", ""),
                                    models.Q(("name", ""), _negated=True),
                                ),
                                models.Q(
                                    ("home__isnull", False), ("kind", "home"), ("name", ""), ("unit_text", "")
                                ),
                                models.Q(
                                    ("home", None),
                                    ("kind", "unit"),
                                    ("name", ""),
                                    models.Q(("unit_text", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="declaration_says_what",
                            violation_error_message="亲属填写姓名，家乡选择地区，曾任职单位填写单位名称，各填一项。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="IntakeDetail",
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
                    ("source_name", models.CharField(blank=True, max_length=100, verbose_name="来件单位")),
                    ("source_number", models.CharField(blank=True, max_length=60, verbose_name="来件编号")),
                    (
                        "source_topic",
                        models.CharField(blank=True, max_length=100, verbose_name="轮次、检查或规则"),
                    ),
                    ("source_on", models.DateField(blank=True, null=True, verbose_name="来件日期")),
                    (
                        "source_at",
                        models.CharField(
                            blank=True,
                            max_length=5,
                            validators=[
                                django.core.validators.RegexValidator(
                                    "^([01]\\d|2[0-3]):[0-5]\\d$", "时间写成 14:30 的样子，请核对。"
                                )
                            ],
                            verbose_name="来件时间",
                        ),
                    ),
                    ("source_place", models.CharField(blank=True, max_length=100, verbose_name="来件地点")),
                    (
                        "source_count",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            null=True,
                            validators=[
                                django.core.validators.MinValueValidator(1),
                                django.core.validators.MaxValueValidator(5000),
                            ],
                            verbose_name="来访人数",
                        ),
                    ),
                    ("source_link", models.CharField(blank=True, max_length=300, verbose_name="链接")),
                    ("result_wanted", models.BooleanField(blank=True, null=True, verbose_name="是否要结果")),
                    (
                        "lead",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="intake",
                            to="cases.lead",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "来件情况",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("source_count", None),
                                models.Q(("source_count__gte", 1), ("source_count__lte", 5000)),
                                _connector="OR",
                            ),
                            name="intake_visitors_in_range",
                            violation_error_message="来访人数应在 1 到 5000 之间，请核对。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="WorkSummary",
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
                            choices=[("draft", "待报送"), ("sent", "已报送")],
                            default="draft",
                            editable=False,
                            max_length=6,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "period",
                        models.CharField(
                            choices=[("week", "周汇总"), ("month", "月排查"), ("quarter", "季分析")],
                            max_length=8,
                            verbose_name="类型",
                        ),
                    ),
                    ("first_day", models.DateField(verbose_name="起始日期")),
                    ("last_day", models.DateField(verbose_name="截止日期")),
                    ("figures", models.JSONField(default=list, editable=False, verbose_name="数据")),
                    ("counted_at", models.DateTimeField(editable=False, verbose_name="统计时间")),
                    ("text", models.TextField(verbose_name="正文")),
                    (
                        "sent_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="报送日期"),
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
                        "sent_by",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="报送人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "工作汇总",
                    "ordering": ("-last_day", "-id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("region", "period", "first_day"),
                            name="summary_once_per_period",
                            violation_error_message="这一期的汇总已经生成。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("last_day__gte", models.F("first_day"))),
                            name="summary_days_in_order",
                            violation_error_message="截止日期不能早于起始日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("sent_by", None), ("sent_on", None), ("state", "draft")),
                                models.Q(
                                    ("sent_by__isnull", False), ("sent_on__isnull", False), ("state", "sent")
                                ),
                                _connector="OR",
                            ),
                            name="summary_sent_by_somebody",
                            violation_error_message="报送后须有报送日期和报送人，报送前不能有。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Bulletin",
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
                                ("draft", "起草中"),
                                ("submitted", "待审批"),
                                ("approved", "待印发"),
                                ("issued", "已印发"),
                                ("corrected", "已被更正"),
                            ],
                            default="draft",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("title", models.CharField(max_length=100, verbose_name="标题")),
                    ("preface", models.TextField(blank=True, verbose_name="开头语")),
                    ("approved_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                    ("issue", models.PositiveIntegerField(blank=True, null=True, verbose_name="期数")),
                    ("issued_on", models.DateField(blank=True, null=True, verbose_name="印发日期")),
                    (
                        "approved_by",
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
                        "corrects",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="corrections",
                            to="cases.bulletin",
                            verbose_name="更正的通报",
                        ),
                    ),
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
                        "drafting_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="起草部门",
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
                ],
                options={
                    "verbose_name": "通报",
                    "indexes": [
                        models.Index(fields=["region", "state", "issued_on"], name="bulletin_region_issued")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("approved_by", None),
                                models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="bulletin_two_persons",
                            violation_error_message="通报的起草人和批准人不能是同一个人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("issue", None),
                                    ("issued_on", None),
                                    ("state__in", ("draft", "submitted", "approved")),
                                ),
                                models.Q(
                                    ("approved_by__isnull", False),
                                    ("issue__isnull", False),
                                    ("issued_on__isnull", False),
                                    ("number__isnull", False),
                                    ("state__in", ("issued", "corrected")),
                                ),
                                _connector="OR",
                            ),
                            name="bulletin_issued_is_approved",
                            violation_error_message="印发的通报须经批准，并有编号、期数和印发日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BulletinCase",
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
                    ("ordinal", models.PositiveIntegerField(verbose_name="序号")),
                    ("place", models.CharField(max_length=100, verbose_name="地点")),
                    ("problem", models.CharField(max_length=100, verbose_name="问题")),
                    ("facts", models.TextField(verbose_name="事实")),
                    ("decision", models.TextField(verbose_name="处理决定")),
                    (
                        "bulletin",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="cases",
                            to="cases.bulletin",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.lead",
                            verbose_name="问题线索",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "通报案例",
                    "ordering": ("bulletin", "ordinal"),
                    "constraints": [
                        models.UniqueConstraint(fields=("bulletin", "lead"), name="bulletin_case_once"),
                        models.UniqueConstraint(
                            fields=("bulletin", "ordinal"), name="bulletin_case_ordinal_once"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BulletinChannel",
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
                        "mask",
                        models.CharField(
                            choices=[("full", "写全名"), ("surname", "姓氏加“某”"), ("none", "不写姓名")],
                            max_length=8,
                            verbose_name="姓名写法",
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
                    "verbose_name": "通报发布渠道",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="bulletinchannel_one_proposal",
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
                            name="bulletinchannel_two_pairs_of_eyes",
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
                            name="bulletinchannel_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="bulletinchannel_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BulletinCopy",
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
                            choices=[("sent", "未读"), ("read", "已阅"), ("withdrawn", "已被更正")],
                            default="sent",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("sent_at", models.DateTimeField(verbose_name="送达时间")),
                    ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅读时间")),
                    (
                        "bulletin",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="copies",
                            to="cases.bulletin",
                        ),
                    ),
                    (
                        "channel",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.bulletinchannel",
                            verbose_name="渠道",
                        ),
                    ),
                    (
                        "read_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="阅读人",
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
                        "sender_region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="印发地区",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="送达单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "通报送达",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("bulletin", "channel", "unit", "region"), name="bulletin_copy_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("read_at", None),
                                    ("read_by", None),
                                    models.Q(("state", "read"), _negated=True),
                                ),
                                models.Q(
                                    ("read_at__isnull", False),
                                    ("read_by__isnull", False),
                                    models.Q(("state", "sent"), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="bulletin_copy_read_is_whole",
                            violation_error_message="已阅的通报须写明阅读人和时间。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BulletinPerson",
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
                    ("name", models.CharField(max_length=60, verbose_name="姓名")),
                    ("unit_text", models.CharField(blank=True, max_length=100, verbose_name="单位")),
                    ("post_text", models.CharField(blank=True, max_length=100, verbose_name="职务")),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="persons",
                            to="cases.bulletincase",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "通报人员",
                    "ordering": ("case", "id"),
                    "constraints": [
                        models.UniqueConstraint(fields=("case", "name"), name="bulletin_person_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="LeadKey",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("value", models.BigIntegerField()),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.lead"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "查重键",
                    "constraints": [models.UniqueConstraint(fields=("value", "lead"), name="lead_key_once")],
                },
            ),
            migrations.CreateModel(
                name="LeadLink",
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
                            choices=[("related", "相互关联"), ("distinct", "不是重复件")],
                            max_length=10,
                            verbose_name="关系",
                        ),
                    ),
                    ("reason", models.TextField(blank=True, verbose_name="说明")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="links", to="cases.lead"
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.lead",
                            verbose_name="另一件线索",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "线索关联",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(fields=("lead", "other"), name="lead_link_once"),
                        models.CheckConstraint(
                            condition=models.Q(("lead__gt", models.F("other"))),
                            name="lead_link_later_then_earlier",
                            violation_error_message="两件线索的关系只登记一次，记在后登记的一件上。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LeadPrint",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("rules", models.PositiveSmallIntegerField()),
                    ("searched", models.BooleanField(default=False)),
                    (
                        "lead",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="repeat_print",
                            to="cases.lead",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "查重状态",
                    "indexes": [
                        models.Index(
                            condition=models.Q(("searched", False)), fields=["lead"], name="print_unsearched"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Suspect",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("score", models.PositiveSmallIntegerField(verbose_name="相符程度")),
                    (
                        "found_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="发现时间"),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="suspects",
                            to="cases.lead",
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.lead"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "疑似重复",
                    "constraints": [
                        models.UniqueConstraint(fields=("lead", "other"), name="suspect_once"),
                        models.CheckConstraint(
                            condition=models.Q(("lead__gt", models.F("other"))),
                            name="suspect_later_then_earlier",
                            violation_error_message="疑似重复按先后成对登记。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Accountability",
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
                            choices=[("open", "调查中"), ("decided", "已决定"), ("carried_out", "已落实")],
                            default="open",
                            editable=False,
                            max_length=12,
                            verbose_name="状态",
                        ),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="问责事由")),
                    (
                        "own_staff",
                        models.BooleanField(default=False, verbose_name="涉及本机关人员（刀刃向内）"),
                    ),
                    ("opened_on", models.DateField(verbose_name="启动日期")),
                    ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                    ("document", models.CharField(blank=True, max_length=60, verbose_name="决定文号")),
                    ("carried_out_on", models.DateField(blank=True, null=True, verbose_name="落实日期")),
                    ("result", models.TextField(blank=True, verbose_name="落实情况")),
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
                    (
                        "handling_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="办理部门",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="accountabilities",
                            to="cases.lead",
                            verbose_name="来源线索",
                        ),
                    ),
                    (
                        "opened_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
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
                ],
                options={
                    "verbose_name": "问责",
                    "ordering": ("-opened_on", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_by", None), ("decided_on", None), ("state", "open")),
                                models.Q(
                                    ("decided_by__isnull", False),
                                    ("decided_on__gte", models.F("opened_on")),
                                    ("decided_on__isnull", False),
                                    models.Q(("document", ""), _negated=True),
                                    models.Q(("state", "open"), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="accountability_decided_is_whole",
                            violation_error_message="问责决定须写明决定人、日期和文号，日期不能早于启动。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("carried_out_on__gte", models.F("decided_on")),
                                    ("carried_out_on__isnull", False),
                                    ("state", "carried_out"),
                                    models.Q(("result", ""), _negated=True),
                                ),
                                models.Q(
                                    ("carried_out_on", None),
                                    models.Q(("state", "carried_out"), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="accountability_carried_out_is_whole",
                            violation_error_message="落实须写明日期和情况，日期不能早于决定。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Interference",
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
                            choices=[("recorded", "待处理"), ("handled", "已处理")],
                            default="recorded",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("asker", models.CharField(max_length=60, verbose_name="打听干预人")),
                    ("asker_post", models.CharField(blank=True, max_length=100, verbose_name="单位职务")),
                    ("asked_on", models.DateField(verbose_name="时间")),
                    (
                        "way",
                        models.CharField(
                            choices=[
                                ("face", "当面"),
                                ("call", "电话"),
                                ("message", "短信、微信"),
                                ("letter", "书面、批条"),
                                ("third", "托人转达"),
                            ],
                            max_length=10,
                            verbose_name="方式",
                        ),
                    ),
                    ("text", models.TextField(verbose_name="内容")),
                    ("reported_on", models.DateField(verbose_name="报告日期")),
                    ("handling", models.TextField(blank=True, verbose_name="处理情况")),
                    ("handled_on", models.DateField(blank=True, null=True, verbose_name="处理日期")),
                    (
                        "handled_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="处理人",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.lead",
                            verbose_name="涉及的线索",
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
                        "reported_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="报告人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "打听干预登记",
                    "ordering": ("-reported_on", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("handled_by__isnull", False),
                                    ("handled_on__isnull", False),
                                    ("state", "handled"),
                                    models.Q(("handling", ""), _negated=True),
                                ),
                                models.Q(("handled_by", None), ("handled_on", None), ("state", "recorded")),
                                _connector="OR",
                            ),
                            name="interference_handled_is_whole",
                            violation_error_message="处理须同时写明情况、日期和处理人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reported_on__gte", models.F("asked_on"))),
                            name="interference_reported_after_it_happened",
                            violation_error_message="打听干预的时间不能晚于报告日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Responsible",
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
                            choices=[("person", "个人"), ("unit", "单位"), ("place", "地方")],
                            max_length=8,
                            verbose_name="对象",
                        ),
                    ),
                    ("name", models.CharField(max_length=100, verbose_name="姓名或名称")),
                    ("post_text", models.CharField(blank=True, max_length=100, verbose_name="单位职务")),
                    (
                        "duty",
                        models.CharField(
                            choices=[
                                ("direct", "直接责任"),
                                ("main_leader", "主要领导责任"),
                                ("leader", "重要领导责任"),
                                ("primary", "主体责任"),
                                ("supervision", "监督责任"),
                            ],
                            max_length=12,
                            verbose_name="责任类型",
                        ),
                    ),
                    (
                        "measure",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("talk", "约谈"),
                                ("examine", "检查"),
                                ("circular", "通报"),
                                ("reorganise", "改组"),
                                ("admonish", "诫勉"),
                                ("organisational", "组织处理"),
                                ("party", "党纪处分"),
                                ("administrative", "政务处分"),
                                ("none", "不予问责"),
                            ],
                            max_length=14,
                            verbose_name="问责方式",
                        ),
                    ),
                    (
                        "accountability",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="objects_of",
                            to="cases.accountability",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "问责对象",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("accountability", "kind", "name", "post_text"),
                            name="responsible_once",
                            violation_error_message="这个对象已经登记，不能重复。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("measure", ""),
                                models.Q(
                                    ("kind", "person"),
                                    (
                                        "measure__in",
                                        (
                                            "talk",
                                            "circular",
                                            "admonish",
                                            "organisational",
                                            "party",
                                            "administrative",
                                            "none",
                                        ),
                                    ),
                                ),
                                models.Q(
                                    ("kind__in", ("unit", "place")),
                                    ("measure__in", ("talk", "examine", "circular", "reorganise", "none")),
                                ),
                                _connector="OR",
                            ),
                            name="responsible_measure_fits",
                            violation_error_message="检查、改组用于单位和地方，诫勉、组织处理和处分用于个人，请核对。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Meeting",
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
                            choices=[("open", "落实中"), ("closed", "已落实")],
                            default="open",
                            editable=False,
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    ("title", models.CharField(max_length=100, verbose_name="会议名称")),
                    ("held_on", models.DateField(verbose_name="召开日期")),
                    ("chair", models.CharField(max_length=60, verbose_name="主持人")),
                    ("bodies", models.TextField(help_text="用顿号分开。", verbose_name="参加单位")),
                    ("text", models.TextField(blank=True, verbose_name="会议纪要要点")),
                    ("closed_on", models.DateField(blank=True, null=True, verbose_name="全部落实日期")),
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
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="所属地区",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "联席会议",
                    "ordering": ("-held_on", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_on__isnull", False), ("state", "closed")),
                                models.Q(("closed_on", None), ("state", "open")),
                                _connector="OR",
                            ),
                            name="meeting_closed_is_dated",
                            violation_error_message="已落实的会议须有日期，落实中的不能有。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Resolution",
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
                            choices=[("open", "落实中"), ("done", "已落实")],
                            default="open",
                            editable=False,
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    ("text", models.TextField(verbose_name="议定事项")),
                    ("due_day", models.DateField(verbose_name="完成日期")),
                    ("done_on", models.DateField(blank=True, null=True, verbose_name="落实日期")),
                    ("done_text", models.TextField(blank=True, verbose_name="落实情况")),
                    (
                        "done_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="报告人",
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="resolutions",
                            to="cases.meeting",
                            verbose_name="会议",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="责任人",
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
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="责任单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "会议议定事项",
                    "ordering": ("due_day", "id"),
                    "indexes": [models.Index(fields=["unit", "state"], name="resolution_unit_state")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("done_by", None), ("done_on", None), ("state", "open")),
                                models.Q(
                                    ("done_by__isnull", False),
                                    ("done_on__isnull", False),
                                    ("state", "done"),
                                    models.Q(("done_text", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="resolution_done_is_whole",
                            violation_error_message="已落实的事项须写明落实情况、报告人和日期。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="EndingTerm",
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
                        "listing",
                        models.CharField(
                            choices=[("check", "办结前核对"), ("way", "反馈方式")],
                            max_length=8,
                            verbose_name="目录",
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
                    "verbose_name": "办结目录",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="endingterm_one_proposal",
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
                            name="endingterm_two_pairs_of_eyes",
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
                            name="endingterm_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="endingterm_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ClosingCheck",
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
                    ("volume", models.PositiveSmallIntegerField(default=1, verbose_name="第几卷")),
                    ("ground", models.TextField(verbose_name="依据")),
                    ("checked_on", models.DateField(verbose_name="核对日期")),
                    (
                        "checked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="核对人",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="closing_checks",
                            to="cases.lead",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.endingterm",
                            verbose_name="核对事项",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "办结前核对",
                    "ordering": ("volume", "item__order", "id"),
                    "constraints": [
                        models.UniqueConstraint(fields=("lead", "volume", "item"), name="closing_check_once"),
                        models.CheckConstraint(
                            condition=models.Q(("ground", ""), _negated=True),
                            name="closing_check_has_ground",
                            violation_error_message="核对事项须写明依据。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Answer",
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
                    ("volume", models.PositiveSmallIntegerField(default=1, verbose_name="第几卷")),
                    ("draft", models.TextField(blank=True, verbose_name="反馈意见")),
                    ("drafted_on", models.DateField(blank=True, null=True, verbose_name="拟稿日期")),
                    ("delivered_on", models.DateField(blank=True, null=True, verbose_name="反馈日期")),
                    ("objects_to", models.BooleanField(default=False, verbose_name="有异议")),
                    ("new_evidence", models.BooleanField(default=False, verbose_name="提供新的证据线索")),
                    ("objection", models.TextField(blank=True, verbose_name="异议和新证据的内容")),
                    ("settled_on", models.DateField(blank=True, null=True, verbose_name="研究日期")),
                    ("settlement", models.TextField(blank=True, verbose_name="研究意见")),
                    (
                        "delivered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="反馈人",
                        ),
                    ),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="拟稿人",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="answers",
                            to="cases.lead",
                        ),
                    ),
                    (
                        "settled_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="研究人",
                        ),
                    ),
                    (
                        "way",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.endingterm",
                            verbose_name="反馈方式",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "结果反馈",
                    "ordering": ("volume",),
                    "constraints": [
                        models.UniqueConstraint(fields=("lead", "volume"), name="answer_once_per_volume"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("delivered_by", None), ("delivered_on", None)),
                                models.Q(("delivered_by__isnull", False), ("delivered_on__isnull", False)),
                                _connector="OR",
                            ),
                            name="answer_delivered_is_whole",
                            violation_error_message="反馈须同时写明反馈人和日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("new_evidence", False), ("objects_to", False)),
                                models.Q(("objection", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="answer_objection_is_told",
                            violation_error_message="有异议或提供新证据的，须写明内容。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("settled_by", None), ("settled_on", None), ("settlement", "")),
                                models.Q(
                                    ("settled_by__isnull", False),
                                    ("settled_on__isnull", False),
                                    models.Q(("settlement", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="answer_settled_is_whole",
                            violation_error_message="研究异议须写明研究人、日期和意见。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Volume",
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
                    ("ordinal", models.PositiveSmallIntegerField(verbose_name="第几卷")),
                    ("archived_on", models.DateField(verbose_name="归档日期")),
                    ("contents", models.JSONField(default=list, verbose_name="归档目录")),
                    (
                        "archived_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="归档人",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="volumes",
                            to="cases.lead",
                            verbose_name="问题线索",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "归档卷",
                    "ordering": ("lead", "ordinal"),
                    "constraints": [models.UniqueConstraint(fields=("lead", "ordinal"), name="volume_once")],
                },
            ),
        ),
        Together(
            migrations.AddField(
                model_name="lead",
                name="batch",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="leads",
                    to="cases.batch",
                    verbose_name="交办批次",
                ),
            ),
            migrations.AddField(
                model_name="leadsubject",
                name="managed_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="cases.managedby",
                    verbose_name="干部管理权限",
                ),
            ),
            migrations.AddConstraint(
                model_name="category",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("code",),
                    name="category_one_proposal",
                    violation_error_message="这一项已有一个变更等待确认，请先处理。",
                ),
            ),
            migrations.AddConstraint(
                model_name="category",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_by", None),
                        models.Q(
                            ("changed_by__isnull", False),
                            models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="category_two_pairs_of_eyes",
                    violation_error_message="分类项的提出人和确认人不能是同一个人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="category",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("changed_by", None), ("confirmed_by", None), ("state", "confirmed")),
                        models.Q(("changed_by__isnull", False), ("confirmed_by", None), ("state", "draft")),
                        models.Q(
                            ("changed_by__isnull", False),
                            ("confirmed_by__isnull", False),
                            models.Q(("state", "draft"), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="category_changed_ends_confirmed",
                    violation_error_message="由人提出的分类项须经另一人确认。",
                ),
            ),
            migrations.AddConstraint(
                model_name="category",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to", None),
                        ("valid_from", None),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="category_ends_after_start",
                    violation_error_message="停用日期不能早于启用日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="dispatch",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("special_decider", None), ("special_mode", ""), ("special_reason", "")),
                        models.Q(
                            models.Q(("special_mode", ""), _negated=True),
                            models.Q(("special_reason", ""), _negated=True),
                            ("special_decider__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="dispatch_special_has_reason",
                    violation_error_message="提级、交叉、直查直办须写明理由和决定人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="dispatch",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("report_text", ""), ("reported_by", None), ("reported_on", None)),
                        models.Q(
                            models.Q(("report_text", ""), _negated=True),
                            ("reported_by__isnull", False),
                            ("reported_on__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="dispatch_report_is_whole",
                    violation_error_message="报送结果须写明内容、报送人和日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="leadstep",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("resumed_on", None),
                        models.Q(("resumed_on__gte", models.F("stopped_on")), ("stopped_on__isnull", False)),
                        _connector="OR",
                    ),
                    name="step_resumed_after_stop",
                    violation_error_message="恢复办理日期不能早于停办日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="lead",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ("registered", "forwarded", "merged", "returned")),
                        models.Q(
                            ("acting_unit__isnull", False),
                            ("handling_unit__isnull", False),
                            ("leader__isnull", False),
                        ),
                        models.Q(("kind__in", ("consultation", "suggestion")), ("state", "concluded")),
                        _connector="OR",
                    ),
                    name="lead_dispatched_has_unit",
                    violation_error_message="分办后的线索须有承办部门和分管领导。",
                ),
            ),
            migrations.AddConstraint(
                model_name="lead",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("channel__in", ("superior", "inspection", "handover")),
                            ("returned_on__isnull", False),
                            ("state", "returned"),
                            models.Q(("returned_to", ""), _negated=True),
                            models.Q(("return_reason", ""), _negated=True),
                        ),
                        models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            ("return_reason", ""),
                            ("returned_on", None),
                            ("returned_to", ""),
                        ),
                        _connector="OR",
                    ),
                    name="lead_returned_with_reason",
                    violation_error_message="退回须写明退回单位、日期和理由，只有其他单位移交或上级交来的可以退回。",
                ),
            ),
            migrations.AddConstraint(
                model_name="lead",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind__in", ("consultation", "suggestion")), _negated=True),
                        ("state__in", ("registered", "forwarded", "merged", "returned", "concluded")),
                        _connector="OR",
                    ),
                    name="lead_question_is_not_handled",
                    violation_error_message="咨询求助和意见建议不作为问题线索分办。",
                ),
            ),
            migrations.AddConstraint(
                model_name="leadsubject",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("party_entry_month", ""),
                        ("political_status__in", ("member", "probationary")),
                        _connector="OR",
                    ),
                    name="subject_entered_the_party_as_a_member",
                    violation_error_message="只有中共党员填写入党年月。",
                ),
            ),
            migrations.AddConstraint(
                model_name="leadsubject",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("party_entry_month", ""),
                        ("party_entry_month__gt", models.F("birth_month")),
                        _connector="OR",
                    ),
                    name="subject_born_before_party_entry",
                    violation_error_message="入党年月应晚于出生年月，请核对。",
                ),
            ),
            migrations.AddConstraint(
                model_name="leadsubject",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("id_digest", ""), ("id_last4", "")),
                        models.Q(
                            models.Q(("id_digest", ""), _negated=True),
                            models.Q(("id_last4", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="subject_id_number_is_whole",
                    violation_error_message="身份证号的摘要和末四位须同时保存。",
                ),
            ),
            migrations.AddConstraint(
                model_name="leadsubject",
                constraint=models.CheckConstraint(
                    condition=models.Q(("cppcc_seat", "township"), _negated=True),
                    name="subject_cppcc_has_no_township",
                    violation_error_message="政协没有乡级委员，请核对。",
                ),
            ),
            migrations.AddIndex(
                model_name="leadstep",
                index=models.Index(fields=["unit", "lead"], name="step_unit_lead"),
            ),
        ),
        Run(search, unsearch),
        Run(guard, unguard),
        Run(load, migrations.RunPython.noop),
    ]
