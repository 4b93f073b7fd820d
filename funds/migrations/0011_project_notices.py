"""Public notices of projects, objections to them, and the figures they are held to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from funds.project_reference import install_fund_rules
from povertyaudit.core.migrating import Run, Together


def load(apps, _schema_editor):
    install_fund_rules(apps.get_model("funds", "FundRule"))


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("funds", "0010_boards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="ProjectNotice",
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
                        "stage",
                        models.CharField(
                            choices=[("approval", "批复"), ("start", "开工"), ("completion", "竣工")],
                            max_length=10,
                            verbose_name="公示时段",
                        ),
                    ),
                    (
                        "level",
                        models.CharField(
                            choices=[("county", "县级"), ("township", "乡级"), ("village", "村级")],
                            max_length=10,
                            verbose_name="公示层级",
                        ),
                    ),
                    ("place", models.CharField(max_length=200, verbose_name="公示地点或者网址")),
                    ("up_on", models.DateField(verbose_name="公示日期")),
                    ("full_on", models.DateField(editable=False, verbose_name="满公示天数的日期")),
                    ("down_on", models.DateField(blank=True, null=True, verbose_name="撤下日期")),
                    (
                        "voided_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="作废日期"),
                    ),
                    (
                        "posted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="公示经办人",
                        ),
                    ),
                    (
                        "project",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="notices",
                            to="funds.project",
                            verbose_name="项目",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="公示单位",
                        ),
                    ),
                    (
                        "voided_by",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="作废人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "项目公示公告",
                    "ordering": ("up_on", "id"),
                },
            ),
            migrations.CreateModel(
                name="ProjectObjection",
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
                    ("objector", models.CharField(blank=True, max_length=50, verbose_name="异议人姓名")),
                    ("text", models.TextField(max_length=1000, verbose_name="异议内容")),
                    ("received_on", models.DateField(verbose_name="收到日期")),
                    (
                        "finding",
                        models.CharField(
                            blank=True,
                            choices=[("upheld", "属实"), ("partly", "部分属实"), ("unfounded", "不属实")],
                            max_length=10,
                            verbose_name="核实结论",
                        ),
                    ),
                    ("answer", models.TextField(blank=True, max_length=1000, verbose_name="答复")),
                    (
                        "told",
                        models.CharField(
                            blank=True,
                            choices=[("face", "当面"), ("phone", "电话"), ("letter", "书面")],
                            max_length=10,
                            verbose_name="答复本人的方式",
                        ),
                    ),
                    ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                    ("result_on", models.DateField(blank=True, null=True, verbose_name="结果公布日期")),
                    (
                        "result_place",
                        models.CharField(blank=True, max_length=200, verbose_name="结果公布地点"),
                    ),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="答复人",
                        ),
                    ),
                    (
                        "notice",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="objections",
                            to="funds.projectnotice",
                            verbose_name="公示",
                        ),
                    ),
                    (
                        "posted_by",
                        models.ForeignKey(
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="公示经办人",
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
                ],
                options={
                    "verbose_name": "公示异议",
                    "ordering": ("received_on", "id"),
                },
            ),
        ),
        Together(
            migrations.AddConstraint(
                model_name="projectnotice",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("voided_on", None)),
                    fields=("project", "stage", "level", "place", "up_on"),
                    name="project_notice_place_once",
                    violation_error_message="这一处同一天的公示已经登记过。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectnotice",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("full_on__gt", models.F("up_on")),
                        models.Q(("down_on", None), ("down_on__gte", models.F("up_on")), _connector="OR"),
                    ),
                    name="project_notice_days_in_order",
                    violation_error_message="撤下日期不能早于公示日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectnotice",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("voided_by", None), ("voided_on", None)),
                        models.Q(("voided_by__isnull", False), ("voided_on__isnull", False)),
                        _connector="OR",
                    ),
                    name="project_notice_voided_by_someone",
                    violation_error_message="作废的公示应有作废人和日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectobjection",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("answer", ""),
                            ("answered_by", None),
                            ("answered_on", None),
                            ("finding", ""),
                            ("told", ""),
                        ),
                        models.Q(
                            models.Q(("finding", ""), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            ("answered_by__isnull", False),
                            ("answered_on__gte", models.F("received_on")),
                        ),
                        _connector="OR",
                    ),
                    name="project_objection_answered_whole",
                    violation_error_message="答复应写明结论、内容、答复人和日期，不早于收到日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectobjection",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("objector", ""),
                        ("answered_on", None),
                        models.Q(("told", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="project_objection_named_is_told",
                    violation_error_message="署名的异议应答复本人，请填写方式。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectobjection",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("answered_by", None),
                        models.Q(("answered_by", models.F("posted_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="project_objection_answered_by_another",
                    violation_error_message="公示经办人不能自己答复异议，请由另一人答复。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectobjection",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("result_on", None), ("result_place", "")),
                        models.Q(
                            ("answered_on__isnull", False),
                            ("result_on__gte", models.F("answered_on")),
                            models.Q(("result_place", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="project_objection_result_after_answer",
                    violation_error_message="答复以后才公布结果，并写明地点。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
    ]
