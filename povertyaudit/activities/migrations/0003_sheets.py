"""Sheets of activities, with their lines."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes


def load(apps, _schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_papers"),
        ("core", "0008_ladder_and_lights"),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="ActivitySheet",
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
                                ("staged", "待导入"),
                                ("importing", "导入中"),
                                ("imported", "已导入"),
                                ("dropped", "已放弃"),
                            ],
                            default="staged",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("file_name", models.CharField(blank=True, max_length=200, verbose_name="文件名")),
                    (
                        "file_sha256",
                        models.CharField(
                            blank=True, editable=False, max_length=64, verbose_name="文件校验值"
                        ),
                    ),
                    ("rows_given", models.PositiveIntegerField(verbose_name="行数")),
                    ("rows_known", models.PositiveIntegerField(default=0, verbose_name="已登记过")),
                    ("rows_made", models.PositiveIntegerField(default=0, verbose_name="新登记")),
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
                        "taken_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="上传人",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="导入单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "活动导入表",
                    "ordering": ("-id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("rows_given__gte", 1), ("rows_given__lte", 5000)),
                            name="activity_sheet_counts",
                            violation_error_message="一份导入表 1 至 5000 行。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActivitySheetLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("place", models.PositiveIntegerField(verbose_name="行")),
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
                    ("starts_on", models.DateField(verbose_name="开始日期")),
                    ("ends_on", models.DateField(verbose_name="结束日期")),
                    ("where", models.CharField(blank=True, max_length=100, verbose_name="地点")),
                    ("host", models.CharField(blank=True, max_length=100, verbose_name="主持人、主讲人")),
                    ("topics", models.CharField(blank=True, max_length=1000, verbose_name="主要内容")),
                    ("sessions", models.PositiveSmallIntegerField(verbose_name="场次")),
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
                    ("leaflets", models.PositiveIntegerField(default=0, verbose_name="发放资料（份）")),
                    ("known", models.BooleanField(default=False, verbose_name="已登记过")),
                    (
                        "activity",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="activities.activity",
                            verbose_name="活动",
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
                    (
                        "sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="lines",
                            to="activities.activitysheet",
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
                ],
                options={
                    "verbose_name": "导入行",
                    "ordering": ("place",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("sheet", "unit", "kind", "title", "starts_on"),
                            name="activity_sheet_line_once",
                            violation_error_message="同一活动在导入表中只留一行。",
                        )
                    ],
                },
            ),
        ),
        Run(load, migrations.RunPython.noop),
    ]
