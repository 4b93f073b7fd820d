"""Items registered by an import since undone are voided."""

from django.conf import settings
from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_pairs"),
        ("core", "0014_voided"),
        ("inspections", "0010_pairs"),
        ("rectification", "0024_pairs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.RemoveConstraint(
                model_name="item",
                name="item_issued_is_dated",
            ),
            migrations.RemoveConstraint(
                model_name="item",
                name="item_accepted_is_dated",
            ),
            migrations.AlterField(
                model_name="item",
                name="state",
                field=models.CharField(
                    choices=[
                        ("draft", "草稿"),
                        ("issued", "已下发"),
                        ("accepted", "已签收"),
                        ("rectifying", "整改中"),
                        ("closure_applied", "已申请销号"),
                        ("sector_reviewed", "牵头单位已审核"),
                        ("public_notice", "公示中"),
                        ("closed", "已销号"),
                        ("long_term", "长期坚持"),
                        ("split", "已拆分"),
                        ("merged", "已并入"),
                        ("voided", "已作废"),
                    ],
                    default="draft",
                    editable=False,
                    max_length=16,
                    verbose_name="状态",
                ),
            ),
            migrations.AddConstraint(
                model_name="item",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("issued_on", None), ("state__in", ("draft", "voided"))),
                        models.Q(
                            models.Q(("state__in", ("draft", "voided")), _negated=True),
                            ("due_on__isnull", False),
                            ("issued_on__isnull", False),
                            ("original_due_on__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="item_issued_is_dated",
                    violation_error_message="已下发的事项须有下发日期和整改时限，没有下发和作废的没有下发日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="item",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("accepted_on", None), ("state__in", ("draft", "voided", "issued"))),
                        models.Q(
                            models.Q(("state__in", ("draft", "voided", "issued")), _negated=True),
                            ("accepted_on__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="item_accepted_is_dated",
                    violation_error_message="已签收的事项须有签收日期，未签收的不能有。",
                ),
            ),
        ),
    ]
