from django.db import migrations, models

from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [("rectification", "0003_public_notice")]

    operations = [
        Together(
            migrations.RemoveConstraint(
                model_name="publicnotice",
                name="notice_published_is_approved",
            ),
            migrations.AlterField(
                model_name="publicnotice",
                name="state",
                field=models.CharField(
                    choices=[
                        ("draft", "起草中"),
                        ("submitted", "待审批"),
                        ("approved", "待公开"),
                        ("published", "公开中"),
                        ("closed", "公开结束"),
                        ("discarded", "已作废"),
                    ],
                    default="draft",
                    editable=False,
                    max_length=10,
                    verbose_name="状态",
                ),
            ),
            migrations.AddConstraint(
                model_name="publicnotice",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("ends_on", None),
                            ("published_on", None),
                            ("state__in", ("draft", "submitted", "approved", "discarded")),
                        ),
                        models.Q(
                            ("ends_on__isnull", False),
                            ("published_on__isnull", False),
                            ("state__in", ("published", "closed")),
                            ("approved_by__isnull", False),
                            ("approved_on__isnull", False),
                            ("number__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="notice_published_is_approved",
                    violation_error_message="公开的须经批准，并有编号、公开日期和截止日期。",
                ),
            ),
        ),
    ]
