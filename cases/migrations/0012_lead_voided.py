"""A lead entered by mistake may be voided before it is dispatched: two rules know the new state."""

from django.conf import settings
from django.db import migrations, models

from cases import archive_triggers
from povertyaudit.core.migrating import Run, Together


def install(_apps, schema_editor):
    """SQLite made the table anew."""
    archive_triggers.install(schema_editor.connection)


def uninstall(_apps, schema_editor):
    archive_triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_bulletins_in_villages"),
        ("core", "0009_message_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Run(uninstall, install),
        Together(
            migrations.RemoveConstraint(
                model_name="lead",
                name="lead_dispatched_has_unit",
            ),
            migrations.RemoveConstraint(
                model_name="lead",
                name="lead_question_is_not_handled",
            ),
            migrations.AlterField(
                model_name="lead",
                name="state",
                field=models.CharField(
                    choices=[
                        ("registered", "待分办"),
                        ("dispatched", "待签收"),
                        ("signed_for", "待提处置意见"),
                        ("proposed", "待审批"),
                        ("approved", "已批准待实施"),
                        ("in_step", "办理中"),
                        ("held", "暂存待查"),
                        ("case_filed", "已立案待调查"),
                        ("concluded", "已办结"),
                        ("forwarded", "已转出"),
                        ("merged", "已合并"),
                        ("returned", "已退回"),
                        ("voided", "已作废"),
                    ],
                    default="registered",
                    editable=False,
                    max_length=12,
                    verbose_name="状态",
                ),
            ),
            migrations.AddConstraint(
                model_name="lead",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ("registered", "forwarded", "merged", "returned", "voided")),
                        models.Q(
                            ("acting_unit__isnull", False),
                            ("handling_unit__isnull", False),
                            ("leader__isnull", False),
                        ),
                        models.Q(("kind__in", ("consultation", "suggestion")), ("state", "concluded")),
                        _connector="OR",
                    ),
                    name="lead_dispatched_has_unit",
                    violation_error_message="分办后的线索须有承办部门和分管领导。",
                ),
            ),
            migrations.AddConstraint(
                model_name="lead",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind__in", ("consultation", "suggestion")), _negated=True),
                        (
                            "state__in",
                            ("registered", "forwarded", "merged", "returned", "voided", "concluded"),
                        ),
                        _connector="OR",
                    ),
                    name="lead_question_is_not_handled",
                    violation_error_message="咨询求助和意见建议不作为问题线索分办。",
                ),
            ),
        ),
        Run(install, uninstall),
    ]
