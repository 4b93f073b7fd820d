"""Since when an item is in the hands of its unit; reports that lapsed; rules of reports the tables did not hold."""

from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0007_cadence_mended"),
        ("rectification", "0005_period_reports"),
    ]

    operations = [
        Together(
            migrations.AddField(
                model_name="item",
                name="at_work_since",
                field=models.DateField(blank=True, editable=False, null=True, verbose_name="整改起算日期"),
            ),
            migrations.AddField(
                model_name="periodreport",
                name="lapsed",
                field=models.BooleanField(default=False, editable=False, verbose_name="随申请销号不再要求"),
            ),
            migrations.AlterField(
                model_name="itemrhythm",
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
        ),
        Together(
            migrations.AddConstraint(
                model_name="item",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("at_work_since", None),
                        models.Q(
                            ("accepted_on__isnull", False), ("at_work_since__gte", models.F("accepted_on"))
                        ),
                        _connector="OR",
                    ),
                    name="item_at_work_since_accepted",
                    violation_error_message="整改起算日期不能早于签收日期，没有签收的没有。",
                ),
            ),
            migrations.AddConstraint(
                model_name="itemrhythm",
                constraint=models.CheckConstraint(
                    condition=models.Q(("reason", ""), _negated=True),
                    name="item_rhythm_has_reason",
                    violation_error_message="请写明理由。",
                ),
            ),
            migrations.AddConstraint(
                model_name="periodreport",
                constraint=models.CheckConstraint(
                    condition=models.Q(("cadence", "none"), _negated=True),
                    name="period_has_cadence",
                    violation_error_message="定期报告须有报告周期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="periodreport",
                constraint=models.CheckConstraint(
                    condition=models.Q(("unchanged", False), ("filled_on__isnull", False), _connector="OR"),
                    name="period_unchanged_when_filled",
                    violation_error_message="填报以后才能写本期无变化。",
                ),
            ),
            migrations.AddConstraint(
                model_name="periodreport",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("signed_on", None), ("signed_on__gte", models.F("filled_on")), _connector="OR"
                    ),
                    name="period_signed_after_filled",
                    violation_error_message="签报日期不能早于填报日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="periodreport",
                constraint=models.CheckConstraint(
                    condition=models.Q(("lapsed", False), ("state", "waived"), _connector="OR"),
                    name="period_lapsed_is_waived",
                    violation_error_message="随申请销号不再要求的报告，状态应是“不再要求”。",
                ),
            ),
        ),
    ]
