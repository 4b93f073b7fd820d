"""A unit that was proposed by an import since undone is withdrawn."""

from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0013_file_texts"),
    ]

    operations = [
        Together(
            migrations.RemoveConstraint(
                model_name="unitchange",
                name="unit_change_two_pairs_of_eyes",
            ),
            migrations.AlterField(
                model_name="unitchange",
                name="state",
                field=models.CharField(
                    choices=[
                        ("draft", "待确认"),
                        ("confirmed", "已确认"),
                        ("refused", "未通过"),
                        ("withdrawn", "已撤回"),
                    ],
                    default="draft",
                    editable=False,
                    max_length=10,
                    verbose_name="状态",
                ),
            ),
            migrations.AddConstraint(
                model_name="unitchange",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("confirmed_by", None), ("state__in", ("draft", "withdrawn"))),
                        models.Q(
                            models.Q(("state__in", ("draft", "withdrawn")), _negated=True),
                            ("confirmed_by__isnull", False),
                            models.Q(("confirmed_by", models.F("changed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="unit_change_two_pairs_of_eyes",
                    violation_error_message="单位变更须经另一人确认。",
                ),
            ),
        ),
    ]
