"""Look-backs: plans, what was drawn for them, their rows, and what is asked."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes
from rectification import look_back_reference, look_back_triggers


def install(apps, schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))
    look_back_reference.install(apps.get_model("rectification", "LookBackQuestion"))
    term_triggers.install(schema_editor.connection, "rectification_lookbackquestion")
    look_back_triggers.install(schema_editor.connection)


def uninstall(_apps, schema_editor):
    look_back_triggers.remove(schema_editor.connection)
    term_triggers.remove(schema_editor.connection, "rectification_lookbackquestion")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("core", "__first__"),
        ("funds", "0009_slip_times"),
        ("inspections", "0009_people_without_account"),
        ("rectification", "0020_paper_money"),
    ]

    operations = [
        Together(
            migrations.AlterField(
                model_name="item",
                name="source",
                field=models.CharField(
                    choices=[
                        ("finding", "巡察发现"),
                        ("lead", "问题线索"),
                        ("audit", "审计反馈"),
                        ("misuse", "违规资金"),
                        ("assessment", "考核评估"),
                        ("superior", "上级反馈"),
                        ("look_back", "回头看发现"),
                    ],
                    max_length=12,
                    verbose_name="问题来源",
                ),
            ),
        ),
        Together(
            migrations.CreateModel(
                name="LookBack",
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
                    ("title", models.CharField(max_length=100, verbose_name="计划名称")),
                    (
                        "origin",
                        models.CharField(
                            choices=[("round", "巡察轮次"), ("campaign", "专项行动"), ("period", "一段时间")],
                            max_length=10,
                            verbose_name="范围",
                        ),
                    ),
                    ("period_from", models.DateField(blank=True, null=True, verbose_name="销号、退还不早于")),
                    ("period_to", models.DateField(blank=True, null=True, verbose_name="销号、退还不晚于")),
                    (
                        "pool",
                        models.CharField(
                            choices=[
                                ("both", "已销号事项和退还款项"),
                                ("items", "已销号事项"),
                                ("returns", "退还群众的款项"),
                            ],
                            default="both",
                            max_length=8,
                            verbose_name="抽查什么",
                        ),
                    ),
                    ("random_size", models.PositiveSmallIntegerField(default=0, verbose_name="随机抽取数量")),
                    (
                        "above_fen",
                        models.BigIntegerField(
                            blank=True, null=True, verbose_name="金额不低于（分）的全部抽查"
                        ),
                    ),
                    (
                        "repeat_units",
                        models.BooleanField(default=False, verbose_name="有过反弹的单位全部抽查"),
                    ),
                    ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                    ("starts_on", models.DateField(verbose_name="开始日期")),
                    ("ends_on", models.DateField(verbose_name="截止日期")),
                    ("approved_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                    ("finished_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafted", "待批准"),
                                ("approved", "核查中"),
                                ("finished", "已办结"),
                                ("cancelled", "已取消"),
                            ],
                            default="drafted",
                            max_length=10,
                            verbose_name="状态",
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
                    (
                        "campaign",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="look_backs",
                            to="inspections.campaign",
                            verbose_name="专项行动",
                        ),
                    ),
                    (
                        "desk_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="组织单位",
                        ),
                    ),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="拟定人",
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
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="look_backs",
                            to="inspections.round",
                            verbose_name="巡察轮次",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "回头看计划",
                    "indexes": [models.Index(fields=["region", "state"], name="look_back_region_state")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("campaign", None),
                                    ("origin", "round"),
                                    ("period_from", None),
                                    ("period_to", None),
                                    ("round__isnull", False),
                                ),
                                models.Q(
                                    ("campaign__isnull", False),
                                    ("origin", "campaign"),
                                    ("period_from", None),
                                    ("period_to", None),
                                    ("round", None),
                                ),
                                models.Q(
                                    ("campaign", None),
                                    ("origin", "period"),
                                    ("period_from__lte", models.F("period_to")),
                                    ("round", None),
                                ),
                                _connector="OR",
                            ),
                            name="look_back_origin_is_whole",
                            violation_error_message="范围应是一个轮次、一个专项行动，或者一段有起止的时间。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                            name="look_back_ends_after_start",
                            violation_error_message="截止日期不能早于开始日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("drafted_by", models.F("approver")), _negated=True),
                            name="look_back_two_persons",
                            violation_error_message="拟定人和批准人不能是同一个人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("number", None), ("state", "finished"), _connector="OR"),
                            name="look_back_number_only_at_the_end",
                            violation_error_message="回头看计划办结时才编号。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ("approved", "finished")), _negated=True),
                                ("approved_on__isnull", False),
                                _connector="OR",
                            ),
                            name="look_back_approved_first",
                            violation_error_message="回头看计划批准后才能核查。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("finished_on__isnull", False), ("state", "finished")),
                                models.Q(
                                    models.Q(("state", "finished"), _negated=True), ("finished_on", None)
                                ),
                                _connector="OR",
                            ),
                            name="look_back_finished_is_dated",
                            violation_error_message="已办结的回头看计划应有办结日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("random_size__lte", 200),
                                models.Q(
                                    ("above_fen", None),
                                    models.Q(("above_fen__gte", 1), ("above_fen__lte", 1000000000000000)),
                                    _connector="OR",
                                ),
                            ),
                            name="look_back_amounts_sensible",
                            violation_error_message="一次最多抽查 200 件；金额应大于 0，且不超过 10 万亿元。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LookBackCheck",
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
                    ("seq", models.PositiveSmallIntegerField(verbose_name="序号")),
                    (
                        "ground",
                        models.CharField(
                            choices=[
                                ("random", "随机抽取"),
                                ("amount", "金额"),
                                ("repeat", "单位有过反弹"),
                                ("unit", "指定单位"),
                            ],
                            max_length=8,
                            verbose_name="抽取依据",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("finding", "巡察发现"),
                                ("lead", "问题线索"),
                                ("audit", "审计反馈"),
                                ("misuse", "违规资金"),
                                ("assessment", "考核评估"),
                                ("superior", "上级反馈"),
                                ("look_back", "回头看发现"),
                                ("returned", "退还群众的款项"),
                            ],
                            max_length=12,
                            verbose_name="来源",
                        ),
                    ),
                    ("amount_fen", models.BigIntegerField(default=0, verbose_name="金额（分）")),
                    ("visited_on", models.DateField(blank=True, null=True, verbose_name="核查日期")),
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
                    ("finding", models.TextField(blank=True, verbose_name="核查情况")),
                    ("reason", models.CharField(blank=True, max_length=500, verbose_name="反弹情况")),
                    ("questions", models.JSONField(blank=True, default=list, verbose_name="询问提纲")),
                    ("decided_on", models.DateField(blank=True, null=True, verbose_name="处理日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drawn", "待分派"),
                                ("assigned", "待核查"),
                                ("confirmed", "整改到位"),
                                ("relapsed", "反弹，待处理"),
                                ("reopened", "反弹，已重新打开"),
                                ("renewed", "反弹，已另立事项"),
                                ("dropped", "不再核查"),
                            ],
                            default="drawn",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "checker",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="核查人",
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
                            verbose_name="处理人",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="look_backs",
                            to="rectification.item",
                            verbose_name="整改事项",
                        ),
                    ),
                    (
                        "new_item",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rectification.item",
                            verbose_name="另立的事项",
                        ),
                    ),
                    (
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="rectification.lookback",
                            verbose_name="回头看计划",
                        ),
                    ),
                    (
                        "recovery",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="look_backs",
                            to="funds.recovery",
                            verbose_name="退还款项",
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
                        "signer",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.person",
                            verbose_name="复核（经办）人",
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
                    "verbose_name": "回头看核查",
                    "indexes": [
                        models.Index(fields=["checker", "state"], name="look_back_check_checker"),
                        models.Index(fields=["region", "state"], name="look_back_check_region"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("plan", "seq"), name="look_back_check_seq_once"),
                        models.UniqueConstraint(fields=("plan", "item"), name="look_back_check_item_once"),
                        models.UniqueConstraint(
                            fields=("plan", "recovery"), name="look_back_check_recovery_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("item__isnull", False),
                                    ("recovery", None),
                                    models.Q(("kind", "returned"), _negated=True),
                                ),
                                models.Q(("item", None), ("kind", "returned"), ("recovery__isnull", False)),
                                _connector="OR",
                            ),
                            name="look_back_check_one_thing",
                            violation_error_message="一条核查对应一个事项或者一笔退还。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("checker", None), ("state", "drawn"), ("visited_on", None)),
                                models.Q(
                                    ("checker__isnull", False), ("state", "assigned"), ("visited_on", None)
                                ),
                                models.Q(("state", "dropped"), ("visited_on", None)),
                                models.Q(
                                    ("checker__isnull", False),
                                    ("state__in", ("confirmed", "relapsed", "reopened", "renewed")),
                                    ("visited_on__isnull", False),
                                    models.Q(("finding", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="look_back_check_state_is_whole",
                            violation_error_message="核查到哪一步，就应有那一步的核查人、日期和情况。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ("relapsed", "reopened", "renewed")), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="look_back_check_relapse_has_reason",
                            violation_error_message="结果为反弹的，应写明反弹情况。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decided_by__isnull", False),
                                    ("decided_on__isnull", False),
                                    ("state__in", ("reopened", "renewed")),
                                    models.Q(
                                        models.Q(("new_item__isnull", False), ("state", "renewed")),
                                        models.Q(
                                            ("item__isnull", False), ("new_item", None), ("state", "reopened")
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                models.Q(
                                    models.Q(("state__in", ("reopened", "renewed")), _negated=True),
                                    ("decided_by", None),
                                    ("decided_on", None),
                                    ("new_item", None),
                                ),
                                _connector="OR",
                            ),
                            name="look_back_check_followed_by",
                            violation_error_message="反弹处理应有处理人、日期；另立事项的有新事项，重新打开的是原事项。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount_fen__gte", 0), ("amount_fen__lte", 1000000000000000)),
                            name="look_back_check_amount_in_range",
                            violation_error_message="金额应在 0 和 10 万亿元之间。",
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
                            name="look_back_check_position_is_whole",
                            violation_error_message="定位应同时有纬度和经度，且在正常范围以内。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LookBackAnswer",
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
                        "role",
                        models.CharField(
                            choices=[
                                ("household", "受益农户"),
                                ("villager", "其他群众"),
                                ("cadre", "村组干部"),
                                ("staff", "单位工作人员"),
                            ],
                            max_length=10,
                            verbose_name="受访人身份",
                        ),
                    ),
                    ("surname", models.CharField(max_length=2, verbose_name="姓氏")),
                    (
                        "paid",
                        models.CharField(
                            choices=[
                                ("yes", "退了，足额"),
                                ("less", "退了一部分"),
                                ("no", "没有退"),
                                ("none", "不涉及退款"),
                            ],
                            max_length=4,
                            verbose_name="钱退了没有",
                        ),
                    ),
                    ("paid_on", models.DateField(blank=True, null=True, verbose_name="什么时候退的")),
                    (
                        "paid_by",
                        models.CharField(blank=True, max_length=100, verbose_name="谁退的、怎么退的"),
                    ),
                    (
                        "amount_fen",
                        models.BigIntegerField(blank=True, null=True, verbose_name="退了多少（分）"),
                    ),
                    ("said", models.CharField(blank=True, max_length=500, verbose_name="还说了什么")),
                    (
                        "check_row",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="answers",
                            to="rectification.lookbackcheck",
                            verbose_name="回头看核查",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "回头看询问",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("paid__in", ("yes", "less")),
                                    models.Q(
                                        ("amount_fen", None),
                                        models.Q(
                                            ("amount_fen__gte", 1), ("amount_fen__lte", 1000000000000000)
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                models.Q(
                                    ("amount_fen", None), ("paid__in", ("no", "none")), ("paid_on", None)
                                ),
                                _connector="OR",
                            ),
                            name="look_back_answer_sum_where_paid",
                            violation_error_message="退了款的才填日期和金额；金额应大于 0，且不超过 10 万亿元。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="LookBackDraw",
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
                    ("seed", models.CharField(max_length=40, verbose_name="种子")),
                    ("population", models.JSONField(verbose_name="名单")),
                    ("drawn", models.JSONField(blank=True, verbose_name="随机抽中")),
                    ("drawn_at", models.DateTimeField(verbose_name="抽取时间")),
                    (
                        "drawn_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="抽取人",
                        ),
                    ),
                    (
                        "plan",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="draw",
                            to="rectification.lookback",
                            verbose_name="回头看计划",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "回头看抽取记录",
                },
            ),
            migrations.CreateModel(
                name="LookBackQuestion",
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
                    "verbose_name": "回头看询问提纲",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="lookbackquestion_one_proposal",
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
                            name="lookbackquestion_two_pairs_of_eyes",
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
                            name="lookbackquestion_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="lookbackquestion_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LookBackUnit",
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
                            related_name="units",
                            to="rectification.lookback",
                            verbose_name="回头看计划",
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
                ],
                options={
                    "verbose_name": "指定抽查单位",
                    "constraints": [
                        models.UniqueConstraint(fields=("plan", "unit"), name="look_back_unit_once")
                    ],
                },
            ),
        ),
        Run(install, uninstall),
    ]
