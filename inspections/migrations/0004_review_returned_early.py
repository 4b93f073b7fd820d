from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [("inspections", "0003_feedback_withdrawn")]

    operations = [
        Together(
            migrations.RemoveConstraint(
                model_name="reviewround",
                name="review_summary_by_state",
            ),
            migrations.AddConstraint(
                model_name="reviewround",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("consolidated_by", None), ("ended_on", None), ("state", "open"), ("summary", "")
                        ),
                        models.Q(
                            ("consolidated_by__isnull", False),
                            ("ended_on", None),
                            ("state", "consolidated"),
                            models.Q(("summary", ""), _negated=True),
                        ),
                        models.Q(
                            ("consolidated_by__isnull", False),
                            ("ended_on__isnull", False),
                            ("state__in", ("returned", "approved")),
                            models.Q(("summary", ""), _negated=True),
                        ),
                        models.Q(
                            ("consolidated_by", None),
                            ("ended_on__isnull", False),
                            ("state", "returned"),
                            ("summary", ""),
                        ),
                        _connector="OR",
                    ),
                    name="review_summary_by_state",
                    violation_error_message="联审须先汇总意见再通过；退回的须有结束日期。",
                ),
            ),
        ),
    ]
