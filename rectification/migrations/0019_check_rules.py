"""复核和公示要求: dated terms nobody changes beside the system."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together


def guard(_apps, schema_editor):
    term_triggers.install(schema_editor.connection, "rectification_checkrule")


def unguard(_apps, schema_editor):
    term_triggers.remove(schema_editor.connection, "rectification_checkrule")


class Migration(migrations.Migration):
    dependencies = [
        ("rectification", "0018_regrouping"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="CheckRule",
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
                            choices=[
                                ("all", "全部事项"),
                                ("source", "问题来源"),
                                ("class", "问题大类"),
                                ("round", "巡察轮次"),
                            ],
                            max_length=8,
                            verbose_name="适用范围",
                        ),
                    ),
                    ("key", models.CharField(blank=True, max_length=30, verbose_name="适用的代码")),
                    ("about", models.CharField(max_length=60, verbose_name="适用于")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("documents", "查阅资料"),
                                ("on_site", "实地查看"),
                                ("asking", "询问群众"),
                                ("publication", "销号前公示"),
                            ],
                            max_length=12,
                            verbose_name="要求什么",
                        ),
                    ),
                    (
                        "level",
                        models.CharField(
                            choices=[
                                ("required", "必须有"),
                                ("5", "不少于 5 天"),
                                ("7", "不少于 7 天"),
                                ("10", "不少于 10 天"),
                                ("15", "不少于 15 天"),
                                ("30", "不少于 30 天"),
                                ("none", "不要求"),
                            ],
                            max_length=8,
                            verbose_name="要求",
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
                    "verbose_name": "复核和公示要求",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="checkrule_one_proposal",
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
                            name="checkrule_two_pairs_of_eyes",
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
                            name="checkrule_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="checkrule_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("axis", "all"), ("key", "")),
                                models.Q(
                                    models.Q(("axis", "all"), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="checkrule_key_where_chosen",
                            violation_error_message="按来源、大类、轮次要求的须选定一项，对全部事项要求的不选。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("kind", "publication"), models.Q(("level", "required"), _negated=True)
                                ),
                                models.Q(
                                    models.Q(("kind", "publication"), _negated=True),
                                    ("level__in", ("required", "none")),
                                ),
                                _connector="OR",
                            ),
                            name="checkrule_level_fits",
                            violation_error_message="公示选择天数或者“不要求”，复核方式选择“必须有”或者“不要求”。",
                        ),
                    ],
                },
            ),
        ),
        Run(guard, unguard),
    ]
