"""Registers of who gets what, their people, the yearly marks of households."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from funds import register_triggers
from funds.register_reference import install_register_kinds
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes


def load(apps, _schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))
    install_register_kinds(apps.get_model("funds", "RegisterKind"))


def guard(_apps, schema_editor):
    register_triggers.install(schema_editor.connection)


def unguard(_apps, schema_editor):
    register_triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("funds", "0013_village_money"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="RegisterKind",
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
                        "per",
                        models.CharField(
                            choices=[("person", "一人一行"), ("payment", "一笔一行")],
                            default="person",
                            max_length=8,
                            verbose_name="怎样分行",
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
                    "verbose_name": "名册种类",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Register",
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
                    ("as_of", models.DateField(verbose_name="截止日期")),
                    ("part", models.CharField(blank=True, max_length=20, verbose_name="分册")),
                    ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                    ("file_digest", models.CharField(max_length=64, verbose_name="文件校验值")),
                    (
                        "read_count",
                        models.PositiveIntegerField(default=0, editable=False, verbose_name="文件行数"),
                    ),
                    (
                        "kept_count",
                        models.PositiveIntegerField(default=0, editable=False, verbose_name="载入行数"),
                    ),
                    (
                        "refused_count",
                        models.PositiveIntegerField(default=0, editable=False, verbose_name="没有载入"),
                    ),
                    (
                        "causes",
                        models.JSONField(blank=True, default=dict, editable=False, verbose_name="原因"),
                    ),
                    (
                        "marks_year",
                        models.PositiveSmallIntegerField(
                            blank=True, editable=False, null=True, verbose_name="标注年度"
                        ),
                    ),
                    (
                        "failure",
                        models.CharField(
                            blank=True, editable=False, max_length=200, verbose_name="没有载入的原因"
                        ),
                    ),
                    (
                        "spool_sha256",
                        models.CharField(blank=True, db_index=True, editable=False, max_length=64),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("loading", "正在载入"),
                                ("loaded", "在用"),
                                ("replaced", "已被替换"),
                                ("failed", "没有载入"),
                                ("void", "已作废"),
                            ],
                            default="loading",
                            editable=False,
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="载入单位",
                        ),
                    ),
                    (
                        "loaded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="载入人",
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
                        "source_unit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="提供单位",
                        ),
                    ),
                    (
                        "kind",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="registers",
                            to="funds.registerkind",
                            verbose_name="名册种类",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "名册",
                },
            ),
            migrations.CreateModel(
                name="RegisterRefusal",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("line", models.PositiveIntegerField(verbose_name="行号")),
                    (
                        "column",
                        models.CharField(
                            choices=[
                                ("village", "村代码"),
                                ("household", "户编号"),
                                ("name", "姓名"),
                                ("relation", "与户主关系"),
                                ("id_number", "身份证号"),
                                ("account", "账号"),
                                ("amount", "金额"),
                                ("note", "备注"),
                                ("food", "吃"),
                                ("clothing", "穿"),
                                ("schooling", "义务教育"),
                                ("health", "基本医疗"),
                                ("housing", "住房安全"),
                                ("water", "饮水安全"),
                                ("exit", "脱贫状态"),
                            ],
                            max_length=10,
                            verbose_name="列",
                        ),
                    ),
                    (
                        "cause",
                        models.CharField(
                            choices=[
                                ("region", "村代码不是 12 位（或 2、4、6、9 位）数字，请改正。"),
                                ("elsewhere", "不是本县的村，请改由所在县载入。"),
                                ("unknown", "系统中没有这个村，请核对区划代码，或者先载入区划。"),
                                ("level", "应填写村（社区）的代码，不能是乡镇或者县，请改正。"),
                                ("abolished", "这个村在名册截止日期以前已经撤销，请改填并入后的村。"),
                                ("name", "没有姓名，或者姓名超过 60 个字、有看不见的字符，请改正。"),
                                ("text", "内容太长或者有看不见的字符，请改正。"),
                                (
                                    "id_shape",
                                    "身份证号应为 18 位（旧号 15 位），最后一位是数字或 X，请改正。",
                                ),
                                (
                                    "id_digits",
                                    "身份证号在表格里存成了数字，末几位已经丢失，请按文本重新填写。",
                                ),
                                ("id_date", "身份证号第 7 至 14 位不是有效的出生日期，请核对。"),
                                ("id_check", "身份证号校验不符，可能有一位写错，请核对。"),
                                ("amount", "金额应以元为单位填写数字，最多两位小数，不能为负数，请改正。"),
                                (
                                    "mark",
                                    "应填写“是”或“否”（脱贫状态填写“未脱贫”“脱贫”“返贫”“稳定脱贫”），请改正。",
                                ),
                                ("household", "有标注的户应有户编号，请补填。"),
                                ("twice", "与前面一行是同一个人，请删去一行。"),
                                ("head_twice", "同一户编号在前面已有一行户主标注，请核对。"),
                                ("other_part", "这个人已在同一名册的另一分册中，请核对。"),
                            ],
                            max_length=10,
                            verbose_name="原因",
                        ),
                    ),
                    ("other_line", models.PositiveIntegerField(blank=True, null=True, verbose_name="前一行")),
                    (
                        "register",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="refusals",
                            to="funds.register",
                            verbose_name="名册",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "没有载入的行",
                },
            ),
            migrations.CreateModel(
                name="HouseholdMark",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    ("line", models.PositiveIntegerField(verbose_name="行号")),
                    ("household_no", models.CharField(max_length=30, verbose_name="户编号")),
                    ("head_name", models.CharField(max_length=60, verbose_name="户主姓名")),
                    ("food", models.BooleanField(null=True, verbose_name="不愁吃")),
                    ("clothing", models.BooleanField(null=True, verbose_name="不愁穿")),
                    ("schooling", models.BooleanField(null=True, verbose_name="义务教育")),
                    ("health", models.BooleanField(null=True, verbose_name="基本医疗")),
                    ("housing", models.BooleanField(null=True, verbose_name="住房安全")),
                    ("water", models.BooleanField(null=True, verbose_name="饮水安全")),
                    (
                        "exit",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("poor", "未脱贫"),
                                ("out", "脱贫"),
                                ("stable", "稳定脱贫"),
                                ("back", "返贫"),
                            ],
                            max_length=6,
                            verbose_name="脱贫状态",
                        ),
                    ),
                    ("lost", models.BooleanField(default=False, editable=False, verbose_name="比上年减少")),
                    (
                        "changed",
                        models.BooleanField(default=False, editable=False, verbose_name="比上年有变化"),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="村",
                        ),
                    ),
                    (
                        "register",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="marks",
                            to="funds.register",
                            verbose_name="名册",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "户年度标注",
                    "indexes": [models.Index(fields=["register", "region"], name="mark_register_region")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("register", "household_no"),
                            name="mark_household_once",
                            violation_error_message="一份名册里一户只有一行标注。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Beneficiary",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("line", models.PositiveIntegerField(verbose_name="行号")),
                    ("household_no", models.CharField(blank=True, max_length=30, verbose_name="户编号")),
                    ("name", models.CharField(max_length=60, verbose_name="姓名")),
                    ("relation", models.CharField(blank=True, max_length=20, verbose_name="与户主关系")),
                    ("id_key", models.BinaryField(max_length=16)),
                    ("sealed", models.BinaryField()),
                    ("key_id", models.CharField(editable=False, max_length=16)),
                    ("account_tail", models.CharField(blank=True, max_length=4, verbose_name="账号末四位")),
                    ("amount_fen", models.BigIntegerField(blank=True, null=True, verbose_name="金额（分）")),
                    ("note", models.CharField(blank=True, max_length=100, verbose_name="备注")),
                    (
                        "region",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="村",
                        ),
                    ),
                    (
                        "register",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="people",
                            to="funds.register",
                            verbose_name="名册",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "名册对象",
                    "indexes": [
                        models.Index(fields=["id_key"], name="beneficiary_id_key"),
                        models.Index(fields=["register", "region"], name="beneficiary_register_region"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("amount_fen", None),
                                models.Q(("amount_fen__gte", 0), ("amount_fen__lte", 1000000000000000)),
                                _connector="OR",
                            ),
                            name="beneficiary_amount_in_range",
                            violation_error_message="金额不能为负数，且不超过 10 万亿元。",
                        )
                    ],
                },
            ),
        ),
        Together(
            migrations.AddConstraint(
                model_name="registerkind",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("code",),
                    name="registerkind_one_proposal",
                    violation_error_message="这一项已有一个变更等待确认，请先处理。",
                ),
            ),
            migrations.AddConstraint(
                model_name="registerkind",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_by", None),
                        models.Q(
                            ("changed_by__isnull", False),
                            models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="registerkind_two_pairs_of_eyes",
                    violation_error_message="分类项的提出人和确认人不能是同一个人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="registerkind",
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
                    name="registerkind_changed_ends_confirmed",
                    violation_error_message="由人提出的分类项须经另一人确认。",
                ),
            ),
            migrations.AddConstraint(
                model_name="registerkind",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to", None),
                        ("valid_from", None),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="registerkind_ends_after_start",
                    violation_error_message="停用日期不能早于启用日期。",
                ),
            ),
            migrations.AddIndex(
                model_name="register",
                index=models.Index(fields=["region", "state"], name="register_region_state"),
            ),
            migrations.AddConstraint(
                model_name="register",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "loaded")),
                    fields=("region", "kind", "as_of", "part"),
                    name="register_stands_once",
                    violation_error_message="同一种类、截止日期和分册的名册只能有一份在用。",
                ),
            ),
            migrations.AddConstraint(
                model_name="register",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("marks_year__isnull", False), ("state", "loaded")),
                    fields=("region", "marks_year"),
                    name="register_marks_once",
                    violation_error_message="一个县一个年度只能以一份名册的标注为准。",
                ),
            ),
            migrations.AddConstraint(
                model_name="register",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "read_count",
                            django.db.models.expressions.CombinedExpression(
                                models.F("kept_count"), "+", models.F("refused_count")
                            ),
                        )
                    ),
                    name="register_counts_add_up",
                    violation_error_message="载入和没有载入的行数合计应等于文件行数。",
                ),
            ),
            migrations.AddConstraint(
                model_name="register",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("kept_count", 0), ("state", "failed"), models.Q(("failure", ""), _negated=True)
                        ),
                        models.Q(models.Q(("state", "failed"), _negated=True), ("failure", "")),
                        _connector="OR",
                    ),
                    name="register_failed_says_why",
                    violation_error_message="没有载入的名册应写明原因，且没有载入的行。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
