"""Reports sent back to be filled in anew; how often and how long an item may be extended, and who decides."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together
from rectification.reference_extending import install

TABLE = "rectification_extensionrule"


def load(apps, _schema_editor):
    install(apps.get_model("rectification", "ExtensionRule"))


def guard(_apps, schema_editor):
    term_triggers.install(schema_editor.connection, TABLE)


def unguard(_apps, schema_editor):
    term_triggers.remove(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_file_columns"),
        ("rectification", "0007_source_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.RemoveIndex(
                model_name="periodreport",
                name="period_open_unit",
            ),
            migrations.RemoveIndex(
                model_name="periodreport",
                name="period_open_due",
            ),
        ),
        Together(
            migrations.CreateModel(
                name="ExtensionRule",
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
                    ("kind", models.CharField(max_length=12, verbose_name="规定")),
                    (
                        "amount",
                        models.CharField(
                            choices=[
                                ("1", "1"),
                                ("2", "2"),
                                ("3", "3"),
                                ("5", "5"),
                                ("30", "30"),
                                ("60", "60"),
                                ("90", "90"),
                                ("180", "180"),
                                ("365", "365"),
                                ("none", "不限"),
                            ],
                            max_length=4,
                            verbose_name="内容",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "整改延期规定",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                },
            ),
        ),
        Together(
            migrations.AddField(
                model_name="extensionrule",
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
                model_name="extensionrule",
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
            migrations.AddConstraint(
                model_name="extensionrule",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("code",),
                    name="extensionrule_one_proposal",
                    violation_error_message="这一项已有一个变更等待确认，请先处理。",
                ),
            ),
            migrations.AddConstraint(
                model_name="extensionrule",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_by", None),
                        models.Q(
                            ("changed_by__isnull", False),
                            models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="extensionrule_two_pairs_of_eyes",
                    violation_error_message="分类项的提出人和确认人不能是同一个人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="extensionrule",
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
                    name="extensionrule_changed_ends_confirmed",
                    violation_error_message="由人提出的分类项须经另一人确认。",
                ),
            ),
            migrations.AddConstraint(
                model_name="extensionrule",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to", None),
                        ("valid_from", None),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="extensionrule_ends_after_start",
                    violation_error_message="停用日期不能早于启用日期。",
                ),
            ),
        ),
        Together(
            migrations.RemoveConstraint(
                model_name="periodreport",
                name="period_filled_iff_told",
            ),
            migrations.AddField(
                model_name="extensionrequest",
                name="by_leader",
                field=models.BooleanField(default=False, verbose_name="由领导批准"),
            ),
            migrations.AddField(
                model_name="extensionrequest",
                name="reason_code",
                field=models.CharField(blank=True, max_length=30, verbose_name="原因代码"),
            ),
            migrations.AddField(
                model_name="extensionrequest",
                name="reason_name",
                field=models.CharField(blank=True, max_length=50, verbose_name="原因"),
            ),
            migrations.AddField(
                model_name="periodreport",
                name="returned_reason",
                field=models.TextField(blank=True, editable=False, verbose_name="退回理由"),
            ),
            migrations.AlterField(
                model_name="periodreport",
                name="state",
                field=models.CharField(
                    choices=[
                        ("owed", "待填报"),
                        ("submitted", "待签报"),
                        ("returned", "退回重填"),
                        ("signed", "已签报"),
                        ("waived", "不再要求"),
                    ],
                    default="owed",
                    editable=False,
                    max_length=10,
                    verbose_name="状态",
                ),
            ),
            migrations.AddIndex(
                model_name="periodreport",
                index=models.Index(
                    condition=models.Q(("state__in", ("owed", "submitted", "returned"))),
                    fields=["unit", "due_on"],
                    name="period_open_unit",
                ),
            ),
            migrations.AddIndex(
                model_name="periodreport",
                index=models.Index(
                    condition=models.Q(("state__in", ("owed", "submitted", "returned"))),
                    fields=["due_on", "region"],
                    name="period_open_due",
                ),
            ),
            migrations.AddConstraint(
                model_name="periodreport",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("filled_by", None), ("filled_on", None), ("state", "owed"), ("text", "")),
                        models.Q(
                            ("filled_by__isnull", False),
                            ("filled_on__isnull", False),
                            ("state__in", ("submitted", "returned", "signed")),
                            models.Q(("text", ""), _negated=True),
                        ),
                        ("state", "waived"),
                        _connector="OR",
                    ),
                    name="period_filled_iff_told",
                    violation_error_message="填报后须有进展情况、填报人和日期，填报前不能有。",
                ),
            ),
            migrations.AddConstraint(
                model_name="periodreport",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "returned"), _negated=True),
                        models.Q(("returned_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="period_returned_has_reason",
                    violation_error_message="退回重填的须写明理由。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
