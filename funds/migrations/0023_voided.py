"""Misused money registered by an import since undone is voided, and its book reversed."""

import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from funds import book_triggers
from povertyaudit.core.migrating import Run, Together


def guard(_apps, schema_editor):
    book_triggers.install(schema_editor.connection)


def unguard(_apps, schema_editor):
    book_triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_pairs"),
        ("core", "0014_voided"),
        ("funds", "0022_pairs"),
        ("inspections", "0010_pairs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Run(unguard, guard),
        Together(
            migrations.RemoveConstraint(
                model_name="ledgerentry",
                name="entry_is_double",
            ),
            migrations.RemoveConstraint(
                model_name="misuse",
                name="misuse_settled_when_all_is_back",
            ),
            migrations.AlterField(
                model_name="misuse",
                name="state",
                field=models.CharField(
                    choices=[("open", "未追缴到位"), ("settled", "已追缴到位"), ("voided", "已作废")],
                    default="open",
                    max_length=10,
                    verbose_name="状态",
                ),
            ),
            migrations.AddConstraint(
                model_name="ledgerentry",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("credit", "owed"), ("debit", "open"), ("recovery", None)),
                        models.Q(
                            ("credit", "open"),
                            ("debit", "owed"),
                            ("recovery", None),
                            ("relief__isnull", False),
                        ),
                        models.Q(
                            ("credit", "open"),
                            ("debit", "owed"),
                            ("recovery", None),
                            ("relief", None),
                            ("reverses__isnull", False),
                        ),
                        models.Q(
                            ("credit", "open"),
                            (
                                "debit__in",
                                (
                                    "confiscated",
                                    "cleared",
                                    "returned",
                                    "compensated",
                                    "handed_in",
                                    "volunteered",
                                    "treasury",
                                    "repurposed",
                                    "offset",
                                    "cancelled",
                                    "written_off",
                                ),
                            ),
                            ("recovery__isnull", False),
                            ("reverses", None),
                        ),
                        models.Q(
                            (
                                "credit__in",
                                (
                                    "confiscated",
                                    "cleared",
                                    "returned",
                                    "compensated",
                                    "handed_in",
                                    "volunteered",
                                    "treasury",
                                    "repurposed",
                                    "offset",
                                    "cancelled",
                                    "written_off",
                                ),
                            ),
                            ("debit", "open"),
                            ("recovery__isnull", False),
                            ("reverses__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="entry_is_double",
                    violation_error_message="每条分录一借一贷，借贷应是应追缴、未结和处理方式之间的；调减应追缴须经批准，作废时冲正的除外。",
                ),
            ),
            migrations.AddConstraint(
                model_name="misuse",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            (
                                "recovered_fen",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("amount_fen"), "+", models.F("adjusted_fen")
                                ),
                            ),
                            ("state", "settled"),
                        ),
                        models.Q(
                            (
                                "recovered_fen__lt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("amount_fen"), "+", models.F("adjusted_fen")
                                ),
                            ),
                            ("state", "open"),
                        ),
                        models.Q(
                            (
                                "adjusted_fen",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("amount_fen"), "*", models.Value(-1)
                                ),
                            ),
                            ("recovered_fen", 0),
                            ("state", "voided"),
                        ),
                        _connector="OR",
                    ),
                    name="misuse_settled_when_all_is_back",
                    violation_error_message="全部追缴到位的才是“已追缴到位”，作废的应追缴为 0。",
                ),
            ),
        ),
        Run(guard, unguard),
    ]
