"""The book of each misuse: entries, what may fall away from it, look-backs; the second axis of misuse."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from funds.reference import install_misuse_natures
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together


def load(apps, _schema_editor):
    install_misuse_natures(apps.get_model("funds", "MisuseNature"))


def guard(_apps, schema_editor):
    term_triggers.install(schema_editor.connection, "funds_misusenature")


def unguard(_apps, schema_editor):
    term_triggers.remove(schema_editor.connection, "funds_misusenature")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_sanction_reports"),
        ("core", "0008_ladder_and_lights"),
        ("funds", "0006_progress"),
        ("inspections", "0008_round_own_periods"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="MisuseNature",
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
                ],
                options={
                    "verbose_name": "问题性质",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="misusenature_one_proposal",
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
                            name="misusenature_two_pairs_of_eyes",
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
                            name="misusenature_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="misusenature_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Relief",
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
                        "misuse",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reliefs",
                            to="funds.misuse",
                            verbose_name="违规使用资金",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("write_off", "核销"), ("reduction", "核减应追缴")],
                            max_length=10,
                            verbose_name="类别",
                        ),
                    ),
                    ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                    ("reason", models.TextField(verbose_name="理由")),
                    ("basis", models.CharField(max_length=60, verbose_name="依据文号")),
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
                        "asked_on",
                        models.DateField(default=povertyaudit.core.moment.today, verbose_name="申请日期"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("pending", "待批"), ("granted", "已批准"), ("refused", "未批准")],
                            default="pending",
                            max_length=10,
                            verbose_name="状态",
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
                    ("decided_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                    ("opinion", models.TextField(blank=True, verbose_name="意见")),
                ],
                options={
                    "verbose_name": "核销核减",
                    "ordering": ("-id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "pending")),
                            fields=("misuse",),
                            name="relief_one_pending",
                            violation_error_message="该问题已有一个核销核减申请等待审批。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount_fen__gte", 1), ("amount_fen__lte", 1000000000000000)),
                            name="relief_amount_in_range",
                            violation_error_message="金额应大于 0，且不超过 10 万亿元。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by", None),
                                models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="relief_decided_by_another",
                            violation_error_message="核销核减不能由申请人自己批准。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_by", None), ("decided_on", None), ("state", "pending")),
                                models.Q(
                                    ("decided_by__isnull", False),
                                    ("decided_on__isnull", False),
                                    ("state__in", ("granted", "refused")),
                                ),
                                _connector="OR",
                            ),
                            name="relief_decided_iff_signed",
                            violation_error_message="已决定的核销核减须有批准人和日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LedgerEntry",
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
                        "misuse",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entries",
                            to="funds.misuse",
                            verbose_name="违规使用资金",
                        ),
                    ),
                    ("no", models.PositiveIntegerField(verbose_name="序号")),
                    (
                        "debit",
                        models.CharField(
                            choices=[
                                ("owed", "应追缴"),
                                ("open", "未结"),
                                ("confiscated", "收缴国库"),
                                ("cleared", "清退"),
                                ("returned", "退还群众"),
                                ("compensated", "责令退赔"),
                                ("handed_in", "登记上交"),
                                ("volunteered", "主动上交"),
                                ("treasury", "收回财政"),
                                ("repurposed", "调整用途"),
                                ("offset", "抵顶"),
                                ("cancelled", "取消计划"),
                                ("written_off", "核销"),
                            ],
                            max_length=12,
                            verbose_name="借方",
                        ),
                    ),
                    (
                        "credit",
                        models.CharField(
                            choices=[
                                ("owed", "应追缴"),
                                ("open", "未结"),
                                ("confiscated", "收缴国库"),
                                ("cleared", "清退"),
                                ("returned", "退还群众"),
                                ("compensated", "责令退赔"),
                                ("handed_in", "登记上交"),
                                ("volunteered", "主动上交"),
                                ("treasury", "收回财政"),
                                ("repurposed", "调整用途"),
                                ("offset", "抵顶"),
                                ("cancelled", "取消计划"),
                                ("written_off", "核销"),
                            ],
                            max_length=12,
                            verbose_name="贷方",
                        ),
                    ),
                    ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                    ("owed_after_fen", models.BigIntegerField(verbose_name="应追缴余额（分）")),
                    ("settled_after_fen", models.BigIntegerField(verbose_name="已结余额（分）")),
                    ("open_after_fen", models.BigIntegerField(verbose_name="未结余额（分）")),
                    ("booked_on", models.DateField(verbose_name="记账日期")),
                    (
                        "recovery",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entries",
                            to="funds.recovery",
                            verbose_name="追缴、退还",
                        ),
                    ),
                    (
                        "relief",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entry",
                            to="funds.relief",
                            verbose_name="核销核减",
                        ),
                    ),
                    (
                        "reverses",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reversed_by",
                            to="funds.ledgerentry",
                            verbose_name="冲正哪一条",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=500, verbose_name="理由")),
                    (
                        "booked_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="记账人",
                        ),
                    ),
                    (
                        "carried_over",
                        models.BooleanField(default=False, editable=False, verbose_name="由 1.0 结转"),
                    ),
                ],
                options={
                    "verbose_name": "台账分录",
                    "ordering": ("misuse", "no"),
                    "indexes": [models.Index(fields=["booked_on", "id"], name="entry_day")],
                    "constraints": [
                        models.UniqueConstraint(fields=("misuse", "no"), name="entry_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("credit", "owed"), ("debit", "open"), ("recovery", None)),
                                models.Q(
                                    ("credit", "open"),
                                    ("debit", "owed"),
                                    ("recovery", None),
                                    ("relief__isnull", False),
                                ),
                                models.Q(
                                    ("credit", "open"),
                                    (
                                        "debit__in",
                                        (
                                            "confiscated",
                                            "cleared",
                                            "returned",
                                            "compensated",
                                            "handed_in",
                                            "volunteered",
                                            "treasury",
                                            "repurposed",
                                            "offset",
                                            "cancelled",
                                            "written_off",
                                        ),
                                    ),
                                    ("recovery__isnull", False),
                                    ("reverses", None),
                                ),
                                models.Q(
                                    (
                                        "credit__in",
                                        (
                                            "confiscated",
                                            "cleared",
                                            "returned",
                                            "compensated",
                                            "handed_in",
                                            "volunteered",
                                            "treasury",
                                            "repurposed",
                                            "offset",
                                            "cancelled",
                                            "written_off",
                                        ),
                                    ),
                                    ("debit", "open"),
                                    ("recovery__isnull", False),
                                    ("reverses__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="entry_is_double",
                            violation_error_message="每条分录一借一贷，借贷应是应追缴、未结和处理方式之间的；调减应追缴须经批准。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "owed_after_fen",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("settled_after_fen"), "+", models.F("open_after_fen")
                                    ),
                                ),
                                ("open_after_fen__gte", 0),
                                ("settled_after_fen__gte", 0),
                            ),
                            name="entry_balances",
                            violation_error_message="应追缴应等于已结加未结，且都不小于 0。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount_fen__gte", 1), ("amount_fen__lte", 1000000000000000)),
                            name="entry_amount_in_range",
                            violation_error_message="分录金额应大于 0，且不超过 10 万亿元。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("debit", "written_off"), _negated=True),
                                ("relief__isnull", False),
                                _connector="OR",
                            ),
                            name="entry_write_off_approved",
                            violation_error_message="核销须经另一人批准。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("no", 1),
                                (
                                    "debit__in",
                                    (
                                        "confiscated",
                                        "cleared",
                                        "returned",
                                        "compensated",
                                        "handed_in",
                                        "volunteered",
                                        "treasury",
                                        "repurposed",
                                        "offset",
                                        "cancelled",
                                        "written_off",
                                    ),
                                ),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="entry_change_has_reason",
                            violation_error_message="调整应追缴和冲正都要写明理由。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("booked_by__isnull", False), ("carried_over", True), _connector="OR"
                            ),
                            name="entry_booked_by_someone",
                            violation_error_message="分录应有记账人。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReturnConfirmation",
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
                        "misuse",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="confirmations",
                            to="funds.misuse",
                            verbose_name="违规使用资金",
                        ),
                    ),
                    (
                        "recovery",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="confirmations",
                            to="funds.recovery",
                            verbose_name="退还群众的一笔",
                        ),
                    ),
                    (
                        "result",
                        models.CharField(
                            choices=[
                                ("received", "已足额收到"),
                                ("less", "收到金额不符"),
                                ("nothing", "没有收到"),
                            ],
                            max_length=10,
                            verbose_name="结果",
                        ),
                    ),
                    (
                        "way",
                        models.CharField(
                            choices=[("home", "入户"), ("phone", "电话"), ("office", "当面（到办公地点）")],
                            max_length=8,
                            verbose_name="方式",
                        ),
                    ),
                    ("asked_on", models.DateField(verbose_name="回访日期")),
                    ("said", models.CharField(blank=True, max_length=500, verbose_name="群众怎么说")),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="回访人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "退还回访",
                    "ordering": ("-asked_on", "-id"),
                },
            ),
        ),
        Together(
            migrations.RemoveConstraint(
                model_name="misuse",
                name="misuse_recovered_within_amount",
            ),
            migrations.RemoveConstraint(
                model_name="misuse",
                name="misuse_settled_when_all_is_back",
            ),
            migrations.AddField(
                model_name="misuse",
                name="adjusted_fen",
                field=models.BigIntegerField(
                    default=0, editable=False, verbose_name="应追缴与涉及金额之差（分）"
                ),
            ),
            migrations.AddField(
                model_name="misuse",
                name="finding",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="misuses",
                    to="inspections.finding",
                    verbose_name="巡察发现的问题",
                ),
            ),
            migrations.AddField(
                model_name="misuse",
                name="project",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="misuses",
                    to="funds.project",
                    verbose_name="相关项目",
                ),
            ),
            migrations.AddField(
                model_name="recovery",
                name="to_project",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="funds.project",
                    verbose_name="调整到的项目",
                ),
            ),
            migrations.AddField(
                model_name="misuse",
                name="period_from",
                field=models.DateField(blank=True, null=True, verbose_name="发生期间（起）"),
            ),
            migrations.AddField(
                model_name="misuse",
                name="period_to",
                field=models.DateField(blank=True, null=True, verbose_name="发生期间（止）"),
            ),
            migrations.AddField(
                model_name="recovery",
                name="household",
                field=models.CharField(blank=True, max_length=50, verbose_name="户主姓名"),
            ),
            migrations.AddField(
                model_name="recovery",
                name="signed_by",
                field=models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="经办人",
                ),
            ),
            migrations.AddField(
                model_name="recovery",
                name="village",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="core.region",
                    verbose_name="所在村",
                ),
            ),
            migrations.AddField(
                model_name="recovery",
                name="voucher_county",
                field=models.CharField(blank=True, editable=False, max_length=12, verbose_name="凭证所属县"),
            ),
            migrations.AddField(
                model_name="recovery",
                name="voucher_line",
                field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="凭证行号"),
            ),
            migrations.AddField(
                model_name="misuse",
                name="nature",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="misuses",
                    to="funds.misusenature",
                    verbose_name="问题性质",
                ),
            ),
            migrations.AlterField(
                model_name="recovery",
                name="kind",
                field=models.CharField(
                    choices=[
                        ("confiscated", "收缴国库"),
                        ("cleared", "清退"),
                        ("returned", "退还群众"),
                        ("compensated", "责令退赔"),
                        ("handed_in", "登记上交"),
                        ("volunteered", "主动上交"),
                        ("treasury", "收回财政"),
                        ("repurposed", "调整用途"),
                        ("offset", "抵顶"),
                        ("cancelled", "取消计划"),
                        ("written_off", "核销"),
                    ],
                    max_length=12,
                    verbose_name="方式",
                ),
            ),
            migrations.AddConstraint(
                model_name="recovery",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("voided_at", None), models.Q(("voucher_county", ""), _negated=True)),
                    fields=("voucher_county", "voucher_no", "voucher_line"),
                    name="recovery_voucher_once",
                    violation_error_message="这个凭证号在本县已经登记过，请核对是否重复。",
                ),
            ),
            migrations.AddConstraint(
                model_name="recovery",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("household", ""), ("village", None)),
                        models.Q(models.Q(("household", ""), _negated=True), ("kind", "returned")),
                        _connector="OR",
                    ),
                    name="recovery_household_got_it_back",
                    violation_error_message="只有退还群众的才填写户主和所在村。",
                ),
            ),
            migrations.AddConstraint(
                model_name="misuse",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("recovered_fen__gte", 0),
                        (
                            "recovered_fen__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("amount_fen"), "+", models.F("adjusted_fen")
                            ),
                        ),
                    ),
                    name="misuse_recovered_within_amount",
                    violation_error_message="追缴金额合计不能超过应追缴金额。",
                ),
            ),
            migrations.AddConstraint(
                model_name="misuse",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            (
                                "recovered_fen",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("amount_fen"), "+", models.F("adjusted_fen")
                                ),
                            ),
                            ("state", "settled"),
                        ),
                        models.Q(
                            (
                                "recovered_fen__lt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("amount_fen"), "+", models.F("adjusted_fen")
                                ),
                            ),
                            ("state", "open"),
                        ),
                        _connector="OR",
                    ),
                    name="misuse_settled_when_all_is_back",
                    violation_error_message="全部追缴到位的才是“已追缴到位”。",
                ),
            ),
            migrations.AddConstraint(
                model_name="misuse",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("period_to", None),
                        models.Q(("period_from__isnull", False), ("period_from__lte", models.F("period_to"))),
                        _connector="OR",
                    ),
                    name="misuse_period_in_order",
                    violation_error_message="发生期间的止日不能早于起日；只填一个的，填起日。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
