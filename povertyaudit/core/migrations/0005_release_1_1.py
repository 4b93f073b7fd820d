"""The tables of the core in 1.1.0.

Columns first, then what carries the rows of 1.0.0 over, then what those rows must satisfy, then triggers and reference
rows: a rebuilt table on SQLite loses its triggers.
"""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.models.channels
import povertyaudit.core.moment
from povertyaudit.core import post_triggers, reference_clocks, term_triggers
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.reference import install_number_schemes, install_reason_codes, install_region_marks

TERMS = ("core_regionmark", "core_reasoncode")
STATES = {"sent": "sent", "failed": "failed", "queued": "suppressed"}


def name_posts(apps, schema_editor):
    """An opaque id for every post there is."""
    posts = apps.get_model("core", "Post").objects
    for key in posts.values_list("pk", flat=True):
        posts.filter(pk=key).update(public_id=new_public_id())


def place_accounts(apps, schema_editor):
    """An account belongs to the county of its first post's unit; of a body above the counties, to that body's region."""
    users, posts = apps.get_model("core", "User").objects, apps.get_model("core", "Post").objects
    regions = set(apps.get_model("core", "Region").objects.values_list("pk", flat=True))
    for user, code in posts.order_by("-pk").values_list("user_id", "unit__region_id"):
        county = code[:6].ljust(12, "0")
        users.filter(pk=user).update(region_id=county if county in regions else code)


def move_letters(apps, _schema_editor):
    """Letters of before there were channels become deliveries of a channel that is off, so that counts stay true."""
    notification, delivery = apps.get_model("core", "Notification"), apps.get_model("core", "Delivery")
    letters = notification.objects.exclude(mail_state="off").order_by("pk")
    region = apps.get_model("core", "Region").objects.order_by("level", "code").first()
    if region is None or not letters.exists():
        return
    channel = apps.get_model("core", "Channel").objects.create(
        name="升级前的邮件", kind="mail", region=region, host="升级前的邮件服务器", state="off"
    )
    columns = ("pk", "user_id", "kind", "mail_state", "mailed_at", "created_at")
    made = (
        delivery(
            notification_id=pk, channel=channel, user_id=user_id, state=STATES[state], created_at=created_at,
            group="due" if kind.startswith("due") else "task", attempts=int(state != "queued"),
            next_at=created_at, expires_at=created_at, finished_at=mailed_at or created_at,
            answer="" if state == "sent" else "before_channels",
        )
        for pk, user_id, kind, state, mailed_at, created_at in letters.values_list(*columns).iterator(2000)
    )  # fmt: skip
    delivery.objects.bulk_create(made, batch_size=2000)


def guard(_apps, schema_editor):
    post_triggers.install(schema_editor.connection)
    for table in TERMS:
        term_triggers.install(schema_editor.connection, table)


def unguard(_apps, schema_editor):
    post_triggers.remove(schema_editor.connection)
    for table in TERMS:
        term_triggers.remove(schema_editor.connection, table)


def load(apps, _schema_editor):
    """Reference rows; who may extend a period also on the rules of 1.0.0 that nobody has changed."""
    install_region_marks(apps.get_model("core", "RegionMark"))
    install_reason_codes(apps.get_model("core", "ReasonCode"))
    rule_model = apps.get_model("core", "ClockRule")
    for rule in reference_clocks.RULES:
        if rule.extra_by:
            same = rule_model.objects.filter(code=rule.code, valid_from=rule.law.since, changed_by=None)
            same.update(extension_by=rule.extra_by)
    reference_clocks.install(rule_model, apps.get_model("core", "LadderStep"))
    install_number_schemes(apps.get_model("core", "NumberScheme"))


