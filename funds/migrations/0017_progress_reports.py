import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0016_progress_weeks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="ProgressReport",
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
                    ("reported_on", models.DateField(verbose_name="截至日期")),
                    ("percent", models.PositiveSmallIntegerField(verbose_name="形象进度（%）")),
                    ("text", models.CharField(max_length=500, verbose_name="完成情况")),
                    ("problem", models.CharField(blank=True, max_length=500, verbose_name="存在问题")),
                    (
                        "project",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reports",
                            to="funds.project",
                            verbose_name="项目",
                        ),
                    ),
                    (
                        "reported_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="报告人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "项目进度报告",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("project", "reported_on"),
                            name="project_report_once_a_day",
                            violation_error_message="同一天的进度只报告一次。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("percent__lte", 100)),
                            name="project_report_percent",
                            violation_error_message="形象进度应在 0 到 100 之间。",
                        ),
                    ],
                },
            )
        ),
    ]
