"""What stands in files, for the search (`core.reading`)."""

import django.db.models.deletion
from django.db import migrations, models

import povertyaudit.core.moment
from povertyaudit.core import grams, reading_triggers
from povertyaudit.core.migrating import Run, Together

TABLE, TEXTS = "core_filetext", ("text",)


def install(_apps, schema_editor):
    reading_triggers.install(schema_editor.connection)
    grams.install(schema_editor.connection, TABLE, TEXTS)


def remove(_apps, schema_editor):
    grams.remove(schema_editor.connection, TABLE)
    reading_triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0012_digests"),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="FileReading",
                fields=[
                    (
                        "attachment",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="reading",
                            serialize=False,
                            to="core.attachment",
                            verbose_name="附件",
                        ),
                    ),
                    (
                        "outcome",
                        models.CharField(
                            choices=[
                                ("read", "已读入"),
                                ("named", "只按名称"),
                                ("withheld", "不读入"),
                                ("failed", "读不出"),
                            ],
                            max_length=8,
                            verbose_name="结果",
                        ),
                    ),
                    ("characters", models.PositiveIntegerField(default=0, verbose_name="字数")),
                    ("is_cut", models.BooleanField(default=False, verbose_name="未读到末尾")),
                    (
                        "at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="读入时间"),
                    ),
                ],
                options={
                    "verbose_name": "附件正文",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("outcome__in", ["read", "named", "withheld", "failed"])),
                            name="reading_outcome",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="FileText",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("no", models.PositiveIntegerField(verbose_name="第几段")),
                    ("text", models.TextField(verbose_name="文字")),
                    (
                        "reading",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="texts",
                            to="core.filereading",
                            verbose_name="附件",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "附件文字",
                    "ordering": ("no",),
                    "constraints": [
                        models.UniqueConstraint(fields=("reading", "no"), name="file_text_once"),
                        models.CheckConstraint(
                            condition=models.Q(("text__length__lte", 1600)), name="file_text_is_a_piece"
                        ),
                    ],
                },
            ),
        ),
        Run(install, remove),
    ]