class Migration(migrations.Migration):
    replaces = [
        ("core", "0005_sign_ins"),
        ("core", "0006_tallies"),
        ("core", "0007_comments_favourites"),
        ("core", "0008_list_choices"),
        ("core", "0009_outside_channels"),
        ("core", "0010_letters_are_deliveries"),
        ("core", "0011_region_history"),
        ("core", "0012_officers"),
        ("core", "0013_attachment_hashes"),
        ("core", "0014_clock_targets"),
        ("core", "0015_unit_history"),
        ("core", "0016_new_units"),
        ("core", "0017_reason_codes"),
        ("core", "0018_papers_by_the_clock"),
        ("core", "0019_who_extends"),
    ]

    dependencies = [
        ("core", "0004_reference_clocks"),
    ]

    operations = [
        Together(
            migrations.AddField(
                model_name="apitoken",
                name="device",
                field=models.CharField(blank=True, max_length=60, verbose_name="设备"),
            ),
            migrations.AddField(
                model_name="apitoken",
                name="ip",
                field=models.GenericIPAddressField(blank=True, null=True, verbose_name="网络地址"),
            ),
            migrations.AddField(
                model_name="apitoken",
                name="seen_at",
                field=models.DateTimeField(
                    default=povertyaudit.core.moment.now, editable=False, verbose_name="最近使用"
                ),
            ),
            migrations.AddField(
                model_name="clockrule",
                name="extension_by",
                field=models.CharField(
                    blank=True,
                    choices=[("", "本机关主要负责人"), ("superior", "上一级机关")],
                    max_length=10,
                    verbose_name="批准延长的机关",
                ),
            ),
            migrations.AddField(
                model_name="post",
                name="ended_at",
                field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="解除时间"),
            ),
            migrations.AddField(
                model_name="post",
                name="granted_by",
                field=models.ForeignKey(
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="授予人",
                ),
            ),
            migrations.AddField(
                model_name="post",
                name="public_id",
                field=models.CharField(
                    default=povertyaudit.core.models.base.new_public_id,
                    editable=False,
                    max_length=22,
                    null=True,
                ),
            ),
            migrations.AddField(
                model_name="unit",
                name="predecessor_ids",
                field=models.JSONField(default=list, editable=False, verbose_name="并入本单位的单位"),
            ),
            migrations.AddField(
                model_name="unit",
                name="successor",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="core.unit",
                    verbose_name="撤销后并入",
                ),
            ),
            migrations.AddField(
                model_name="unitalias",
                name="valid_to",
                field=models.DateField(blank=True, null=True, verbose_name="停用日期"),
            ),
            migrations.AddField(
                model_name="user",
                name="region",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="core.region",
                    verbose_name="账号所属地区",
                ),
            ),
            migrations.AddField(
                model_name="user",
                name="version",
                field=models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
            ),
        ),
        Together(
            migrations.CreateModel(
                name="UserSession",
                fields=[
                    ("session_data", models.TextField(verbose_name="session data")),
                    ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                    ("device", models.CharField(blank=True, max_length=60, verbose_name="设备")),
                    ("ip", models.GenericIPAddressField(blank=True, null=True, verbose_name="网络地址")),
                    (
                        "seen_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="最近使用"
                        ),
                    ),
                    ("session_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                    (
                        "started_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登录时间"
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="sessions",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "登录",
                },
            ),
            migrations.CreateModel(
                name="Tally",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("key", models.CharField(max_length=120, unique=True)),
                    ("count", models.PositiveIntegerField()),
                    ("until", models.BigIntegerField(db_index=True)),
                ],
                options={
                    "verbose_name": "次数",
                },
            ),
            migrations.CreateModel(
                name="Comment",
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
                    ("target_label", models.CharField(editable=False, max_length=60)),
                    ("target_id", models.BigIntegerField(editable=False)),
                    ("author_post", models.CharField(max_length=120, verbose_name="身份（当时）")),
                    ("mentions", models.JSONField(blank=True, default=list, verbose_name="提到的人")),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                    (
                        "author",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="批注人",
                        ),
                    ),
                    (
                        "own_unit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="仅限查看的单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "工作批注",
                    "ordering": ("id",),
                    "indexes": [models.Index(fields=["target_label", "target_id"], name="comment_target")],
                },
            ),
            migrations.CreateModel(
                name="Favourite",
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
                        ),
                    ),
                    ("target_label", models.CharField(max_length=60)),
                    ("target_id", models.BigIntegerField()),
                    (
                        "created_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="关注时间"),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="favourites",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="关注人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "关注",
                    "ordering": ("-created_at", "-id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("user", "target_label", "target_id"), name="followed_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ListLayout",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("list_key", models.CharField(max_length=60, verbose_name="列表")),
                    ("columns", models.CharField(max_length=600, verbose_name="列")),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="账号",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "列表的列",
                    "constraints": [
                        models.UniqueConstraint(fields=("user", "list_key"), name="one_layout_per_list")
                    ],
                },
            ),
            migrations.CreateModel(
                name="SavedView",
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
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    ("list_key", models.CharField(max_length=60, verbose_name="列表")),
                    ("place", models.PositiveSmallIntegerField(verbose_name="序号")),
                    ("name", models.CharField(max_length=20, verbose_name="名称")),
                    ("query", models.CharField(max_length=1000, verbose_name="条件")),
                    ("is_default", models.BooleanField(default=False, verbose_name="设为默认")),
                    (
                        "created_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, editable=False),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, editable=False),
                    ),
                    (
                        "owner",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="saved_views",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="创建人",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="共享单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "常用视图",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("owner", "list_key", "name"),
                            name="saved_view_name_once",
                            violation_error_message="您在这个列表已有同名的视图，请换一个名称。",
                        ),
                        models.UniqueConstraint(
                            fields=("owner", "list_key", "place"), name="saved_view_place_once"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("is_default", True)),
                            fields=("owner", "list_key"),
                            name="one_default_view",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("place__gte", 1), ("place__lte", 20)),
                            name="saved_view_place_in_range",
                            violation_error_message="每个列表最多保存 20 个视图，请先删除不用的。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("name", ""), _negated=True),
                            name="saved_view_has_name",
                            violation_error_message="请填写视图名称。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Channel",
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
                    ("name", models.CharField(max_length=60, verbose_name="名称")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("mail", "邮件"),
                                ("webhook", "通用推送（签名 JSON）"),
                                ("wecom", "企业微信、政务微信群机器人"),
                                ("dingtalk", "钉钉群机器人（加签）"),
                                ("feishu", "飞书群机器人（签名校验）"),
                            ],
                            max_length=10,
                            verbose_name="方式",
                        ),
                    ),
                    ("host", models.CharField(max_length=255, verbose_name="接收主机")),
                    ("sealed", models.BinaryField(default=b"")),
                    ("key_id", models.CharField(blank=True, editable=False, max_length=16)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("proposed", "待确认"),
                                ("on", "启用"),
                                ("refused", "未通过"),
                                ("off", "已停用"),
                            ],
                            default="proposed",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
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
                        "proposed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="适用地区",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="适用单位（空为全部）",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "外发渠道",
                    "ordering": ("-id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "on"), _negated=True),
                                models.Q(("confirmed_by__isnull", False), ("proposed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="channel_on_is_confirmed",
                            violation_error_message="外发渠道须经安全保密管理员确认后才能启用。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("confirmed_by", None),
                                ("proposed_by", None),
                                models.Q(("proposed_by", models.F("confirmed_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="channel_two_pairs_of_eyes",
                            violation_error_message="外发渠道的提出人和确认人不能是同一个人。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Delivery",
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
                        ),
                    ),
                    (
                        "group",
                        models.CharField(
                            choices=[
                                ("due", "到期提醒"),
                                ("task", "待办"),
                                ("press", "督办与升级"),
                                ("mention", "批注与提及"),
                                ("system", "系统"),
                            ],
                            max_length=8,
                            verbose_name="类别",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("queued", "待发"),
                                ("sent", "已发"),
                                ("failed", "未发出"),
                                ("suppressed", "不再发"),
                                ("expired", "已过期"),
                            ],
                            default="queued",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                    (
                        "next_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="下次发送"),
                    ),
                    ("batch", models.CharField(blank=True, max_length=22)),
                    ("answer", models.CharField(blank=True, max_length=40, verbose_name="最近的答复")),
                    (
                        "created_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="登记时间"),
                    ),
                    (
                        "expires_at",
                        models.DateTimeField(
                            default=povertyaudit.core.models.channels.no_news_from, verbose_name="有效至"
                        ),
                    ),
                    ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                    (
                        "channel",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="deliveries",
                            to="core.channel",
                            verbose_name="渠道",
                        ),
                    ),
                    (
                        "notification",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="deliveries",
                            to="core.notification",
                            verbose_name="消息",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="收件人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "外发",
                    "ordering": ("-created_at", "-id"),
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state", "queued")),
                            fields=["channel", "next_at"],
                            name="delivery_waiting",
                        ),
                        models.Index(fields=["-created_at", "-id"], name="delivery_log"),
                        models.Index(
                            condition=models.Q(("batch", ""), _negated=True),
                            fields=["batch"],
                            name="delivery_batch",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("notification", "channel"), name="delivered_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="NoticePreference",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                    ("muted", models.JSONField(blank=True, default=list, verbose_name="不发的")),
                    ("quiet", models.BooleanField(default=True, verbose_name="夜间不打扰")),
                    ("quiet_from", models.TimeField(default=datetime.time(21, 0), verbose_name="夜间开始")),
                    ("quiet_to", models.TimeField(default=datetime.time(7, 30), verbose_name="夜间结束")),
                    ("quiet_rest_days", models.BooleanField(default=True, verbose_name="休息日不打扰")),
                    (
                        "user",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="notice_preference",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="账号",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "提醒方式",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("quiet_from", models.F("quiet_to")), _negated=True),
                            name="quiet_hours_are_some",
                            violation_error_message="夜间的开始和结束不能是同一时间。",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="OutboundHost",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("host", models.CharField(max_length=255, unique=True, verbose_name="主机")),
                    ("failures", models.PositiveSmallIntegerField(default=0, verbose_name="连续失败")),
                    ("open_until", models.DateTimeField(blank=True, null=True, verbose_name="暂停至")),
                ],
                options={
                    "verbose_name": "外发主机",
                },
            ),
            migrations.CreateModel(
                name="RegionLoad",
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
                        ),
                    ),
                    (
                        "at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="载入时间"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("regions", "区划"), ("attributes", "地区属性")],
                            default="regions",
                            max_length=10,
                            verbose_name="内容",
                        ),
                    ),
                    ("as_of", models.DateField(verbose_name="区划截止日期")),
                    ("file_name", models.CharField(max_length=200, verbose_name="文件")),
                    ("file_sha256", models.CharField(max_length=64, verbose_name="文件校验值")),
                    ("counts", models.JSONField(default=dict, verbose_name="结果")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="载入人",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="载入范围（空为全部）",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "地区载入",
                },
            ),
            migrations.CreateModel(
                name="RegionMark",
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
                    ("code", models.CharField(max_length=30, verbose_name="代码")),
                    ("name", models.CharField(max_length=50, verbose_name="名称")),
                    ("anchor", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                    ("order", models.PositiveSmallIntegerField(default=0, verbose_name="排序")),
                    (
                        "act",
                        models.CharField(
                            choices=[("add", "新增"), ("rename", "更名"), ("end", "停用")],
                            default="add",
                            max_length=8,
                            verbose_name="事由",
                        ),
                    ),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "待确认"), ("confirmed", "已确认"), ("refused", "未通过")],
                            default="confirmed",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                    (
                        "changed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
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
                ],
                options={
                    "verbose_name": "地区属性",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="regionmark_one_proposal",
                            violation_error_message="这一项已有一个变更等待确认，请先处理。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("confirmed_by", None),
                                models.Q(
                                    ("changed_by__isnull", False),
                                    models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="regionmark_two_pairs_of_eyes",
                            violation_error_message="分类项的提出人和确认人不能是同一个人。",
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
                            name="regionmark_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="regionmark_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RegionAttribute",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    (
                        "region",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="attributes",
                            to="core.region",
                            verbose_name="地区",
                        ),
                    ),
                    (
                        "mark",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.regionmark",
                            verbose_name="属性",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "地区年度属性",
                    "ordering": ("-year", "mark__order"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("region", "year", "mark"), name="region_attribute_once_a_year"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("year__gte", 1949), ("year__lte", 2100)),
                            name="region_attribute_year",
                            violation_error_message="年度应在 1949 至 2100 之间。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RegionName",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=100, verbose_name="曾用名")),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                    ("valid_to", models.DateField(verbose_name="停用日期")),
                    (
                        "region",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="former_names",
                            to="core.region",
                            verbose_name="地区",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "地区曾用名",
                    "ordering": ("-valid_to", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("region", "valid_to"), name="region_one_name_until_a_day"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="region_name_ends_after_start",
                            violation_error_message="曾用名的停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RegionChange",
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
                        "state",
                        models.CharField(
                            choices=[
                                ("asked", "待确认去向"),
                                ("named", "已确认去向"),
                                ("none", "无承接地区"),
                            ],
                            default="asked",
                            editable=False,
                            max_length=8,
                            verbose_name="状态",
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
                            verbose_name="确认人",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="changes",
                            to="core.region",
                            verbose_name="撤销的地区",
                        ),
                    ),
                    (
                        "successor",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="并入的地区",
                        ),
                    ),
                    (
                        "load",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="changes",
                            to="core.regionload",
                            verbose_name="载入",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "地区变更",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "asked")),
                            fields=("region",),
                            name="region_change_asked_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "named"), ("successor__isnull", False)),
                                models.Q(models.Q(("state", "named"), _negated=True), ("successor", None)),
                                _connector="OR",
                            ),
                            name="region_change_named_has_successor",
                            violation_error_message="已确认去向的须写明并入的地区。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_by", None), ("state", "asked")),
                                models.Q(
                                    models.Q(("state", "asked"), _negated=True), ("decided_by__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="region_change_decided_by_someone",
                            violation_error_message="地区变更须有确认人。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PasswordReset",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "requested_at",
                        models.DateTimeField(default=povertyaudit.core.moment.now, verbose_name="申请时间"),
                    ),
                    ("password", models.CharField(blank=True, editable=False, max_length=128)),
                    (
                        "state",
                        models.CharField(
                            choices=[("pending", "待确认"), ("confirmed", "已确认"), ("refused", "未同意")],
                            default="pending",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("decided_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                    (
                        "decider",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.person",
                            verbose_name="确认人",
                        ),
                    ),
                    (
                        "requester",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.person",
                            verbose_name="申请人",
                        ),
                    ),
                    (
                        "target",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.person",
                            verbose_name="本人",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="resets",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="账号",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "密码重置",
                    "ordering": ("-id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "pending")),
                            fields=("user",),
                            name="one_pending_reset",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("decider", None), ("state", "pending")),
                                models.Q(
                                    models.Q(("state", "pending"), _negated=True),
                                    ("decided_at__isnull", False),
                                    ("decider__isnull", False),
                                    ("password", ""),
                                ),
                                _connector="OR",
                            ),
                            name="reset_decided_iff_signed",
                            violation_error_message="已决定的密码重置须有确认人和时间，且不再保存密码。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("requester", None),
                                models.Q(("requester", models.F("target")), _negated=True),
                                _connector="OR",
                            ),
                            name="reset_requester_is_not_target",
                            violation_error_message="重置管理人员的密码，申请人、确认人和本人须是三个不同的人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decider", None),
                                models.Q(("decider", models.F("target")), _negated=True),
                                _connector="OR",
                            ),
                            name="reset_decider_is_not_target",
                            violation_error_message="重置管理人员的密码，申请人、确认人和本人须是三个不同的人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decider", None),
                                models.Q(("decider", models.F("requester")), _negated=True),
                                _connector="OR",
                            ),
                            name="reset_decider_is_not_requester",
                            violation_error_message="重置管理人员的密码，申请人、确认人和本人须是三个不同的人。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="UnitChange",
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
                        "act",
                        models.CharField(
                            choices=[
                                ("found", "设立"),
                                ("rename", "更名"),
                                ("merge", "并入其他单位"),
                                ("abolish", "撤销"),
                            ],
                            max_length=8,
                            verbose_name="变更",
                        ),
                    ),
                    ("old_name", models.CharField(blank=True, max_length=100, verbose_name="原名称")),
                    ("new_name", models.CharField(blank=True, max_length=100, verbose_name="新名称")),
                    ("effective_on", models.DateField(verbose_name="生效日期")),
                    ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "待确认"), ("confirmed", "已确认"), ("refused", "未通过")],
                            default="draft",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "changed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
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
                        "successor",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="并入的单位",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="changes",
                            to="core.unit",
                            verbose_name="单位",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("commission", "纪委监委"),
                                ("room", "纪委监委内设机构"),
                                ("patrol_office", "巡察办"),
                                ("patrol_team", "巡察组"),
                                ("leadership", "县级领导"),
                                ("department", "县直部门"),
                                ("township", "乡镇"),
                                ("village", "村（社区）"),
                                ("outside", "外部机关"),
                            ],
                            max_length=16,
                            verbose_name="类别",
                        ),
                    ),
                    ("office_code", models.CharField(blank=True, max_length=8, verbose_name="编号代字")),
                    (
                        "parent",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="上级单位",
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
                ],
                options={
                    "verbose_name": "单位变更",
                    "ordering": ("-id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("unit",),
                            name="unit_change_one_proposal",
                            violation_error_message="这个单位已有一个变更等待确认，请先处理。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("confirmed_by", None), ("state", "draft")),
                                models.Q(
                                    models.Q(("state", "draft"), _negated=True),
                                    ("confirmed_by__isnull", False),
                                    models.Q(("confirmed_by", models.F("changed_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="unit_change_two_pairs_of_eyes",
                            violation_error_message="单位变更须经另一人确认。",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("act", "found"), ("state", "draft")),
                            fields=("region", "new_name"),
                            name="unit_change_one_founding",
                            violation_error_message="这个名称的单位已提出设立、等待确认，请先处理。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    models.Q(
                                        ("act__in", ("rename", "found")),
                                        models.Q(("new_name", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("act__in", ("rename", "found")), _negated=True),
                                        ("new_name", ""),
                                    ),
                                    _connector="OR",
                                ),
                                models.Q(
                                    models.Q(("act", "merge"), ("successor__isnull", False)),
                                    models.Q(models.Q(("act", "merge"), _negated=True), ("successor", None)),
                                    _connector="OR",
                                ),
                            ),
                            name="unit_change_says_what",
                            violation_error_message="设立和更名须写新名称，并入须写并入的单位。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("act", "found"),
                                    ("old_name", ""),
                                    ("state", "confirmed"),
                                    ("unit__isnull", False),
                                    models.Q(("kind", ""), _negated=True),
                                ),
                                models.Q(
                                    ("act", "found"),
                                    ("old_name", ""),
                                    ("unit", None),
                                    models.Q(("state", "confirmed"), _negated=True),
                                    models.Q(("kind", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("act", "found"), _negated=True),
                                    models.Q(("old_name", ""), _negated=True),
                                    ("kind", ""),
                                    ("office_code", ""),
                                    ("parent", None),
                                    ("unit__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="unit_change_founds_when_confirmed",
                            violation_error_message="设立的单位在确认时产生，其他变更须写明单位。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReasonCode",
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
                    ("code", models.CharField(max_length=30, verbose_name="代码")),
                    ("name", models.CharField(max_length=50, verbose_name="名称")),
                    ("anchor", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                    ("order", models.PositiveSmallIntegerField(default=0, verbose_name="排序")),
                    (
                        "act",
                        models.CharField(
                            choices=[("add", "新增"), ("rename", "更名"), ("end", "停用")],
                            default="add",
                            max_length=8,
                            verbose_name="事由",
                        ),
                    ),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "待确认"), ("confirmed", "已确认"), ("refused", "未通过")],
                            default="confirmed",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                    (
                        "purpose",
                        models.CharField(
                            choices=[
                                ("send_back", "退回"),
                                ("extension", "延期"),
                                ("hand_back", "退回分办"),
                                ("hold", "暂存"),
                            ],
                            max_length=10,
                            verbose_name="用途",
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
                            verbose_name="提出人",
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
                ],
                options={
                    "verbose_name": "原因代码",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("code",),
                            name="reasoncode_one_proposal",
                            violation_error_message="这一项已有一个变更等待确认，请先处理。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("confirmed_by", None),
                                models.Q(
                                    ("changed_by__isnull", False),
                                    models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="reasoncode_two_pairs_of_eyes",
                            violation_error_message="分类项的提出人和确认人不能是同一个人。",
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
                            name="reasoncode_changed_ends_confirmed",
                            violation_error_message="由人提出的分类项须经另一人确认。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_from", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="reasoncode_ends_after_start",
                            violation_error_message="停用日期不能早于启用日期。",
                        ),
                    ],
                },
            ),
        ),
        Run(name_posts, migrations.RunPython.noop),
        Run(place_accounts, migrations.RunPython.noop),
        Run(move_letters, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="post",
            name="public_id",
            field=models.CharField(
                default=povertyaudit.core.models.base.new_public_id,
                editable=False,
                max_length=22,
                unique=True,
            ),
        ),
        migrations.RemoveIndex(
            model_name="notification",
            name="mail_to_send",
        ),
        migrations.RemoveField(
            model_name="notification",
            name="mail_state",
        ),
        migrations.RemoveField(
            model_name="notification",
            name="mailed_at",
        ),
        Together(
            migrations.AlterField(
                model_name="attachment",
                name="uploaded_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="上传人",
                ),
            ),
            migrations.AlterField(
                model_name="user",
                name="password",
                field=models.CharField(editable=False, max_length=128, verbose_name="密码"),
            ),
        ),
        Together(
            migrations.AddIndex(
                model_name="attachment",
                index=models.Index(fields=["sha256"], name="attachment_sha256"),
            ),
            migrations.AddIndex(
                model_name="attachment",
                index=models.Index(fields=["thumb_sha256"], name="attachment_thumb"),
            ),
            migrations.AddIndex(
                model_name="attachment",
                index=models.Index(fields=["original_sha256"], name="attachment_original"),
            ),
            migrations.AddIndex(
                model_name="clock",
                index=models.Index(
                    condition=models.Q(("state", "running")),
                    fields=["target_label", "due_on", "target_id"],
                    name="clock_running_targets",
                ),
            ),
            migrations.AddConstraint(
                model_name="unit",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("successor", None),
                        models.Q(
                            ("ends_on__isnull", False), models.Q(("successor", models.F("id")), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="unit_succeeded_has_ended",
                    violation_error_message="并入其他单位的须有撤销日期，且不能并入自己。",
                ),
            ),
        ),
        Run(guard, unguard),
        Run(load, migrations.RunPython.noop),
    ]
