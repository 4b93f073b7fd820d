"""Items may come of what a meeting decided."""

from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("rectification", "0022_look_back_clock"),
    ]

    operations = [
        Together(
            migrations.AlterField(
                model_name="item",
                name="source",
                field=models.CharField(
                    choices=[
                        ("finding", "巡察发现"),
                        ("lead", "问题线索"),
                        ("audit", "审计反馈"),
                        ("misuse", "违规资金"),
                        ("assessment", "考核评估"),
                        ("superior", "上级反馈"),
                        ("look_back", "回头看发现"),
                        ("meeting", "会议议定"),
                    ],
                    max_length=12,
                    verbose_name="问题来源",
                ),
            ),
            migrations.AlterField(
                model_name="lookbackcheck",
                name="kind",
                field=models.CharField(
                    choices=[
                        ("finding", "巡察发现"),
                        ("lead", "问题线索"),
                        ("audit", "审计反馈"),
                        ("misuse", "违规资金"),
                        ("assessment", "考核评估"),
                        ("superior", "上级反馈"),
                        ("look_back", "回头看发现"),
                        ("meeting", "会议议定"),
                        ("returned", "退还群众的款项"),
                    ],
                    max_length=12,
                    verbose_name="来源",
                ),
            ),
        ),
    ]
