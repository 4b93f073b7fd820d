"""整改情况公开: notices of a round, their problems and lines, the grounds for keeping one back, and comments."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes
from rectification.reference import install_grounds

TERMS = "rectification_noticeground"


def load(apps, _schema_editor):
    install_grounds(apps.get_model("rectification", "NoticeGround"))
    install_number_schemes(apps.get_model("core", "NumberScheme"))


def guard(_apps, schema_editor):
    term_triggers.install(schema_editor.connection, TERMS)


def unguard(_apps, schema_editor):
    term_triggers.remove(schema_editor.connection, TERMS)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_release_1_1"),
        ("core", "0005_release_1_1"),
        ("inspections", "0001_initial"),
        ("rectification", "0002_release_1_1"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="NoticeGround",
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
                    "verbose_name": "不公开理由",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="noticeground_one_proposal",
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
                            name="noticeground_two_pairs_of_eyes",
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
                            name="noticeground_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="noticeground_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PublicNotice",
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
                                ("approved", "待公开"),
                                ("published", "公开中"),
                                ("closed", "公开结束"),
                            ],
                            default="draft",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("title", models.CharField(max_length=100, verbose_name="标题")),
                    ("preface", models.TextField(blank=True, verbose_name="开头语")),
                    ("address", models.CharField(max_length=200, verbose_name="邮政通讯地址")),
                    ("phone", models.CharField(max_length=40, verbose_name="联系电话")),
                    ("mailbox", models.CharField(blank=True, max_length=100, verbose_name="电子邮箱")),
                    ("days", models.PositiveSmallIntegerField(verbose_name="公开天数")),
                    ("approved_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                    ("published_on", models.DateField(blank=True, null=True, verbose_name="公开日期")),
                    ("ends_on", models.DateField(blank=True, null=True, verbose_name="公开至")),
                    ("closed_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
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
                    (
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="notices",
                            to="inspections.round",
                            verbose_name="轮次",
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
                            verbose_name="被巡察单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "整改情况公开",
                    "indexes": [models.Index(fields=["region", "state"], name="notice_region_state")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("approved_by", None),
                                models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="notice_two_persons",
                            violation_error_message="整改情况公开的起草人和批准人不能是同一个人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("ends_on", None),
                                    ("published_on", None),
                                    ("state__in", ("draft", "submitted", "approved")),
                                ),
                                models.Q(
                                    ("ends_on__isnull", False),
                                    ("published_on__isnull", False),
                                    ("state__in", ("published", "closed")),
                                    ("approved_by__isnull", False),
                                    ("approved_on__isnull", False),
                                    ("number__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="notice_published_is_approved",
                            violation_error_message="公开的须经批准，并有编号、公开日期和截止日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_on__isnull", False), ("state", "closed")),
                                models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on", None)),
                                _connector="OR",
                            ),
                            name="notice_closed_is_dated",
                            violation_error_message="公开结束须有结束日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("days__gte", 1), ("days__lte", 365)),
                            name="notice_days_sensible",
                            violation_error_message="公开天数应在 1 至 365 天之间。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="NoticeProblem",
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
                    ("problem_class", models.CharField(max_length=100, verbose_name="大类")),
                    ("text", models.TextField(verbose_name="问题")),
                    ("standing", models.CharField(max_length=20, verbose_name="整改情况")),
                    ("ground_note", models.TextField(blank=True, verbose_name="不公开的说明")),
                    ("allowed_on", models.DateField(blank=True, null=True, verbose_name="同意日期")),
                    (
                        "allowed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="同意不公开的人",
                        ),
                    ),
                    (
                        "ground",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rectification.noticeground",
                            verbose_name="不公开理由",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rectification.item",
                            verbose_name="整改事项",
                        ),
                    ),
                    (
                        "withheld_by",
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
                        "notice",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="problems",
                            to="rectification.publicnotice",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "公开的问题",
                    "ordering": ("notice", "ordinal"),
                    "constraints": [
                        models.UniqueConstraint(fields=("notice", "item"), name="notice_item_once"),
                        models.UniqueConstraint(fields=("notice", "ordinal"), name="notice_ordinal_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("allowed_by", None),
                                    ("allowed_on", None),
                                    ("ground", None),
                                    ("ground_note", ""),
                                    ("withheld_by", None),
                                ),
                                models.Q(
                                    ("ground__isnull", False),
                                    ("withheld_by__isnull", False),
                                    models.Q(("ground_note", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="notice_withheld_is_grounded",
                            violation_error_message="不公开的问题须写明理由、说明和提出人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("allowed_by", None), ("allowed_on", None)),
                                models.Q(
                                    ("allowed_by__isnull", False),
                                    ("allowed_on__isnull", False),
                                    models.Q(("allowed_by", models.F("withheld_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="notice_allowed_by_another",
                            violation_error_message="提出不公开和同意不公开的不能是同一个人，并应有日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="NoticeLine",
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
                    ("no", models.PositiveSmallIntegerField(verbose_name="序号")),
                    ("measure", models.TextField(blank=True, verbose_name="整改措施")),
                    ("result", models.TextField(blank=True, verbose_name="整改成效")),
                    (
                        "problem",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="rectification.noticeproblem",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "措施和成效",
                    "ordering": ("problem", "no"),
                    "constraints": [
                        models.UniqueConstraint(fields=("problem", "no"), name="notice_line_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("measure", ""), _negated=True),
                                models.Q(("result", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="notice_line_says_something",
                            violation_error_message="措施和成效不能都是空的。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="NoticeComment",
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
                            choices=[("received", "待登记信访件"), ("registered", "已登记信访件")],
                            default="received",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("received_on", models.DateField(verbose_name="收到日期")),
                    (
                        "channel",
                        models.CharField(
                            choices=[("letter", "来信"), ("call", "来电"), ("web", "电子邮件")],
                            max_length=8,
                            verbose_name="方式",
                        ),
                    ),
                    ("text", models.TextField(verbose_name="意见内容")),
                    (
                        "lead",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.lead",
                            verbose_name="登记的信访件",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="记录人",
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
                        "notice",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="comments",
                            to="rectification.publicnotice",
                            verbose_name="整改情况公开",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "群众意见",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("lead__isnull", False), ("state", "registered")),
                                models.Q(("lead", None), ("state", "received")),
                                _connector="OR",
                            ),
                            name="notice_comment_registered_iff_lead",
                            violation_error_message="已登记信访件的意见须有登记的信访件。",
                        )
                    ],
                },
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
