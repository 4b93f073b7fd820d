"""Who answers for a place: capacities, figures, terms, letters, hand-overs, lists of village teams."""

import django.db.models.deletion
import django.db.models.expressions
import povertyaudit.core.models.base
import povertyaudit.core.moment
from django.conf import settings
from django.db import migrations, models

from povertyaudit.answering import reference, triggers
from povertyaudit.answering.models import AnsweringRule
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes


def install(apps, schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))
    reference.install_capacities(apps.get_model("answering", "Capacity"))
    reference.install_rules(
        apps.get_model("answering", "AnsweringRule"),
        lambda kind, amount: AnsweringRule.WORDS[kind].format(amount),
    )
    for table in ("answering_capacity", "answering_answeringrule"):
        term_triggers.install(schema_editor.connection, table)
    triggers.install(schema_editor.connection)
    triggers.install_letters(schema_editor.connection)


def uninstall(_apps, schema_editor):
    triggers.remove_letters(schema_editor.connection)
    triggers.remove(schema_editor.connection)
    for table in ("answering_capacity", "answering_answeringrule"):
        term_triggers.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("inspections", "0009_people_without_account"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="Capacity",
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
                    ("levels", models.CharField(blank=True, max_length=5, verbose_name="地区层级")),
                    ("single", models.BooleanField(default=False, verbose_name="一地一人")),
                    (
                        "of",
                        models.CharField(
                            choices=[("place", "地方"), ("household", "一户"), ("person", "一人")],
                            default="place",
                            max_length=10,
                            verbose_name="对象",
                        ),
                    ),
                    ("team", models.CharField(blank=True, max_length=16, verbose_name="驻村职务")),
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
                    "verbose_name": "责任身份",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Responsibility",
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
                    ("name", models.CharField(blank=True, max_length=50, verbose_name="姓名（没有账号的）")),
                    (
                        "post_title",
                        models.CharField(blank=True, max_length=50, verbose_name="职务（没有账号的）"),
                    ),
                    ("code", models.CharField(editable=False, max_length=30, verbose_name="责任身份代码")),
                    ("single", models.BooleanField(default=False, editable=False, verbose_name="一地一人")),
                    ("object_no", models.CharField(blank=True, max_length=30, verbose_name="户（人）编号")),
                    ("duty", models.CharField(blank=True, max_length=200, verbose_name="职责")),
                    ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                    ("starts_on", models.DateField(verbose_name="任职日期")),
                    ("ends_on", models.DateField(blank=True, null=True, verbose_name="任期至")),
                    (
                        "times_extended",
                        models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="延期次数"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("serving", "在任"),
                                ("ended", "已结束"),
                                ("recalled", "已召回"),
                                ("voided", "已作废"),
                            ],
                            default="serving",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "area",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.area",
                            verbose_name="片区",
                        ),
                    ),
                    (
                        "capacity",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="answering.capacity",
                            verbose_name="责任身份",
                        ),
                    ),
                    (
                        "home_unit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="所在（派出）单位",
                        ),
                    ),
                    (
                        "predecessor",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="successor",
                            to="answering.responsibility",
                            verbose_name="前任",
                        ),
                    ),
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
                    (
                        "user",
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
                        "village_person",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="term",
                            to="inspections.villageperson",
                            verbose_name="驻村人员",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "责任人任职",
                },
            ),
            migrations.CreateModel(
                name="Letter",
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
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    ("code", models.CharField(editable=False, max_length=30, verbose_name="下级责任身份")),
                    ("paper_no", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                    ("duties", models.TextField(blank=True, max_length=2000, verbose_name="目标任务")),
                    (
                        "upper_signed_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="上级签字日期"),
                    ),
                    (
                        "lower_signed_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="下级签字日期"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("drawn", "待签订"), ("signed", "已签订"), ("voided", "已作废")],
                            default="drawn",
                            editable=False,
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "lower_noted_by",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="下级签字登记人",
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
                        "upper_noted_by",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="上级签字登记人",
                        ),
                    ),
                    (
                        "lower",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="letters",
                            to="answering.responsibility",
                            verbose_name="下级签订人",
                        ),
                    ),
                    (
                        "upper",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="answering.responsibility",
                            verbose_name="上级签订人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "责任书",
                },
            ),
            migrations.CreateModel(
                name="TeamList",
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
                    ("file_name", models.CharField(blank=True, max_length=100, verbose_name="文件")),
                    (
                        "file_sha256",
                        models.CharField(
                            blank=True, editable=False, max_length=64, verbose_name="文件校验值"
                        ),
                    ),
                    ("basis", models.CharField(blank=True, max_length=200, verbose_name="选派文件")),
                    (
                        "rows_given",
                        models.PositiveIntegerField(default=0, editable=False, verbose_name="名单行数"),
                    ),
                    (
                        "rows_known",
                        models.PositiveIntegerField(default=0, editable=False, verbose_name="已经登记"),
                    ),
                    (
                        "rows_made",
                        models.PositiveIntegerField(default=0, editable=False, verbose_name="新登记"),
                    ),
                    (
                        "lines",
                        models.JSONField(blank=True, default=list, editable=False, verbose_name="待导入的行"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("staged", "待导入"), ("imported", "已导入"), ("dropped", "已放弃")],
                            default="staged",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
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
                        "taken_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="上传人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "驻村任期名单",
                },
            ),
            migrations.CreateModel(
                name="TermHandover",
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
                    ("listed", models.TextField(max_length=4000, verbose_name="交接清单")),
                    ("given_on", models.DateField(verbose_name="移交日期")),
                    ("taken_on", models.DateField(blank=True, null=True, verbose_name="接收日期")),
                    ("remarks", models.TextField(blank=True, max_length=2000, verbose_name="接收意见")),
                    (
                        "given_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="移交确认人",
                        ),
                    ),
                    (
                        "taken_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="接收确认人",
                        ),
                    ),
                    (
                        "term",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="handover",
                            to="answering.responsibility",
                            verbose_name="任职",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "任期交接",
                },
            ),
            migrations.CreateModel(
                name="AnsweringRule",
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
                    ("kind", models.CharField(max_length=20, verbose_name="规定事项")),
                    (
                        "amount",
                        models.CharField(
                            choices=[
                                ("0", "0"),
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
                                ("24", "24"),
                                ("30", "30"),
                                ("36", "36"),
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
                    "verbose_name": "责任到人规定",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="answeringrule_one_proposal",
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
                            name="answeringrule_two_pairs_of_eyes",
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
                            name="answeringrule_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="answeringrule_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
        ),
        Together(
            migrations.AddConstraint(
                model_name="capacity",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("code",),
                    name="capacity_one_proposal",
                    violation_error_message="这一项已有一个变更等待确认，请先处理。",
                ),
            ),
            migrations.AddConstraint(
                model_name="capacity",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_by", None),
                        models.Q(
                            ("changed_by__isnull", False),
                            models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="capacity_two_pairs_of_eyes",
                    violation_error_message="分类项的提出人和确认人不能是同一个人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="capacity",
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
                    name="capacity_changed_ends_confirmed",
                    violation_error_message="由人提出的分类项须经另一人确认。",
                ),
            ),
            migrations.AddConstraint(
                model_name="capacity",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to", None),
                        ("valid_from", None),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="capacity_ends_after_start",
                    violation_error_message="停用日期不能早于启用日期。",
                ),
            ),
            migrations.AddIndex(
                model_name="responsibility",
                index=models.Index(fields=["region", "starts_on"], name="responsibility_region_day"),
            ),
            migrations.AddIndex(
                model_name="responsibility",
                index=models.Index(fields=["state", "ends_on"], name="responsibility_ending"),
            ),
            migrations.AddConstraint(
                model_name="responsibility",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("name", ""), ("user__isnull", False)),
                        models.Q(
                            ("home_unit__isnull", False),
                            ("user", None),
                            models.Q(("name", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="responsibility_somebody",
                    violation_error_message="责任人或者选择账号，或者填写姓名和单位，二者选一。",
                ),
            ),
            migrations.AddConstraint(
                model_name="responsibility",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                    ),
                    name="responsibility_in_order",
                    violation_error_message="任期的末日不能早于任职日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="responsibility",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ("serving", "voided")), ("ends_on__isnull", False), _connector="OR"
                    ),
                    name="responsibility_over_is_dated",
                    violation_error_message="已结束的任职须有末日。",
                ),
            ),
            migrations.AddConstraint(
                model_name="responsibility",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("predecessor", None),
                        models.Q(("predecessor", models.F("id")), _negated=True),
                        _connector="OR",
                    ),
                    name="responsibility_follows_another",
                    violation_error_message="前任不能是本人这一任。",
                ),
            ),
            migrations.AddIndex(
                model_name="letter",
                index=models.Index(fields=["year", "region"], name="letter_year_region"),
            ),
            migrations.AddConstraint(
                model_name="letter",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "voided"), _negated=True),
                    fields=("year", "region", "code"),
                    name="letter_once_a_year",
                    violation_error_message="这个地方这一责任身份当年的责任书已经拟定。",
                ),
            ),
            migrations.AddConstraint(
                model_name="letter",
                constraint=models.CheckConstraint(
                    condition=models.Q(("upper", models.F("lower")), _negated=True),
                    name="letter_between_two",
                    violation_error_message="上级、下级签订人不能是同一任职。",
                ),
            ),
            migrations.AddConstraint(
                model_name="letter",
                constraint=models.CheckConstraint(
                    condition=models.Q(("year__gte", 2013), ("year__lte", 2100)),
                    name="letter_year_sensible",
                    violation_error_message="请核对年度。",
                ),
            ),
            migrations.AddConstraint(
                model_name="letter",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("lower_signed_on__isnull", False),
                            ("state", "signed"),
                            ("upper_signed_on__isnull", False),
                        ),
                        models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("upper_signed_on", None),
                                ("lower_signed_on", None),
                                ("state", "voided"),
                                _connector="OR",
                            ),
                        ),
                        _connector="OR",
                    ),
                    name="letter_signed_by_both",
                    violation_error_message="双方都签了字的才是已签订。",
                ),
            ),
            migrations.AddConstraint(
                model_name="letter",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            models.Q(("upper_noted_by", None), ("upper_signed_on", None)),
                            models.Q(("upper_noted_by__isnull", False), ("upper_signed_on__isnull", False)),
                            _connector="OR",
                        ),
                        models.Q(
                            models.Q(("lower_noted_by", None), ("lower_signed_on", None)),
                            models.Q(("lower_noted_by__isnull", False), ("lower_signed_on__isnull", False)),
                            _connector="OR",
                        ),
                    ),
                    name="letter_signature_is_noted",
                    violation_error_message="签字应有日期和登记人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="teamlist",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "rows_given__gte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("rows_known"), "+", models.F("rows_made")
                            ),
                        )
                    ),
                    name="team_list_counts_add_up",
                    violation_error_message="新登记的和已经登记的不能超过名单行数。",
                ),
            ),
            migrations.AddConstraint(
                model_name="teamlist",
                constraint=models.CheckConstraint(
                    condition=models.Q(("state", "staged"), ("lines", []), _connector="OR"),
                    name="team_list_lines_are_gone",
                    violation_error_message="名单导入或者放弃以后不再保存各行。",
                ),
            ),
            migrations.AddConstraint(
                model_name="termhandover",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("taken_by", None), ("taken_on", None)),
                        models.Q(
                            ("taken_by__isnull", False),
                            ("taken_on__gte", models.F("given_on")),
                            ("taken_on__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="term_handover_taken_is_whole",
                    violation_error_message="接收应有日期和确认人，日期不能早于移交。",
                ),
            ),
            migrations.AddConstraint(
                model_name="termhandover",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("taken_by", None),
                        models.Q(("taken_by", models.F("given_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="term_handover_by_two",
                    violation_error_message="移交和接收不能由同一个人确认。",
                ),
            ),
        ),
        Run(install, uninstall),
    ]
