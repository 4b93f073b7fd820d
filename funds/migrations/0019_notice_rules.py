import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together

TABLE = "funds_noticerule"


def guard(_apps, schema_editor):
    term_triggers.install(schema_editor.connection, TABLE)


def unguard(_apps, schema_editor):
    term_triggers.remove(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0018_return_sheets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="NoticeRule",
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
                        "cell",
                        models.CharField(
                            choices=[
                                ("approval_county", "批复县级公示"),
                                ("approval_township", "批复乡级公示"),
                                ("approval_village", "批复村级公示"),
                                ("start_county", "开工县级公示"),
                                ("start_township", "开工乡级公示"),
                                ("start_village", "开工村级公示"),
                                ("completion_county", "竣工县级公示"),
                                ("completion_township", "竣工乡级公示"),
                                ("completion_village", "竣工村级公示"),
                            ],
                            max_length=20,
                            verbose_name="哪一处公示",
                        ),
                    ),
                    ("kind", models.CharField(blank=True, max_length=30, verbose_name="项目类别代码")),
                    (
                        "from_wan",
                        models.PositiveIntegerField(default=0, verbose_name="批复金额不低于（万元）"),
                    ),
                    ("about", models.CharField(max_length=60, verbose_name="适用于")),
                    (
                        "amount",
                        models.CharField(
                            choices=[
                                ("0", "不要求"),
                                ("3", "3 天内"),
                                ("5", "5 天内"),
                                ("7", "7 天内"),
                                ("10", "10 天内"),
                                ("15", "15 天内"),
                                ("20", "20 天内"),
                                ("30", "30 天内"),
                                ("45", "45 天内"),
                                ("60", "60 天内"),
                                ("90", "90 天内"),
                            ],
                            max_length=5,
                            verbose_name="几天内",
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
                    "verbose_name": "分类公示要求",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="noticerule_one_proposal",
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
                            name="noticerule_two_pairs_of_eyes",
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
                            name="noticerule_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="noticerule_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", ""), _negated=True), ("from_wan__gt", 0), _connector="OR"
                            ),
                            name="noticerule_names_something",
                            violation_error_message="请选择项目类别或者金额；对全部项目的要求在“资金管理规定”改变。",
                        ),
                    ],
                },
            )
        ),
        Run(guard, unguard),
    ]
