"""What a round said of reports may be taken back; why it was said is never empty."""

from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0006_round_rhythms"),
    ]

    operations = [
        Together(
            migrations.AlterField(
                model_name="roundrhythm",
                name="cadence",
                field=models.CharField(
                    choices=[
                        ("week", "周报"),
                        ("ten_days", "旬报"),
                        ("month", "月报"),
                        ("none", "不要求定期报告"),
                        ("inherit", "按轮次或来源的规定"),
                    ],
                    max_length=8,
                    verbose_name="报告周期",
                ),
            ),
            migrations.AddConstraint(
                model_name="roundrhythm",
                constraint=models.CheckConstraint(
                    condition=models.Q(("reason", ""), _negated=True),
                    name="round_rhythm_has_reason",
                    violation_error_message="请写明理由。",
                ),
            ),
        ),
    ]
