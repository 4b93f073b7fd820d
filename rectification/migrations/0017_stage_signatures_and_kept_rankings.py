"""Signatures over the reports of stages; rankings that were kept do not change."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core.migrating import Run, Together
from rectification import ranking_triggers


def guard(_apps, schema_editor):
    ranking_triggers.install(schema_editor.connection)


def unguard(_apps, schema_editor):
    ranking_triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("rectification", "0016_publishing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="StageSignature",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.CharField(
                            default=povertyaudit.core.models.base.new_public_id,
                            editable=False,
                            max_length=22,
                            unique=True,
                            verbose_name="编号标识",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    (
                        "created_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                        ),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                        ),
                    ),
                    ("step", models.CharField(max_length=20, verbose_name="签署环节")),
                    ("role", models.CharField(max_length=120, verbose_name="签署身份")),
                    ("opinion", models.TextField(blank=True, verbose_name="意见")),
                    (
                        "signed_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="签署时间"),
                    ),
                    ("digest", models.CharField(max_length=64, verbose_name="签署内容摘要")),
                    ("fields_version", models.PositiveSmallIntegerField(verbose_name="签署项目版本")),
                    ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="失效时间")),
                    ("voided_verb", models.CharField(blank=True, max_length=60, verbose_name="致失效动作")),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.person",
                            verbose_name="签署人",
                        ),
                    ),
                    (
                        "stage",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="signatures",
                            to="rectification.stage",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签署账号",
                        ),
                    ),
                    (
                        "voided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="致失效人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "阶段报告签署",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("voided_at", None)),
                            fields=("stage", "step"),
                            name="one_standing_stage_signature",
                        )
                    ],
                },
            ),
        ),
        Run(guard, unguard),
    ]
