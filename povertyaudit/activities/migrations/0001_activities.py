"""Activities with who came and what they carry out; their kinds and rules."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.activities.models.terms import rule_words
from povertyaudit.activities.reference import install_kinds, install_rules
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes


def load(apps, _schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))
    install_kinds(apps.get_model("activities", "ActivityKind"))
    install_rules(apps.get_model("activities", "ActivityRule"), rule_words)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("inspections", "0009_people_without_account"),
        ("rectification", "0021_look_backs"),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="ActivityKind",
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
                        "group",
                        models.CharField(
                            choices=[
                                ("training", "培训"),
                                ("warning", "警示教育"),
                                ("meeting", "会议"),
                                ("publicity", "宣传宣讲"),
                                ("honour", "表彰"),
                            ],
                            max_length=10,
                            verbose_name="大类",
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
                    "verbose_name": "活动类别",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="activitykind_one_proposal",
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
                            name="activitykind_two_pairs_of_eyes",
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
                            name="activitykind_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="activitykind_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Activity",
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
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("planned", "计划"),
                                ("held", "已举办"),
                                ("archived", "已归档"),
                                ("cancelled", "已取消"),
                                ("voided", "已作废"),
                            ],
                            default="planned",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("title", models.CharField(max_length=100, verbose_name="名称")),
                    (
                        "level",
                        models.CharField(
                            choices=[
                                ("province", "省级"),
                                ("city", "市级"),
                                ("county", "县级"),
                                ("township", "乡镇级"),
                                ("village", "村级"),
                            ],
                            max_length=10,
                            verbose_name="级别",
                        ),
                    ),
                    ("place", models.CharField(blank=True, max_length=100, verbose_name="地点")),
                    ("starts_on", models.DateField(verbose_name="开始日期")),
                    ("ends_on", models.DateField(verbose_name="结束日期")),
                    ("starts_at", models.TimeField(blank=True, null=True, verbose_name="开始时间")),
                    ("host", models.CharField(blank=True, max_length=100, verbose_name="主持人、主讲人")),
                    ("topics", models.TextField(blank=True, verbose_name="主要内容")),
                    ("sessions", models.PositiveSmallIntegerField(default=1, verbose_name="场次")),
                    ("times", models.PositiveIntegerField(default=0, verbose_name="人次")),
                    ("persons", models.PositiveIntegerField(default=0, verbose_name="人数")),
                    ("leaflets", models.PositiveIntegerField(default=0, verbose_name="发放资料（份）")),
                    ("cost_fen", models.BigIntegerField(blank=True, null=True, verbose_name="经费（分）")),
                    (
                        "planned_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="列入计划日期"),
                    ),
                    (
                        "held_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="登记举办日期"),
                    ),
                    (
                        "archived_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="归档日期"),
                    ),
                    (
                        "ended_reason",
                        models.CharField(
                            blank=True, editable=False, max_length=500, verbose_name="取消、作废理由"
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="inspections.campaign",
                            verbose_name="专项行动",
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
                        "round",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="inspections.round",
                            verbose_name="巡察轮次",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="举办单位",
                        ),
                    ),
                    (
                        "kind",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="activities.activitykind",
                            verbose_name="类别",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "活动",
                    "ordering": ("-starts_on", "-id"),
                    "indexes": [
                        models.Index(fields=["region", "-starts_on"], name="activity_region_day"),
                        models.Index(fields=["unit", "-starts_on"], name="activity_unit_day"),
                        models.Index(
                            condition=models.Q(("state", "planned")),
                            fields=["starts_on"],
                            name="activity_planned",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("cancelled", "voided")), _negated=True),
                            fields=("unit", "kind", "title", "starts_on"),
                            name="activity_once",
                            violation_error_message="这个单位同一天已有同类别、同名称的活动，请核对。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                            name="activity_ends_after_start",
                            violation_error_message="结束日期不能早于开始日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("planned_on", None),
                                models.Q(("state", "planned"), _negated=True),
                                ("starts_on__gte", models.F("planned_on")),
                                _connector="OR",
                            ),
                            name="activity_planned_ahead",
                            violation_error_message="计划的日期不能早于列入计划的那一天。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("held_on", None), ("state__in", ("planned", "cancelled"))),
                                models.Q(
                                    ("held_on__gte", models.F("ends_on")),
                                    ("state__in", ("held", "archived", "voided")),
                                ),
                                _connector="OR",
                            ),
                            name="activity_held_is_over",
                            violation_error_message="活动结束以后才能登记举办。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("persons__lte", models.F("times")),
                                (
                                    "times__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("persons"), "*", models.F("sessions")
                                    ),
                                ),
                                ("leaflets__lte", 2000000),
                                ("sessions__gte", 1),
                                ("sessions__lte", 1000),
                                ("times__lte", 2000000),
                            ),
                            name="activity_counts_fit",
                            violation_error_message="人数不能大于人次，人次不能大于人数乘以场次。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("leaflets", 0), ("state__in", ("planned", "cancelled")), ("times", 0)
                                ),
                                models.Q(
                                    ("state__in", ("held", "archived", "voided")),
                                    models.Q(("times__gte", 1), ("leaflets__gte", 1), _connector="OR"),
                                ),
                                _connector="OR",
                            ),
                            name="activity_held_says_who",
                            violation_error_message="已举办的活动须有参加人次或者发放份数，没有举办的不能有。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("archived_on__isnull", False), ("state", "archived")),
                                models.Q(
                                    models.Q(("state", "archived"), _negated=True), ("archived_on", None)
                                ),
                                _connector="OR",
                            ),
                            name="activity_archived_is_dated",
                            violation_error_message="已归档的活动须有归档日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("state__in", ("cancelled", "voided")),
                                    models.Q(("ended_reason", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("state__in", ("cancelled", "voided")), _negated=True),
                                    ("ended_reason", ""),
                                ),
                                _connector="OR",
                            ),
                            name="activity_ended_says_why",
                            violation_error_message="取消、作废的活动须写明理由。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("cost_fen", None),
                                models.Q(("cost_fen__gte", 0), ("cost_fen__lte", 1000000000000000)),
                                _connector="OR",
                            ),
                            name="activity_cost_sensible",
                            violation_error_message="经费不能小于 0，且不超过 10 万亿元。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActivityRule",
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
                                ("15", "15"),
                                ("20", "20"),
                                ("30", "30"),
                                ("45", "45"),
                                ("60", "60"),
                                ("90", "90"),
                                ("180", "180"),
                                ("all", "乡镇和县直部门"),
                                ("towns", "乡镇"),
                            ],
                            max_length=6,
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
                    "verbose_name": "工作纪实规定",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="activityrule_one_proposal",
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
                            name="activityrule_two_pairs_of_eyes",
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
                            name="activityrule_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="activityrule_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Attended",
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
                        "category",
                        models.CharField(
                            choices=[
                                ("county", "县级领导"),
                                ("section", "乡科级干部"),
                                ("staff", "机关干部职工"),
                                ("village_team", "驻村干部"),
                                ("village", "村（社区）干部"),
                                ("discipline", "纪检监察干部"),
                                ("members", "党员代表"),
                                ("people", "群众"),
                                ("other", "其他人员"),
                            ],
                            max_length=12,
                            verbose_name="参加人员",
                        ),
                    ),
                    ("times", models.PositiveIntegerField(verbose_name="人次")),
                    ("persons", models.PositiveIntegerField(verbose_name="人数")),
                    (
                        "activity",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="attended",
                            to="activities.activity",
                            verbose_name="活动",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "参加情况",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("activity", "category"),
                            name="attended_category_once",
                            violation_error_message="同一类人员只能填写一行。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("persons__gte", 1),
                                ("persons__lte", models.F("times")),
                                ("times__lte", 2000000),
                            ),
                            name="attended_persons_within_times",
                            violation_error_message="人数不能大于人次。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Fulfilment",
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
                    ("no", models.PositiveSmallIntegerField(verbose_name="措施序号")),
                    ("text", models.TextField(verbose_name="措施内容")),
                    (
                        "activity",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="fulfilments",
                            to="activities.activity",
                            verbose_name="活动",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rectification.item",
                            verbose_name="整改事项",
                        ),
                    ),
                    (
                        "measure",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to="rectification.measure",
                            verbose_name="措施",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "落实的措施",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("activity", "item", "no"),
                            name="fulfilment_once",
                            violation_error_message="已经关联这条措施。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Participant",
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
                    ("name", models.CharField(max_length=60, verbose_name="姓名")),
                    ("post_title", models.CharField(blank=True, max_length=100, verbose_name="单位和职务")),
                    (
                        "state",
                        models.CharField(
                            choices=[("invited", "通知参加"), ("present", "已签到"), ("absent", "未到")],
                            default="invited",
                            max_length=8,
                            verbose_name="签到",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="未到原因")),
                    (
                        "activity",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="people",
                            to="activities.activity",
                            verbose_name="活动",
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
                            verbose_name="账号",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "参加名单",
                    "ordering": ("id",),
                    "indexes": [models.Index(fields=["user", "activity"], name="participant_user")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("activity", "name", "post_title"),
                            name="participant_once",
                            violation_error_message="名单中有重复的人员，同名的请写明单位和职务。",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("user__isnull", False)),
                            fields=("activity", "user"),
                            name="participant_account_once",
                            violation_error_message="名单中有重复的人员。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "absent"), models.Q(("reason", ""), _negated=True)),
                                models.Q(models.Q(("state", "absent"), _negated=True), ("reason", "")),
                                _connector="OR",
                            ),
                            name="participant_absence_has_reason",
                            violation_error_message="未到的须写明原因，其他的不写。",
                        ),
                    ],
                },
            ),
        ),
        Run(load, migrations.RunPython.noop),
    ]
