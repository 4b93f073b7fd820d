"""反馈文件, which items of an audit, an assessment or a higher level name from now on; older items need not."""

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
        ("cases", "0008_sanction_reports"),
        ("core", "0007_file_columns"),
        ("inspections", "0007_cadence_mended"),
        ("rectification", "0006_cadence_mended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="SourcePaper",
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
                            choices=[("registered", "已登记"), ("discarded", "已作废")],
                            default="registered",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("audit", "审计反馈"),
                                ("assessment", "考核评估"),
                                ("superior", "上级反馈"),
                            ],
                            max_length=12,
                            verbose_name="类别",
                        ),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="文件名称")),
                    ("issuer", models.CharField(max_length=100, verbose_name="发文机关")),
                    ("document", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                    ("received_on", models.DateField(verbose_name="收到日期")),
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
                        "registered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "反馈文件",
                    "ordering": ("-received_on", "-id"),
                },
            )
        ),
        Together(
            migrations.AddIndex(
                model_name="sourcepaper",
                index=models.Index(fields=["region", "-received_on"], name="source_paper_region"),
            ),
            migrations.AddConstraint(
                model_name="sourcepaper",
                constraint=models.CheckConstraint(
                    condition=models.Q(("kind__in", ("audit", "assessment", "superior"))),
                    name="source_paper_kind_known",
                    violation_error_message="反馈文件应是审计反馈、考核评估或者上级反馈。",
                ),
            ),
            migrations.AddConstraint(
                model_name="sourcepaper",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("title", ""), _negated=True), models.Q(("issuer", ""), _negated=True)
                    ),
                    name="source_paper_is_named",
                    violation_error_message="反馈文件须写明名称和发文机关。",
                ),
            ),
            migrations.AddField(
                model_name="item",
                name="names_paper",
                field=models.BooleanField(default=False, editable=False, verbose_name="须有反馈文件"),
            ),
            migrations.AlterField(
                model_name="item",
                name="names_paper",
                field=models.BooleanField(default=True, editable=False, verbose_name="须有反馈文件"),
            ),
            migrations.AddField(
                model_name="item",
                name="paper",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="items",
                    to="rectification.sourcepaper",
                    verbose_name="反馈文件",
                ),
            ),
            migrations.AddConstraint(
                model_name="item",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("source__in", ("audit", "assessment", "superior")),
                            models.Q(("paper__isnull", False), ("names_paper", False), _connector="OR"),
                        ),
                        models.Q(
                            models.Q(("source__in", ("audit", "assessment", "superior")), _negated=True),
                            ("paper", None),
                        ),
                        _connector="OR",
                    ),
                    name="item_paper_fits_source",
                    violation_error_message="来源为审计反馈、考核评估、上级反馈的须选反馈文件，其他来源的不选。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
    ]
