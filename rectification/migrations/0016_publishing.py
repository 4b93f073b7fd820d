"""Publication before the closing, objections, filing, recurrences."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import reference_clocks
from povertyaudit.core.migrating import Run, Together


def load(apps, _schema_editor):
    """How long a publication before the closing lasts, where nothing else is decided."""
    reference_clocks.install(apps.get_model("core", "ClockRule"), apps.get_model("core", "LadderStep"))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_sanction_reports"),
        ("core", "0008_ladder_and_lights"),
        ("inspections", "0008_round_own_periods"),
        ("rectification", "0015_checking"),
    ]

    operations = [
        Together(
            migrations.RemoveConstraint(
                model_name="item",
                name="item_closed_iff_dated_and_signed",
            ),
            migrations.AddField(
                model_name="closing",
                name="filed_on",
                field=models.DateField(blank=True, null=True, verbose_name="归档日期"),
            ),
            migrations.AddField(
                model_name="closing",
                name="pages",
                field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="页数"),
            ),
            migrations.AddField(
                model_name="closing",
                name="place",
                field=models.CharField(blank=True, max_length=200, verbose_name="存放地点"),
            ),
            migrations.AddField(
                model_name="closing",
                name="verified_on",
                field=models.DateField(blank=True, null=True, verbose_name="复核签署日期"),
            ),
            migrations.AddField(
                model_name="item",
                name="archived_on",
                field=models.DateField(blank=True, editable=False, null=True, verbose_name="归档日期"),
            ),
            migrations.AddField(
                model_name="item",
                name="publication",
                field=models.BooleanField(default=False, editable=False, verbose_name="销号前公示"),
            ),
            migrations.AddField(
                model_name="item",
                name="publication_days",
                field=models.PositiveSmallIntegerField(
                    blank=True, editable=False, null=True, verbose_name="公示天数"
                ),
            ),
            migrations.AddField(
                model_name="item",
                name="publication_place",
                field=models.CharField(
                    blank=True, editable=False, max_length=200, verbose_name="公示地点、方式"
                ),
            ),
            migrations.AddField(
                model_name="item",
                name="recurrence_of",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="recurrences",
                    to="rectification.item",
                    verbose_name="反弹自",
                ),
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
                    ],
                    default="draft",
                    editable=False,
                    max_length=16,
                    verbose_name="状态",
                ),
            ),
            migrations.AddConstraint(
                model_name="closing",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("verified_on", None), ("verified_on__lte", models.F("closed_on")), _connector="OR"
                    ),
                    name="closing_verified_before_closed",
                    violation_error_message="复核签署日期不能晚于销号日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="closing",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("filed_on", None), ("pages", None), ("place", "")),
                        models.Q(
                            ("filed_on__gte", models.F("closed_on")),
                            ("pages__gte", 1),
                            models.Q(("place", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="closing_filed_whole",
                    violation_error_message="归档须有日期、页数和存放地点，不能早于销号日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="item",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("applicant__isnull", False),
                            ("reviewer__isnull", False),
                            ("verifier__isnull", False),
                            models.Q(
                                models.Q(("closed_on__isnull", False), ("state", "closed")),
                                models.Q(
                                    ("closed_late", False), ("closed_on", None), ("state", "public_notice")
                                ),
                                _connector="OR",
                            ),
                        ),
                        models.Q(
                            models.Q(("state__in", ("closed", "public_notice")), _negated=True),
                            ("closed_late", False),
                            ("closed_on", None),
                            ("verifier", None),
                        ),
                        _connector="OR",
                    ),
                    name="item_closed_iff_dated_and_signed",
                    violation_error_message="公示、销号须有申请、审核、复核三人的签署，销号须有日期；其他状态不能有销号日期和复核人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="item",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("archived_on", None),
                        models.Q(("archived_on__gte", models.F("closed_on")), ("state", "closed")),
                        _connector="OR",
                    ),
                    name="item_archived_after_closed",
                    violation_error_message="销号以后才能归档。",
                ),
            ),
            migrations.AddConstraint(
                model_name="item",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("publication", False), ("publication_days", None), ("publication_place", "")
                        ),
                        models.Q(("publication", True), models.Q(("publication_place", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="item_publication_says_where",
                    violation_error_message="要求公示的须写明公示地点、方式。",
                ),
            ),
            migrations.AddConstraint(
                model_name="item",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("recurrence_of", None),
                        models.Q(("recurrence_of", models.F("id")), _negated=True),
                        _connector="OR",
                    ),
                    name="item_recurs_from_another",
                    violation_error_message="反弹自的事项不能是它自己。",
                ),
            ),
        ),
        Together(
            migrations.CreateModel(
                name="Publication",
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
                    ("no", models.PositiveSmallIntegerField(verbose_name="第几次")),
                    ("place", models.CharField(max_length=200, verbose_name="公示地点、方式")),
                    ("verified_on", models.DateField(verbose_name="复核签署日期")),
                    ("starts_on", models.DateField(verbose_name="公示日期")),
                    ("ends_on", models.DateField(verbose_name="公示至")),
                    ("ended_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                    ("late", models.BooleanField(default=False, verbose_name="复核时已逾期")),
                    ("upheld", models.BooleanField(default=False, verbose_name="异议成立")),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="publications",
                            to="rectification.item",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "公示",
                    "ordering": ("no",),
                    "constraints": [
                        models.UniqueConstraint(fields=("item", "no"), name="publication_no_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("ended_on", None)),
                            fields=("item",),
                            name="one_running_publication",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ends_on__gt", models.F("starts_on")),
                                ("starts_on__gte", models.F("verified_on")),
                            ),
                            name="publication_in_order",
                            violation_error_message="公示应在复核签署之后开始，至少一天。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ended_on", None),
                                models.Q(("ended_on__gte", models.F("starts_on")), ("upheld", True)),
                                models.Q(("ended_on__gt", models.F("ends_on")), ("upheld", False)),
                                _connector="OR",
                            ),
                            name="publication_ends_after_its_days",
                            violation_error_message="公示期满以后才能结束，异议成立的除外。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Objection",
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
                    ("no", models.PositiveSmallIntegerField(verbose_name="序号")),
                    ("received_on", models.DateField(verbose_name="收到日期")),
                    ("by_whom", models.CharField(blank=True, max_length=100, verbose_name="异议人")),
                    ("text", models.TextField(verbose_name="异议内容")),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "待答复"), ("upheld", "成立"), ("dismissed", "不成立")],
                            default="open",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("decided_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                    ("answer", models.TextField(blank=True, verbose_name="答复意见")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="答复人",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="objections",
                            to="rectification.item",
                        ),
                    ),
                    (
                        "registered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "publication",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="objections",
                            to="rectification.publication",
                            verbose_name="公示",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "异议",
                    "ordering": ("no",),
                    "constraints": [
                        models.UniqueConstraint(fields=("item", "no"), name="objection_no_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("answer", ""),
                                    ("decided_by", None),
                                    ("decided_on", None),
                                    ("state", "open"),
                                ),
                                models.Q(
                                    models.Q(("state", "open"), _negated=True),
                                    ("decided_by__isnull", False),
                                    ("decided_on__gte", models.F("received_on")),
                                    models.Q(("answer", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="objection_answered_iff_decided",
                            violation_error_message="已答复的异议须有答复人、日期和意见，待答复的不能有。",
                        ),
                    ],
                },
            ),
        ),
        Run(load, migrations.RunPython.noop),
    ]
