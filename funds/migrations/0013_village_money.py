"""村务公开: what every village publishes each month, what townships add, and the sheet of a village and month."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from funds.village_reference import install_village_duties
from povertyaudit.core import term_triggers, trigrams
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes
from povertyaudit.core.reference_clocks import install as install_clocks

TERMS, SEARCHED = (
    "funds_villageduty",
    {"funds_villagesheet": ("number",), "funds_localduty": ("number", "name")},
)


def load(apps, _schema_editor):
    install_village_duties(apps.get_model("funds", "VillageDuty"))
    install_number_schemes(apps.get_model("core", "NumberScheme"))
    install_clocks(apps.get_model("core", "ClockRule"), apps.get_model("core", "LadderStep"))


def guard(_apps, schema_editor):
    term_triggers.install(schema_editor.connection, TERMS)
    for table, columns in SEARCHED.items():
        trigrams.install(schema_editor.connection, table, *columns)


def unguard(_apps, schema_editor):
    term_triggers.remove(schema_editor.connection, TERMS)
    for table in SEARCHED:
        trigrams.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("funds", "0012_suspicions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="VillageSheet",
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
                    ("month", models.DateField(verbose_name="月份")),
                    ("due_on", models.DateField(verbose_name="上报时限")),
                    (
                        "gaps",
                        models.PositiveSmallIntegerField(
                            default=0, editable=False, verbose_name="未公开事项"
                        ),
                    ),
                    ("submitted_on", models.DateField(blank=True, null=True, verbose_name="上报日期")),
                    ("checked_on", models.DateField(blank=True, null=True, verbose_name="核对日期")),
                    ("checked_text", models.TextField(blank=True, max_length=2000, verbose_name="核对意见")),
                    (
                        "returned_reason",
                        models.TextField(blank=True, max_length=2000, verbose_name="退回理由"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "待上报"),
                                ("submitted", "待核对"),
                                ("returned", "退回补正"),
                                ("checked", "已核对"),
                            ],
                            default="open",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "checked_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="核对人",
                        ),
                    ),
                    (
                        "filled_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="填报人",
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
                        "submitted_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="上报人",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="所属乡镇",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "村务公开清单",
                },
            ),
            migrations.CreateModel(
                name="SheetLine",
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
                    ("code", models.CharField(max_length=30, verbose_name="事项代码")),
                    ("name", models.CharField(max_length=50, verbose_name="公开事项")),
                    (
                        "answer",
                        models.CharField(
                            choices=[
                                ("published", "已公开"),
                                ("nothing", "无此事项"),
                                ("unpublished", "未公开"),
                            ],
                            max_length=12,
                            verbose_name="公开情况",
                        ),
                    ),
                    ("published_on", models.DateField(blank=True, null=True, verbose_name="公开日期")),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                    (
                        "photo",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.attachment",
                            verbose_name="公开照片",
                        ),
                    ),
                    (
                        "sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="funds.villagesheet",
                            verbose_name="清单",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "公开事项",
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="LocalDuty",
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
                    ("name", models.CharField(max_length=50, verbose_name="公开事项")),
                    ("basis", models.CharField(max_length=200, verbose_name="为什么增加")),
                    ("from_month", models.DateField(verbose_name="自哪个月起")),
                    ("to_month", models.DateField(blank=True, null=True, verbose_name="到哪个月止")),
                    (
                        "state",
                        models.CharField(
                            choices=[("standing", "在用"), ("ended", "已停用")],
                            default="standing",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "entered_by",
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
                ],
                options={
                    "verbose_name": "自选公开事项",
                    "indexes": [models.Index(fields=["region", "state"], name="local_duty_region")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "standing")),
                            fields=("region", "name"),
                            name="local_duty_once",
                            violation_error_message="这里已有同名的自选公开事项。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("from_month__day", 1),
                                models.Q(
                                    ("to_month", None),
                                    models.Q(("to_month__day", 1), ("to_month__gte", models.F("from_month"))),
                                    _connector="OR",
                                ),
                            ),
                            name="local_duty_by_month",
                            violation_error_message="自选公开事项按月起止，止的月份不能早于起的月份。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state", "standing"), ("to_month__isnull", False), _connector="OR"
                            ),
                            name="local_duty_ended_is_dated",
                            violation_error_message="停用的应有止的月份。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VillageDuty",
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
                    "verbose_name": "村务公开必须公开事项",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="villageduty_one_proposal",
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
                            name="villageduty_two_pairs_of_eyes",
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
                            name="villageduty_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="villageduty_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
        ),
        Together(
            migrations.AddIndex(
                model_name="villagesheet",
                index=models.Index(fields=["region", "month"], name="village_sheet_region"),
            ),
            migrations.AddIndex(
                model_name="villagesheet",
                index=models.Index(fields=["state", "due_on"], name="village_sheet_due"),
            ),
            migrations.AddIndex(
                model_name="villagesheet",
                index=models.Index(fields=["-month", "-id"], name="village_sheet_month"),
            ),
            migrations.AddConstraint(
                model_name="villagesheet",
                constraint=models.UniqueConstraint(
                    fields=("region", "month"),
                    name="village_sheet_once",
                    violation_error_message="这个村这个月的清单已经生成。",
                ),
            ),
            migrations.AddConstraint(
                model_name="villagesheet",
                constraint=models.CheckConstraint(
                    condition=models.Q(("due_on__gt", models.F("month")), ("month__day", 1)),
                    name="village_sheet_by_month",
                    violation_error_message="清单按月生成，上报时限在月初以后。",
                ),
            ),
            migrations.AddConstraint(
                model_name="villagesheet",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("state__in", ("open", "returned")),
                            ("submitted_by", None),
                            ("submitted_on", None),
                        ),
                        models.Q(
                            ("filled_by__isnull", False),
                            ("state__in", ("submitted", "checked")),
                            ("submitted_by__isnull", False),
                            ("submitted_on__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="village_sheet_submitted_by_somebody",
                    violation_error_message="上报的应有填报人、上报人和日期，没有上报的没有。",
                ),
            ),
            migrations.AddConstraint(
                model_name="villagesheet",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("checked_by__isnull", False),
                            ("checked_on__isnull", False),
                            ("state", "checked"),
                            models.Q(("checked_by", models.F("submitted_by")), _negated=True),
                            models.Q(("checked_by", models.F("filled_by")), _negated=True),
                        ),
                        models.Q(
                            models.Q(("state", "checked"), _negated=True),
                            ("checked_by", None),
                            ("checked_on", None),
                        ),
                        _connector="OR",
                    ),
                    name="village_sheet_checked_by_another",
                    violation_error_message="核对的应有核对人和日期，核对人不能是填报、上报的人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="villagesheet",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "returned"), _negated=True),
                        models.Q(("returned_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="village_sheet_returned_has_reason",
                    violation_error_message="退回补正的须写明理由。",
                ),
            ),
            migrations.AddConstraint(
                model_name="sheetline",
                constraint=models.UniqueConstraint(
                    fields=("sheet", "code"),
                    name="sheet_line_once",
                    violation_error_message="同一事项在一张清单里只列一行。",
                ),
            ),
            migrations.AddConstraint(
                model_name="sheetline",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("answer", "published"),
                            ("photo__isnull", False),
                            ("published_on__isnull", False),
                            ("reason", ""),
                        ),
                        models.Q(
                            ("answer__in", ("nothing", "unpublished")),
                            ("photo", None),
                            ("published_on", None),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="sheet_line_says_enough",
                    violation_error_message="已公开的应有日期和照片，没有公开、没有这个事项的应写明理由。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
