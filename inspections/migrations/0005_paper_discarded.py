from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [("inspections", "0004_review_returned_early")]

    operations = [
        Together(
            migrations.RemoveConstraint(
                model_name="roundpaper",
                name="round_paper_state_fits_kind",
            ),
            migrations.AlterField(
                model_name="roundpaper",
                name="state",
                field=models.CharField(
                    choices=[
                        ("draft", "起草"),
                        ("group", "领导小组已审议"),
                        ("decided", "书记专题会已听取"),
                        ("filed", "已归存"),
                        ("discarded", "已作废"),
                    ],
                    editable=False,
                    max_length=10,
                    verbose_name="状态",
                ),
            ),
            migrations.AddConstraint(
                model_name="roundpaper",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("kind__in", ("report", "special")),
                            ("state__in", ("draft", "group", "decided", "discarded")),
                        ),
                        models.Q(("kind__in", ("bulletin", "minutes")), ("state", "filed")),
                        _connector="OR",
                    ),
                    name="round_paper_state_fits_kind",
                    violation_error_message="报告须逐级审议，通报和会商纪要直接归存。",
                ),
            ),
        ),
    ]
