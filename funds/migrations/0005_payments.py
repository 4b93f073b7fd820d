"""Payments out of projects (县级报账制): what a unit asks for, the papers it needs, what was paid and spent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from funds.project_reference import install_fund_rules, install_payment_papers
from povertyaudit.core import term_triggers, trigrams
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes

TERMS, SEARCHED = "funds_paperkind", ("funds_payment", ("number", "payee", "voucher_no"))


def load(apps, _schema_editor):
    install_payment_papers(apps.get_model("funds", "PaperKind"))
    install_fund_rules(apps.get_model("funds", "FundRule"))
    install_number_schemes(apps.get_model("core", "NumberScheme"))


def guard(_apps, schema_editor):
    term_triggers.install(schema_editor.connection, TERMS)
    trigrams.install(schema_editor.connection, SEARCHED[0], *SEARCHED[1])


def unguard(_apps, schema_editor):
    term_triggers.remove(schema_editor.connection, TERMS)
    trigrams.remove(schema_editor.connection, SEARCHED[0])


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("funds", "0004_projects"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="PaperKind",
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
                        "since",
                        models.CharField(
                            choices=[
                                ("advance", "预付款"),
                                ("completion", "完工款"),
                                ("final", "验收款"),
                                ("retention", "质保金"),
                            ],
                            default="advance",
                            max_length=10,
                            verbose_name="自哪一次起要",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "报账材料",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Payment",
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
                        "stage",
                        models.CharField(
                            choices=[
                                ("advance", "预付款"),
                                ("completion", "完工款"),
                                ("final", "验收款"),
                                ("retention", "质保金"),
                            ],
                            max_length=10,
                            verbose_name="款项",
                        ),
                    ),
                    ("amount_fen", models.BigIntegerField(verbose_name="申请金额（分）")),
                    ("progress", models.TextField(max_length=2000, verbose_name="完成的工程量")),
                    ("payee", models.CharField(max_length=100, verbose_name="收款单位")),
                    ("applied_on", models.DateField(blank=True, null=True, verbose_name="申请日期")),
                    ("endorsed_on", models.DateField(blank=True, null=True, verbose_name="乡镇意见日期")),
                    ("endorsed_text", models.TextField(blank=True, max_length=2000, verbose_name="乡镇意见")),
                    ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="审核日期")),
                    (
                        "reviewed_text",
                        models.TextField(blank=True, max_length=2000, verbose_name="主管部门意见"),
                    ),
                    ("paid_on", models.DateField(blank=True, null=True, verbose_name="拨付日期")),
                    ("voucher_no", models.CharField(blank=True, max_length=60, verbose_name="拨付凭证号")),
                    (
                        "voucher_key",
                        models.CharField(blank=True, editable=False, max_length=80, null=True, unique=True),
                    ),
                    ("to_unit", models.BooleanField(default=False, verbose_name="拨到实施单位账户")),
                    (
                        "spent_fen",
                        models.BigIntegerField(default=0, editable=False, verbose_name="已支出（分）"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "准备材料"),
                                ("submitted", "已申请"),
                                ("endorsed", "乡镇已签意见"),
                                ("reviewed", "主管部门已审核"),
                                ("paid", "已拨付"),
                                ("returned", "退回补充"),
                                ("dropped", "已撤回"),
                                ("reversed", "已冲销"),
                            ],
                            default="draft",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "报账拨付",
                },
            ),
            migrations.CreateModel(
                name="PaymentPart",
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
                    ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                ],
                options={
                    "verbose_name": "拨付的资金来源",
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="Spending",
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
                    ("amount_fen", models.BigIntegerField(verbose_name="支出金额（分）")),
                    ("spent_on", models.DateField(verbose_name="支出日期")),
                    ("payee", models.CharField(max_length=100, verbose_name="收款人")),
                    ("voucher_no", models.CharField(max_length=60, verbose_name="支出凭证号")),
                    (
                        "voucher_key",
                        models.CharField(blank=True, editable=False, max_length=80, null=True, unique=True),
                    ),
                    ("note", models.CharField(blank=True, max_length=200, verbose_name="用途")),
                    (
                        "voided_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="作废日期"),
                    ),
                ],
                options={
                    "verbose_name": "支出",
                    "ordering": ("spent_on", "id"),
                },
            ),
        ),
        Together(
            migrations.AddField(
                model_name="project",
                name="spent_fen",
                field=models.BigIntegerField(default=0, editable=False, verbose_name="已支出（分）"),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(("spent_fen__gte", 0), ("spent_fen__lte", models.F("paid_fen"))),
                    name="project_spent_within_paid",
                    violation_error_message="支出合计不能超过拨付合计。",
                ),
            ),
            migrations.AddField(
                model_name="paperkind",
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
                model_name="paperkind",
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
                model_name="payment",
                name="applied_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="申请人",
                ),
            ),
            migrations.AddField(
                model_name="payment",
                name="endorsed_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="乡镇签字人",
                ),
            ),
            migrations.AddField(
                model_name="payment",
                name="paid_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="拨付人",
                ),
            ),
            migrations.AddField(
                model_name="payment",
                name="project",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="payments",
                    to="funds.project",
                    verbose_name="项目",
                ),
            ),
            migrations.AddField(
                model_name="payment",
                name="region",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="core.region",
                    verbose_name="所属地区",
                ),
            ),
            migrations.AddField(
                model_name="payment",
                name="reviewed_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="审核人",
                ),
            ),
            migrations.AddField(
                model_name="paymentpart",
                name="line",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="parts",
                    to="funds.fundingline",
                    verbose_name="资金来源",
                ),
            ),
            migrations.AddField(
                model_name="paymentpart",
                name="payment",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="parts",
                    to="funds.payment",
                    verbose_name="报账拨付",
                ),
            ),
            migrations.AddField(
                model_name="spending",
                name="payment",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="spendings",
                    to="funds.payment",
                    verbose_name="报账拨付",
                ),
            ),
            migrations.AddConstraint(
                model_name="paperkind",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("code",),
                    name="paperkind_one_proposal",
                    violation_error_message="这一项已有一个变更等待确认，请先处理。",
                ),
            ),
            migrations.AddConstraint(
                model_name="paperkind",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_by", None),
                        models.Q(
                            ("changed_by__isnull", False),
                            models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="paperkind_two_pairs_of_eyes",
                    violation_error_message="分类项的提出人和确认人不能是同一个人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="paperkind",
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
                    name="paperkind_changed_ends_confirmed",
                    violation_error_message="由人提出的分类项须经另一人确认。",
                ),
            ),
            migrations.AddConstraint(
                model_name="paperkind",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to", None),
                        ("valid_from", None),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="paperkind_ends_after_start",
                    violation_error_message="停用日期不能早于启用日期。",
                ),
            ),
            migrations.AddIndex(
                model_name="payment",
                index=models.Index(fields=["region", "state"], name="payment_region_state"),
            ),
            migrations.AddIndex(
                model_name="payment",
                index=models.Index(fields=["project", "state"], name="payment_project_state"),
            ),
            migrations.AddIndex(
                model_name="payment",
                index=models.Index(fields=["-created_at", "-id"], name="payment_created"),
            ),
            migrations.AddConstraint(
                model_name="payment",
                constraint=models.UniqueConstraint(
                    condition=models.Q(
                        ("state__in", ("draft", "submitted", "endorsed", "reviewed", "returned"))
                    ),
                    fields=("project",),
                    name="payment_one_under_way",
                    violation_error_message="这个项目还有一笔报账没有办完，请先办完或者撤回。",
                ),
            ),
            migrations.AddConstraint(
                model_name="payment",
                constraint=models.CheckConstraint(
                    condition=models.Q(("amount_fen__gte", 1), ("amount_fen__lte", 1000000000000000)),
                    name="payment_amount_in_range",
                    violation_error_message="申请金额应大于 0，且不超过 10 万亿元。",
                ),
            ),
            migrations.AddConstraint(
                model_name="payment",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("endorsed_on", None),
                            models.Q(
                                ("applied_on__isnull", False), ("endorsed_on__gte", models.F("applied_on"))
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            ("reviewed_on", None),
                            models.Q(
                                ("endorsed_on__isnull", False), ("reviewed_on__gte", models.F("endorsed_on"))
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            ("paid_on", None),
                            models.Q(
                                ("paid_on__gte", models.F("reviewed_on")), ("reviewed_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                    ),
                    name="payment_days_in_order",
                    violation_error_message="日期应按申请、乡镇意见、审核、拨付的先后。",
                ),
            ),
            migrations.AddConstraint(
                model_name="payment",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ("draft", "returned", "dropped")),
                        models.Q(
                            ("applied_by__isnull", False),
                            ("applied_on__isnull", False),
                            ("state", "submitted"),
                        ),
                        models.Q(
                            ("endorsed_by__isnull", False),
                            ("endorsed_on__isnull", False),
                            ("state", "endorsed"),
                        ),
                        models.Q(
                            ("reviewed_by__isnull", False),
                            ("reviewed_on__isnull", False),
                            ("state", "reviewed"),
                        ),
                        models.Q(
                            ("paid_by__isnull", False),
                            ("paid_on__isnull", False),
                            ("state__in", ("paid", "reversed")),
                        ),
                        _connector="OR",
                    ),
                    name="payment_steps_are_signed",
                    violation_error_message="每一步都应有日期和办理人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="payment",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "paid"), ("voucher_key__isnull", False)),
                        models.Q(models.Q(("state", "paid"), _negated=True), ("voucher_key", None)),
                        _connector="OR",
                    ),
                    name="payment_voucher_when_paid",
                    violation_error_message="已拨付的应有凭证号。",
                ),
            ),
            migrations.AddConstraint(
                model_name="payment",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("spent_fen", 0),
                        models.Q(
                            ("spent_fen__gte", 0),
                            ("spent_fen__lte", models.F("amount_fen")),
                            ("state", "paid"),
                        ),
                        _connector="OR",
                    ),
                    name="payment_spent_within_paid",
                    violation_error_message="支出合计不能超过拨付的金额。",
                ),
            ),
            migrations.AddConstraint(
                model_name="payment",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("endorsed_by", None),
                            models.Q(("endorsed_by", models.F("applied_by")), _negated=True),
                            _connector="OR",
                        ),
                        models.Q(
                            ("paid_by", None),
                            models.Q(("paid_by", models.F("reviewed_by")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    name="payment_apart",
                    violation_error_message="申请和签署意见、审核和拨付应由不同的人办理。",
                ),
            ),
            migrations.AddConstraint(
                model_name="paymentpart",
                constraint=models.UniqueConstraint(
                    fields=("payment", "line"),
                    name="part_line_once",
                    violation_error_message="同一资金来源在一笔拨付里只列一行。",
                ),
            ),
            migrations.AddConstraint(
                model_name="paymentpart",
                constraint=models.CheckConstraint(
                    condition=models.Q(("amount_fen__gte", 1), ("amount_fen__lte", 1000000000000000)),
                    name="part_amount_in_range",
                    violation_error_message="金额应大于 0，且不超过 10 万亿元。",
                ),
            ),
            migrations.AddConstraint(
                model_name="spending",
                constraint=models.CheckConstraint(
                    condition=models.Q(("amount_fen__gte", 1), ("amount_fen__lte", 1000000000000000)),
                    name="spending_amount_in_range",
                    violation_error_message="支出金额应大于 0，且不超过 10 万亿元。",
                ),
            ),
            migrations.AddConstraint(
                model_name="spending",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("voided_on", None), ("voucher_key__isnull", False)),
                        models.Q(("voided_on__isnull", False), ("voucher_key", None)),
                        _connector="OR",
                    ),
                    name="spending_voucher_while_it_stands",
                    violation_error_message="有效的支出应有凭证号，作废的不再占用凭证号。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
