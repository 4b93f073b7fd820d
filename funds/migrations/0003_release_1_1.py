"""The tables of the funds in 1.1.0: kinds of misuse and of money are terms."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from funds.reference import install_fund_kinds
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.models.base import new_public_id

TERMS = ("funds_misusekind", "funds_fundkind")


def identify(apps, _schema_editor):
    """An id for each kind, and the order they have had so far."""
    for order, kind in enumerate(apps.get_model("funds", "MisuseKind").objects.order_by("id"), 1):
        kind.public_id, kind.order = new_public_id(), order
        kind.save(update_fields=["public_id", "order"])


def guard(_apps, schema_editor):
    for table in TERMS:
        term_triggers.install(schema_editor.connection, table)


def unguard(_apps, schema_editor):
    for table in TERMS:
        term_triggers.remove(schema_editor.connection, table)


def load(apps, _schema_editor):
    install_fund_kinds(apps.get_model("funds", "FundKind"))


class Migration(migrations.Migration):
    replaces = [
        ("funds", "0003_terms"),
        ("funds", "0004_fund_kinds"),
    ]

    dependencies = [
        ("funds", "0002_reference"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="FundKind",
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
                    "verbose_name": "资金种类",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="fundkind_one_proposal",
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
                            name="fundkind_two_pairs_of_eyes",
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
                            name="fundkind_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="fundkind_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
        ),
        migrations.AlterModelOptions(
            name="misusekind",
            options={"ordering": ("order", "code", "valid_from", "id"), "verbose_name": "问题类型"},
        ),
        migrations.RemoveConstraint(
            model_name="misusekind",
            name="kind_once_per_day",
        ),
        Together(
            migrations.AddField(
                model_name="misusekind",
                name="act",
                field=models.CharField(
                    choices=[("add", "新增"), ("rename", "更名"), ("end", "停用")],
                    default="add",
                    max_length=8,
                    verbose_name="事由",
                ),
            ),
            migrations.AddField(
                model_name="misusekind",
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
                model_name="misusekind",
                name="confirmed_at",
                field=models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
            ),
            migrations.AddField(
                model_name="misusekind",
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
                model_name="misusekind",
                name="created_at",
                field=models.DateTimeField(
                    default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                ),
            ),
            migrations.AddField(
                model_name="misusekind",
                name="order",
                field=models.PositiveSmallIntegerField(default=0, verbose_name="排序"),
            ),
            migrations.AddField(
                model_name="misusekind",
                name="public_id",
                field=models.CharField(max_length=22, null=True, editable=False),
            ),
            migrations.AddField(
                model_name="misusekind",
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
                model_name="misusekind",
                name="updated_at",
                field=models.DateTimeField(
                    default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                ),
            ),
            migrations.AddField(
                model_name="misusekind",
                name="version",
                field=models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
            ),
            migrations.AddField(
                model_name="misuse",
                name="fund_kind",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="misuses",
                    to="funds.fundkind",
                    verbose_name="资金种类",
                ),
            ),
        ),
        Run(identify, migrations.RunPython.noop),
        Together(
            migrations.AlterField(
                model_name="misusekind",
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
                model_name="misusekind",
                name="code",
                field=models.CharField(max_length=30, verbose_name="代码"),
            ),
            migrations.AlterField(
                model_name="misusekind",
                name="valid_from",
                field=models.DateField(blank=True, null=True, verbose_name="启用日期"),
            ),
        ),
        Together(
            migrations.AddConstraint(
                model_name="misusekind",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("code",),
                    name="misusekind_one_proposal",
                    violation_error_message="这一项已有一个变更等待确认，请先处理。",
                ),
            ),
            migrations.AddConstraint(
                model_name="misusekind",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_by", None),
                        models.Q(
                            ("changed_by__isnull", False),
                            models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="misusekind_two_pairs_of_eyes",
                    violation_error_message="分类项的提出人和确认人不能是同一个人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="misusekind",
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
                    name="misusekind_changed_ends_confirmed",
                    violation_error_message="由人提出的分类项须经另一人确认。",
                ),
            ),
            migrations.AddConstraint(
                model_name="misusekind",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to", None),
                        ("valid_from", None),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="misusekind_ends_after_start",
                    violation_error_message="停用日期不能早于启用日期。",
                ),
            ),
        ),
        Run(guard, unguard),
        Run(load, migrations.RunPython.noop),
    ]
