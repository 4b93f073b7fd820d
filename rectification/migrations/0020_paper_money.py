"""Misused money names the paper it came of."""

import django.db.models.deletion
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0008_books_carried_over"),
        ("rectification", "0019_check_rules"),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="PaperMisuse",
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
                    (
                        "misuse",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="paper_link",
                            to="funds.misuse",
                            verbose_name="违规使用资金",
                        ),
                    ),
                    (
                        "paper",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="misuse_links",
                            to="rectification.sourcepaper",
                            verbose_name="反馈文件",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "反馈文件中的违规资金",
                },
            ),
        ),
    ]
