"""佐证材料: their kinds and what is asked for as dated lists, pairs of photos, and what a file was before."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together
from rectification.reference_evidence import install_evidence

TERMS = ("rectification_evidencesort", "rectification_evidenceneed")


def load(apps, _schema_editor):
    """The kinds of evidence there are, and what is asked for."""
    install_evidence(*(apps.get_model("rectification", name) for name in ("EvidenceSort", "EvidenceNeed")))


def guard(_apps, schema_editor):
    for table in TERMS:
        term_triggers.install(schema_editor.connection, table)


def unguard(_apps, schema_editor):
    for table in TERMS:
        term_triggers.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_file_columns"),
        ("rectification", "0008_returns_and_extensions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="EvidenceNeed",
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
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                    (
                        "axis",
                        models.CharField(
                            choices=[
                                ("all", "全部事项"),
                                ("source", "问题来源"),
                                ("class", "问题大类"),
                                ("misuse", "违规问题类型"),
                            ],
                            max_length=8,
                            verbose_name="适用范围",
                        ),
                    ),
                    ("key", models.CharField(blank=True, max_length=30, verbose_name="适用的代码")),
                    ("about", models.CharField(max_length=60, verbose_name="适用于")),
                    ("kind", models.CharField(max_length=30, verbose_name="材料类别")),
                    ("kind_name", models.CharField(max_length=50, verbose_name="材料")),
                    (
                        "level",
                        models.CharField(
                            choices=[
                                ("measure", "每条措施都要有"),
                                ("item", "整个事项至少一份"),
                                ("none", "不要求"),
                            ],
                            max_length=8,
                            verbose_name="要求",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "佐证材料清单",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="evidenceneed_one_proposal",
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
                            name="evidenceneed_two_pairs_of_eyes",
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
                            name="evidenceneed_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="evidenceneed_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("axis", "all"), ("key", "")),
                                ("axis", "misuse"),
                                models.Q(
                                    ("axis__in", ("source", "class")), models.Q(("key", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="evidenceneed_key_where_chosen",
                            violation_error_message="按来源、大类要求的须选定来源或者大类，对全部事项要求的不选。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EvidenceSort",
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
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                ],
                options={
                    "verbose_name": "佐证材料类别",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="evidencesort_one_proposal",
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
                            name="evidencesort_two_pairs_of_eyes",
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
                            name="evidencesort_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="evidencesort_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PastEvidence",
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
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="past_evidence",
                            to="rectification.item",
                        ),
                    ),
                    ("evidence", models.CharField(max_length=22, verbose_name="材料标识")),
                    ("measure_no", models.PositiveSmallIntegerField(default=0, verbose_name="措施序号")),
                    ("kind", models.CharField(max_length=30, verbose_name="类别")),
                    ("kind_name", models.CharField(max_length=50, verbose_name="类别名称")),
                    ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                    (
                        "attachment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.attachment",
                            verbose_name="文件",
                        ),
                    ),
                    ("version_no", models.PositiveIntegerField(verbose_name="第几版")),
                    (
                        "state",
                        models.CharField(
                            choices=[("replaced", "已更换"), ("withdrawn", "已撤下")],
                            max_length=10,
                            verbose_name="去向",
                        ),
                    ),
                    ("reason", models.TextField(verbose_name="理由")),
                    (
                        "ended_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="办理人",
                        ),
                    ),
                    (
                        "ended_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="办理时间"),
                    ),
                ],
                options={
                    "verbose_name": "以前的佐证材料",
                    "ordering": ("-id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("item", "attachment"), name="past_evidence_file_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True),
                            name="past_evidence_has_reason",
                            violation_error_message="请写明理由。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("version_no__gte", 1)), name="past_evidence_version_from_one"
                        ),
                    ],
                },
            ),
        ),
        Together(
            migrations.AddField(
                model_name="evidence",
                name="before",
                field=models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="after",
                    to="rectification.evidence",
                    verbose_name="对应的整改前照片",
                ),
            ),
            migrations.AddField(
                model_name="evidence",
                name="kind_name",
                field=models.CharField(blank=True, max_length=50, verbose_name="类别名称"),
            ),
            migrations.AlterField(
                model_name="evidence",
                name="kind",
                field=models.CharField(default="photo_after", max_length=30, verbose_name="类别"),
            ),
            migrations.AddConstraint(
                model_name="evidence",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("before", None),
                        models.Q(
                            ("kind", "photo_after"), models.Q(("before", models.F("id")), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="evidence_pair_is_after",
                    violation_error_message="只有整改后照片可以选对应的整改前照片。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
