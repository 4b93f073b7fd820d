from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [("inspections", "0002_release_1_1")]

    operations = [
        Together(
            migrations.RemoveConstraint(
                model_name="feedback",
                name="feedback_once_per_recipient",
            ),
            migrations.RemoveConstraint(
                model_name="feedback",
                name="feedback_state_is_dated",
            ),
            migrations.AlterField(
                model_name="feedback",
                name="state",
                field=models.CharField(
                    choices=[
                        ("draft", "起草"),
                        ("head_told", "已向主要负责人反馈"),
                        ("issued", "待签收"),
                        ("signed", "已签收"),
                        ("withdrawn", "已撤销"),
                    ],
                    default="draft",
                    editable=False,
                    max_length=10,
                    verbose_name="状态",
                ),
            ),
            migrations.AddConstraint(
                model_name="feedback",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "withdrawn"), _negated=True),
                    fields=("round", "unit"),
                    name="feedback_once_per_recipient",
                    violation_error_message="本轮次已有这个单位的反馈表。",
                ),
            ),
            migrations.AddConstraint(
                model_name="feedback",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("head_on", None),
                            ("leadership_on", None),
                            ("signed_at", None),
                            ("state__in", ("draft", "withdrawn")),
                        ),
                        models.Q(
                            ("head_on__isnull", False),
                            ("leadership_on", None),
                            ("signed_at", None),
                            ("state", "head_told"),
                        ),
                        models.Q(
                            ("head_on__isnull", False),
                            ("leadership_on__isnull", False),
                            ("signed_at", None),
                            ("state", "issued"),
                        ),
                        models.Q(
                            ("head_on__isnull", False),
                            ("leadership_on__isnull", False),
                            ("signed_at__isnull", False),
                            ("state", "signed"),
                        ),
                        _connector="OR",
                    ),
                    name="feedback_state_is_dated",
                    violation_error_message="反馈和签收的日期须与状态相符。",
                ),
            ),
        ),
    ]
