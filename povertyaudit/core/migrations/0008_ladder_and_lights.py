"""The ladder says more than whom to remind, and is changed by two people; the colours of dates are data."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core import reference_ladder, reference_lights
from povertyaudit.core.migrating import Run, Together


def name_each(apps, _schema_editor):
    """An id of its own for each step that is there."""
    for step in apps.get_model("core", "LadderStep").objects.all():
        step.public_id = povertyaudit.core.models.base.new_public_id()
        step.save(update_fields=["public_id"])


def load(apps, _schema_editor):
    reference_ladder.install(apps.get_model("core", "LadderStep"))
    reference_lights.install(apps.get_model("core", "LightScheme"))


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_file_columns"),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="LightScheme",
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
                    ("valid_from", models.DateField(verbose_name="施行日期")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="废止日期")),
                    ("source", models.CharField(max_length=200, verbose_name="依据")),
                    ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "待确认"), ("confirmed", "已确认"), ("refused", "未通过")],
                            default="confirmed",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                    (
                        "first",
                        models.CharField(
                            choices=[
                                ("green", "绿"),
                                ("blue", "蓝"),
                                ("yellow", "黄"),
                                ("red", "红"),
                                ("grey", "灰"),
                            ],
                            max_length=8,
                            verbose_name="一级（7 天内到期）",
                        ),
                    ),
                    (
                        "second",
                        models.CharField(
                            choices=[
                                ("green", "绿"),
                                ("blue", "蓝"),
                                ("yellow", "黄"),
                                ("red", "红"),
                                ("grey", "灰"),
                            ],
                            max_length=8,
                            verbose_name="二级（3 天内到期）",
                        ),
                    ),
                    (
                        "third",
                        models.CharField(
                            choices=[
                                ("green", "绿"),
                                ("blue", "蓝"),
                                ("yellow", "黄"),
                                ("red", "红"),
                                ("grey", "灰"),
                            ],
                            max_length=8,
                            verbose_name="三级（超期）",
                        ),
                    ),
                    (
                        "done",
                        models.CharField(
                            choices=[
                                ("green", "绿"),
                                ("blue", "蓝"),
                                ("yellow", "黄"),
                                ("red", "红"),
                                ("grey", "灰"),
                            ],
                            max_length=8,
                            verbose_name="按期办结",
                        ),
                    ),
                    (
                        "changed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="修改人",
                        ),
                    ),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="确认人",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="适用地区（空为普遍适用）",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "期限灯颜色",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("confirmed_by", None),
                                models.Q(
                                    ("changed_by__isnull", False),
                                    models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="lightscheme_two_pairs_of_eyes",
                            violation_error_message="规则的修改人和确认人不能是同一个人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("changed_by", None), ("confirmed_by", None), ("state", "confirmed")
                                ),
                                models.Q(
                                    ("changed_by__isnull", False), ("confirmed_by", None), ("state", "draft")
                                ),
                                models.Q(
                                    ("changed_by__isnull", False),
                                    ("confirmed_by__isnull", False),
                                    models.Q(("state", "draft"), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="lightscheme_changed_ends_confirmed",
                            violation_error_message="由人修改的规则须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                            ),
                            name="lightscheme_ends_after_start",
                            violation_error_message="废止日期不能早于施行日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("third", models.F("first")), _negated=True),
                                models.Q(("third", models.F("second")), _negated=True),
                                models.Q(("third", models.F("done")), _negated=True),
                            ),
                            name="light_overdue_has_its_colour",
                            violation_error_message="“超期”的颜色应与其他各级不同。",
                        ),
                    ],
                },
            ),
        ),
        migrations.AlterModelOptions(
            name="ladderstep",
            options={"ordering": ("-days_left", "id"), "verbose_name": "督办阶梯"},
        ),
        Together(
            migrations.AddField(
                model_name="ladderstep",
                name="changed_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="修改人",
                ),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="channel",
                field=models.CharField(
                    choices=[
                        ("message", "系统消息"),
                        ("phone", "电话"),
                        ("letter", "函件（签收、回复）"),
                        ("meeting", "会议或者当面"),
                    ],
                    default="message",
                    max_length=8,
                    verbose_name="方式",
                ),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="confirmed_at",
                field=models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="confirmed_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="确认人",
                ),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="created_at",
                field=models.DateTimeField(
                    default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                ),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="repeat_days",
                field=models.PositiveSmallIntegerField(default=7, verbose_name="重复间隔（天）"),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="reply_at",
                field=models.TimeField(blank=True, null=True, verbose_name="回复截止时刻"),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="reply_days",
                field=models.PositiveSmallIntegerField(
                    blank=True, null=True, verbose_name="回复期限（工作日）"
                ),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="state",
                field=models.CharField(
                    choices=[("draft", "待确认"), ("confirmed", "已确认"), ("refused", "未通过")],
                    default="confirmed",
                    max_length=10,
                    verbose_name="状态",
                ),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="step",
                field=models.CharField(
                    choices=[
                        ("remind", "提醒"),
                        ("hint", "提示函"),
                        ("letter", "督办函"),
                        ("talk", "约谈"),
                        ("circular", "通报"),
                        ("account", "问责"),
                    ],
                    default="remind",
                    max_length=8,
                    verbose_name="步骤",
                ),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="told",
                field=models.JSONField(blank=True, default=list, verbose_name="告知"),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="unused",
                field=models.BooleanField(default=False, verbose_name="本地区不采用这一步"),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="updated_at",
                field=models.DateTimeField(
                    default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                ),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="version",
                field=models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
            ),
            migrations.AddField(
                model_name="ladderstep",
                name="public_id",
                field=models.CharField(
                    default=povertyaudit.core.models.base.new_public_id,
                    editable=False,
                    max_length=22,
                    null=True,
                    verbose_name="编号标识",
                ),
            ),
        ),
        Run(name_each, migrations.RunPython.noop),
        Together(
            migrations.AlterField(
                model_name="ladderstep",
                name="audience",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("person", "承办人"),
                        ("unit_head", "单位主要负责人"),
                        ("leader", "分管（包抓）领导"),
                        ("body", "督办部门"),
                    ],
                    max_length=10,
                    verbose_name="对象",
                ),
            ),
            migrations.AlterField(
                model_name="ladderstep",
                name="region",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="core.region",
                    verbose_name="适用地区（空为普遍适用）",
                ),
            ),
            migrations.AlterField(
                model_name="ladderstep",
                name="public_id",
                field=models.CharField(
                    default=povertyaudit.core.models.base.new_public_id,
                    editable=False,
                    max_length=22,
                    unique=True,
                    verbose_name="编号标识",
                ),
            ),
            migrations.AddConstraint(
                model_name="ladderstep",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_by", None),
                        models.Q(
                            ("changed_by__isnull", False),
                            models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="ladderstep_two_pairs_of_eyes",
                    violation_error_message="规则的修改人和确认人不能是同一个人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="ladderstep",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("changed_by", None), ("confirmed_by", None), ("state", "confirmed")),
                        models.Q(("changed_by__isnull", False), ("confirmed_by", None), ("state", "draft")),
                        models.Q(
                            ("changed_by__isnull", False),
                            ("confirmed_by__isnull", False),
                            models.Q(("state", "draft"), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="ladderstep_changed_ends_confirmed",
                    violation_error_message="由人修改的规则须经另一人确认。",
                ),
            ),
            migrations.AddConstraint(
                model_name="ladderstep",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                    ),
                    name="ladderstep_ends_after_start",
                    violation_error_message="废止日期不能早于施行日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="ladderstep",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("step", "remind"), models.Q(("audience", ""), _negated=True)),
                        models.Q(
                            models.Q(("step", "remind"), _negated=True),
                            ("audience", ""),
                            ("days_left__lt", 0),
                        ),
                        _connector="OR",
                    ),
                    name="ladder_reminder_names_audience",
                    violation_error_message="提醒须有对象；其他步骤在超期以后才有，不写提醒对象。",
                ),
            ),
            migrations.AddConstraint(
                model_name="ladderstep",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("channel", "letter"),
                            ("reply_at__isnull", False),
                            ("reply_days__gte", 1),
                            ("step__in", ("hint", "letter")),
                        ),
                        models.Q(
                            models.Q(("channel", "letter"), _negated=True),
                            ("reply_at", None),
                            ("reply_days", None),
                        ),
                        _connector="OR",
                    ),
                    name="ladder_letter_asks_for_reply",
                    violation_error_message="函件（提示函、督办函）须有回复期限和截止时刻，其他方式不写。",
                ),
            ),
            migrations.AddConstraint(
                model_name="ladderstep",
                constraint=models.CheckConstraint(
                    condition=models.Q(("repeat_days__gte", 1), ("repeat_days__lte", 365)),
                    name="ladder_repeats_within_a_year",
                    violation_error_message="重复间隔应在 1 至 365 天之间。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
    ]
