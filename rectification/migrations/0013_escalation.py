"""督办: steps taken against late items, where the ladder stands with each, and the pauses."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes


def load(apps, _schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("rectification", "0012_stages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="Escalation",
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
                        "number",
                        models.CharField(
                            blank=True,
                            editable=False,
                            max_length=40,
                            null=True,
                            unique=True,
                            verbose_name="编号",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafted", "待签发"),
                                ("proposed", "待决定"),
                                ("told", "已告知"),
                                ("sent", "待签收"),
                                ("received", "待回复"),
                                ("replied", "已回复"),
                                ("agreed", "待办理"),
                                ("concluded", "已办理"),
                                ("declined", "未同意"),
                                ("lapsed", "不再办理"),
                            ],
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "step",
                        models.CharField(
                            choices=[
                                ("hint", "提示函"),
                                ("letter", "督办函"),
                                ("talk", "约谈"),
                                ("circular", "通报"),
                                ("account", "问责"),
                            ],
                            max_length=8,
                            verbose_name="步骤",
                        ),
                    ),
                    ("turn", models.PositiveSmallIntegerField(default=1, verbose_name="第几次")),
                    ("taken_on", models.DateField(verbose_name="日期")),
                    ("due_on", models.DateField(verbose_name="逾期的时限")),
                    ("item_due_on", models.DateField(verbose_name="当时的整改时限")),
                    (
                        "measure_no",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="逾期的措施"),
                    ),
                    ("days_late", models.PositiveIntegerField(verbose_name="超期天数")),
                    (
                        "holder",
                        models.CharField(
                            choices=[
                                ("main", "主责单位"),
                                ("lead", "牵头单位（审核）"),
                                ("body", "督办部门（复核）"),
                            ],
                            max_length=4,
                            verbose_name="在谁手中",
                        ),
                    ),
                    ("why", models.TextField(verbose_name="为什么超期")),
                    (
                        "why_codes",
                        models.JSONField(blank=True, default=list, editable=False, verbose_name="超期情形"),
                    ),
                    (
                        "told",
                        models.JSONField(blank=True, default=list, editable=False, verbose_name="告知的人"),
                    ),
                    (
                        "channel",
                        models.CharField(
                            choices=[
                                ("message", "系统消息"),
                                ("phone", "电话"),
                                ("letter", "函件（签收、回复）"),
                                ("meeting", "会议或者当面"),
                            ],
                            max_length=8,
                            verbose_name="方式",
                        ),
                    ),
                    ("demand", models.TextField(blank=True, verbose_name="办理要求")),
                    ("contact", models.CharField(blank=True, max_length=100, verbose_name="联系人和电话")),
                    (
                        "letter_no",
                        models.CharField(blank=True, editable=False, max_length=40, verbose_name="文号"),
                    ),
                    ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="发出时间")),
                    ("reply_by", models.DateTimeField(blank=True, null=True, verbose_name="回复时限")),
                    ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                    ("reply", models.TextField(blank=True, verbose_name="回复")),
                    ("replied_at", models.DateTimeField(blank=True, null=True, verbose_name="回复时间")),
                    (
                        "reply_late",
                        models.BooleanField(default=False, editable=False, verbose_name="逾期回复"),
                    ),
                    ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                    ("outcome", models.TextField(blank=True, verbose_name="办理结果")),
                    ("concluded_on", models.DateField(blank=True, null=True, verbose_name="办理日期")),
                    (
                        "addressee",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="收函单位",
                        ),
                    ),
                    (
                        "concluded_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="决定人",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="escalations",
                            to="rectification.item",
                            verbose_name="整改事项",
                        ),
                    ),
                    (
                        "received_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签收人",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="所属地区",
                        ),
                    ),
                    (
                        "replied_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="回复人",
                        ),
                    ),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.ladderstep",
                            verbose_name="依据的阶梯",
                        ),
                    ),
                    (
                        "signed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签发人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "督办",
                    "ordering": ("-taken_on", "-id"),
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state__in", ("sent", "received"))),
                            fields=["addressee", "reply_by"],
                            name="escalation_open",
                        ),
                        models.Index(fields=["region", "state"], name="escalation_region_state"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("item", "due_on", "step", "turn"),
                            name="escalation_once",
                            violation_error_message="这一步已经办理过。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("days_late__gte", 1), ("turn__gte", 1)),
                            name="escalation_is_late",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("state__in", ("drafted", "sent", "received", "replied")),
                                    ("step__in", ("hint", "letter")),
                                ),
                                models.Q(
                                    ("state__in", ("proposed", "agreed", "concluded", "declined")),
                                    ("step__in", ("talk", "circular", "account")),
                                ),
                                models.Q(("state", "told"), ("step__in", ("hint", "letter"))),
                                ("state", "lapsed"),
                                _connector="OR",
                            ),
                            name="escalation_step_has_its_states",
                            violation_error_message="约谈、通报、问责由人决定；函件由人签发。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("addressee__isnull", False),
                                    ("reply_by__isnull", False),
                                    ("sent_at__isnull", False),
                                    ("signed_by__isnull", False),
                                    ("state__in", ("sent", "received", "replied")),
                                    models.Q(("letter_no", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("state__in", ("sent", "received", "replied")), _negated=True),
                                    ("letter_no", ""),
                                    ("sent_at", None),
                                    ("signed_by", None),
                                ),
                                _connector="OR",
                            ),
                            name="escalation_sent_is_whole",
                            violation_error_message="发出的函件须有文号、收函单位、签发人和回复时限。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("received_at__gte", models.F("sent_at")),
                                    ("received_by__isnull", False),
                                    ("state__in", ("received", "replied")),
                                ),
                                models.Q(
                                    models.Q(("state__in", ("received", "replied")), _negated=True),
                                    ("received_at", None),
                                    ("received_by", None),
                                ),
                                _connector="OR",
                            ),
                            name="escalation_received_by_somebody",
                            violation_error_message="签收的函件须有签收人，签收时间不能早于发出时间。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("replied_at__gte", models.F("received_at")),
                                    ("replied_by__isnull", False),
                                    ("state", "replied"),
                                    models.Q(("reply", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("state", "replied"), _negated=True),
                                    ("replied_at", None),
                                    ("replied_by", None),
                                    ("reply", ""),
                                    ("reply_late", False),
                                ),
                                _connector="OR",
                            ),
                            name="escalation_reply_is_whole",
                            violation_error_message="已回复的函件须有回复内容、回复人和时间。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decided_by__isnull", False),
                                    ("state__in", ("agreed", "concluded", "declined")),
                                    ("decided_on__isnull", False),
                                ),
                                models.Q(
                                    models.Q(
                                        ("state__in", ("agreed", "concluded", "declined")), _negated=True
                                    ),
                                    ("decided_by", None),
                                    ("decided_on", None),
                                ),
                                _connector="OR",
                            ),
                            name="escalation_decided_by_somebody",
                            violation_error_message="约谈、通报、问责须有决定人和决定日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("concluded_by__isnull", False),
                                    ("concluded_on__isnull", False),
                                    ("state", "concluded"),
                                    models.Q(("outcome", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("state", "concluded"), _negated=True),
                                    ("concluded_by", None),
                                    ("concluded_on", None),
                                    ("outcome", ""),
                                ),
                                _connector="OR",
                            ),
                            name="escalation_concluded_has_outcome",
                            violation_error_message="已办理的须写明结果、登记人和日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EscalationPause",
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
                    ("from_on", models.DateField(verbose_name="暂停自")),
                    ("until_on", models.DateField(verbose_name="暂停至")),
                    ("reason", models.TextField(verbose_name="理由")),
                    ("lifted_on", models.DateField(blank=True, null=True, verbose_name="提前恢复日期")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="决定的领导",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="pauses",
                            to="rectification.item",
                        ),
                    ),
                    (
                        "lifted_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提前恢复的人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "暂停督办",
                    "ordering": ("-from_on", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("until_on__gte", models.F("from_on"))),
                            name="pause_ends_after_start",
                            violation_error_message="暂停的截止日期不能早于起始日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True),
                            name="pause_has_reason",
                            violation_error_message="请写明暂停督办的理由。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("lifted_by", None), ("lifted_on", None)),
                                models.Q(
                                    ("lifted_by__isnull", False), ("lifted_on__gte", models.F("from_on"))
                                ),
                                _connector="OR",
                            ),
                            name="pause_lifted_by_somebody",
                            violation_error_message="提前恢复须有日期和办理人，日期不能早于暂停之日。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Pursuit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "holder",
                        models.CharField(
                            choices=[
                                ("main", "主责单位"),
                                ("lead", "牵头单位（审核）"),
                                ("body", "督办部门（复核）"),
                            ],
                            max_length=4,
                        ),
                    ),
                    ("item_due_on", models.DateField()),
                    ("next_on", models.DateField()),
                    ("told_again", models.PositiveSmallIntegerField(default=0)),
                    (
                        "item",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="pursuit",
                            to="rectification.item",
                        ),
                    ),
                    (
                        "latest",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rectification.escalation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "督办进度",
                    "indexes": [
                        models.Index(fields=["next_on", "item"], name="pursuit_next"),
                    ],
                },
            ),
        ),
        Together(
            migrations.AddIndex(
                model_name="measure",
                index=models.Index(
                    condition=models.Q(models.Q(("state", "done"), _negated=True), ("due_on__isnull", False)),
                    fields=["due_on", "item"],
                    name="measure_open_due",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
    ]
