"""Decisions of meetings, commendations, plans and rules in force."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.activities.models.terms import rule_words
from povertyaudit.activities.reference import RULES_OF_PAPERS, install_rules
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes


def load(apps, _schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))
    install_rules(apps.get_model("activities", "ActivityRule"), rule_words, RULES_OF_PAPERS)


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0001_activities"),
        ("core", "0008_ladder_and_lights"),
        ("rectification", "0023_meeting_source"),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="Commendation",
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
                            choices=[("standing", "有效"), ("revoked", "已撤销")],
                            default="standing",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("unit", "集体"), ("person", "个人")], max_length=8, verbose_name="对象"
                        ),
                    ),
                    ("person_name", models.CharField(blank=True, max_length=60, verbose_name="姓名")),
                    ("honour", models.CharField(max_length=100, verbose_name="荣誉称号")),
                    ("body", models.CharField(max_length=100, verbose_name="表彰机关")),
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
                    ("document", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                    ("awarded_on", models.DateField(verbose_name="表彰日期")),
                    ("valid_until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                    ("reason", models.TextField(blank=True, verbose_name="主要事迹")),
                    (
                        "revoked_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="撤销日期"),
                    ),
                    (
                        "revoke_reason",
                        models.CharField(blank=True, editable=False, max_length=500, verbose_name="撤销理由"),
                    ),
                    (
                        "activity",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="commendations",
                            to="activities.activity",
                            verbose_name="表彰活动",
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
                    "verbose_name": "表彰",
                    "ordering": ("-awarded_on", "-id"),
                    "indexes": [
                        models.Index(fields=["region", "-awarded_on"], name="commendation_region_day"),
                        models.Index(fields=["unit"], name="commendation_unit"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "standing")),
                            fields=("unit", "person_name", "honour", "awarded_on"),
                            name="commendation_once",
                            violation_error_message="这个单位（个人）同一天的同一荣誉已经登记。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "unit"), ("person_name", "")),
                                models.Q(("kind", "person"), models.Q(("person_name", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="commendation_person_has_name",
                            violation_error_message="表彰个人的须填写姓名，表彰集体的不填。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_until", None),
                                ("valid_until__gte", models.F("awarded_on")),
                                _connector="OR",
                            ),
                            name="commendation_valid_after_award",
                            violation_error_message="有效期不能早于表彰日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("revoke_reason", ""), ("revoked_on", None), ("state", "standing")),
                                models.Q(
                                    ("revoked_on__gte", models.F("awarded_on")),
                                    ("state", "revoked"),
                                    models.Q(("revoke_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="commendation_revoked_says_why",
                            violation_error_message="已撤销的须有日期和理由，有效的不能有。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Decision",
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
                    ("no", models.PositiveSmallIntegerField(verbose_name="序号")),
                    ("text", models.TextField(verbose_name="议定事项")),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="完成时限")),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "待下发"), ("issued", "已下发"), ("noted", "只作记录")],
                            default="open",
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=500, verbose_name="只作记录的理由")),
                    (
                        "activity",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="decisions",
                            to="activities.activity",
                            verbose_name="会议",
                        ),
                    ),
                    (
                        "item",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rectification.item",
                            verbose_name="整改事项",
                        ),
                    ),
                    (
                        "lead_unit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="牵头单位",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="责任单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "议定事项",
                    "ordering": ("no",),
                    "constraints": [
                        models.UniqueConstraint(fields=("activity", "no"), name="decision_no_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("item", None), ("reason", ""), ("state", "open")),
                                models.Q(
                                    ("item__isnull", False),
                                    ("reason", ""),
                                    ("state", "issued"),
                                    ("unit__isnull", False),
                                ),
                                models.Q(
                                    ("item", None),
                                    ("state", "noted"),
                                    models.Q(("reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="decision_issued_or_noted",
                            violation_error_message="下发的须有整改事项，只作记录的须写明理由。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Regulation",
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
                            choices=[("standing", "已登记"), ("repealed", "已废止"), ("voided", "已作废")],
                            default="standing",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("master", "总方案"),
                                ("part", "子方案"),
                                ("system", "制度"),
                                ("rules", "办法"),
                                ("notice", "通知"),
                            ],
                            max_length=8,
                            verbose_name="类别",
                        ),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="名称")),
                    ("document", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                    ("issuer", models.CharField(max_length=100, verbose_name="制发机关")),
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
                    ("valid_from", models.DateField(verbose_name="施行日期")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                    ("summary", models.TextField(blank=True, verbose_name="主要内容")),
                    (
                        "reviewed_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="最近复审日期"),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rectification.item",
                            verbose_name="因整改事项建立",
                        ),
                    ),
                    (
                        "parent",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="parts",
                            to="activities.regulation",
                            verbose_name="总方案",
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
                        "replaces",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="replaced_by",
                            to="activities.regulation",
                            verbose_name="代替",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="登记单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "方案制度",
                    "ordering": ("-valid_from", "-id"),
                    "indexes": [
                        models.Index(fields=["region", "-valid_from"], name="regulation_region_day"),
                        models.Index(fields=["item"], name="regulation_item"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "standing"), ("valid_to", None)),
                            fields=("region", "issuer", "title"),
                            name="regulation_in_force_once",
                            violation_error_message="这个机关的同名方案制度正在施行，不能重复登记；修订的请登记为代替原来的。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                            ),
                            name="regulation_ends_after_start",
                            violation_error_message="有效期不能早于施行日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "part"), ("parent__isnull", False)),
                                models.Q(models.Q(("kind", "part"), _negated=True), ("parent", None)),
                                _connector="OR",
                            ),
                            name="regulation_part_has_master",
                            violation_error_message="子方案须选择总方案，其他类别的不选。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "repealed"), _negated=True),
                                ("valid_to__isnull", False),
                                _connector="OR",
                            ),
                            name="regulation_repealed_is_dated",
                            violation_error_message="已废止的须有有效期。",
                        ),
                    ],
                },
            ),
        ),
        Run(load, migrations.RunPython.noop),
    ]
