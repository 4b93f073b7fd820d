"""Each Monday's ranking of units, and the dated figures boards go by."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together
from rectification.models.boards import BoardRule
from rectification.reference import install_board_rules


def load(apps, _schema_editor):
    install_board_rules(
        apps.get_model("rectification", "BoardRule"),
        lambda kind, amount: BoardRule.WORDS[kind].format(amount),
    )


def guard(_apps, schema_editor):
    term_triggers.install(schema_editor.connection, "rectification_boardrule")


def unguard(_apps, schema_editor):
    term_triggers.remove(schema_editor.connection, "rectification_boardrule")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("rectification", "0009_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="UnitRanking",
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
                        ),
                    ),
                    ("day", models.DateField(verbose_name="排名日期")),
                    ("least", models.PositiveSmallIntegerField(verbose_name="参加排名的最少事项数")),
                    (
                        "made_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="固定时间"),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="县",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "单位销号率排名",
                    "ordering": ("-day", "id"),
                },
            ),
            migrations.CreateModel(
                name="RankedUnit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("place", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="名次")),
                    ("issued", models.PositiveIntegerField(verbose_name="已下发")),
                    ("closed", models.PositiveIntegerField(verbose_name="已销号")),
                    ("late", models.PositiveIntegerField(verbose_name="超期或者逾期销号")),
                    (
                        "weeks_last",
                        models.PositiveSmallIntegerField(default=0, verbose_name="连续几周列后三名"),
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
                    (
                        "ranking",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="lines",
                            to="rectification.unitranking",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "排名中的单位",
                    "ordering": (models.OrderBy(models.F("place"), nulls_last=True), "id"),
                },
            ),
            migrations.CreateModel(
                name="BoardRule",
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
                                ("15", "15"),
                                ("20", "20"),
                                ("30", "30"),
                                ("45", "45"),
                                ("60", "60"),
                                ("90", "90"),
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
                    "verbose_name": "整改看板规定",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="boardrule_one_proposal",
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
                            name="boardrule_two_pairs_of_eyes",
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
                            name="boardrule_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="boardrule_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
        ),
        Together(
            migrations.AddConstraint(
                model_name="unitranking",
                constraint=models.UniqueConstraint(fields=("region", "day"), name="ranking_once_a_week"),
            ),
            migrations.AddConstraint(
                model_name="unitranking",
                constraint=models.CheckConstraint(
                    condition=models.Q(("least__gte", 1)), name="ranking_least_from_one"
                ),
            ),
            migrations.AddConstraint(
                model_name="rankedunit",
                constraint=models.UniqueConstraint(fields=("ranking", "unit"), name="ranked_unit_once"),
            ),
            migrations.AddConstraint(
                model_name="rankedunit",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("closed__lte", models.F("issued")),
                        ("issued__gte", 1),
                        ("late__lte", models.F("issued")),
                    ),
                    name="ranked_unit_adds_up",
                ),
            ),
            migrations.AddConstraint(
                model_name="rankedunit",
                constraint=models.CheckConstraint(
                    condition=models.Q(("weeks_last", 0), ("place__isnull", False), _connector="OR"),
                    name="ranked_unit_last_has_place",
                ),
            ),
            migrations.AddIndex(
                model_name="closing",
                index=models.Index(fields=["closed_on"], name="closing_closed_on"),
            ),
            migrations.AddIndex(
                model_name="closing",
                index=models.Index(
                    condition=models.Q(("reopened_on__isnull", False)),
                    fields=["reopened_on"],
                    name="closing_reopened_on",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
