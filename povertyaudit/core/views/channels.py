"""外发渠道, 外发记录 for the officers; 消息提醒方式 for everybody. Addresses and secrets are never shown."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from povertyaudit.core import channels, deliveries, preferences, queueing
from povertyaudit.core.filters import DeliveryFilter
from povertyaudit.core.forms.base import OpinionForm, RequiredOpinionForm
from povertyaudit.core.forms.channels import ChannelForm, NoticesForm
from povertyaudit.core.models import OFFICERS, Channel, Delivery, Role
from povertyaudit.core.models.channels import NoticeGroup
from povertyaudit.core.views.acts import ActPage, CreatePage
from povertyaudit.core.views.form_pages import FormPage
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column, Fact, Facts, Missing, Tab
from povertyaudit.core.views.records import RecordPage

CHANNELS = ("外发渠道", "/channels/")
LOG = ("外发记录", "/deliveries/")


class ChannelList(ListPage):
    queryset = Channel.objects.for_list()
    section, title = "channels", "外发渠道"
    order = "-created_at"
    columns = (
        Column("name", "名称", kind="link", order="name", phone="main"),
        Column("kind", "方式", value=lambda row: row.get_kind_display(), phone="first"),
        Column("host", "接收主机", phone="sub"),
        Column("unit", "适用单位", value=lambda row: row.unit or "全部"),
        Column("open", "服务器放行", value=lambda row: "是" if channels.is_open(row) else "否"),
        Column("created_at", "提出时间", kind="moment", order="created_at"),
        Column("state", "状态", kind="state"),
    )
    tabs = (Tab("", "全部"), Tab("waiting", "待确认", lambda rows, user: rows.waiting()))
    create_url, create_label = "/channels/new/", "提出外发渠道"
    empty = "没有外发渠道，所有消息都只在站内。"
    empty_hint = "由系统管理员提出、安全保密管理员确认后才会外发。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & OFFICERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may_create(self) -> bool:
        return Role.SYSADMIN in self.user.roles


def receiver(channel: Any) -> list[Facts]:
    """Who receives, as both officers see it."""
    return [
        Facts(
            "接收方",
            [
                Fact("方式", channel.get_kind_display()),
                Fact("接收主机", channel.host),
                Fact("服务器放行", "是" if channels.is_open(channel) else "否"),
                Fact("适用单位", channel.unit or "全部"),
                Fact("适用地区", channel.region),
                Fact("提出人", channel.proposed_by),
                Fact(
                    "发出的内容", "登记编号和链接；多条时为条数和链接。没有标题、姓名和其他内容。", wide=True
                ),
            ],
        )
    ]


class ChannelPage(RecordPage):
    queryset = Channel.objects.for_list()
    section, workflow, parent = "channels", channels.CHANNEL, CHANNELS

    def clocks(self) -> list[Any]:
        """A channel has no clock."""
        return []

    def facts(self) -> Sequence[Facts]:
        kept = "加密存放，不再显示" if self.object.sealed else "—"
        decided = [
            Fact("接收地址和密钥", kept),
            Fact("确认人", self.object.confirmed_by),
            Fact("确认时间", self.object.confirmed_at, "moment"),
            Fact("主机情况", deliveries.circuit_of(self.object.host)),
        ]
        return [*receiver(self.object), Facts("确认", decided)]

    def missing(self) -> Sequence[Missing]:
        found = []
        if self.object.state == "proposed" and not self.offers("confirm"):
            found.append(Missing("须由安全保密管理员确认后才启用，提出人和确认人不能是同一个人。"))
        if self.object.state in {"proposed", "on"} and not channels.is_open(self.object):
            found.append(Missing(channels.NOT_OPEN.format(self.object.host)))
        return found

    def offers(self, name: str) -> bool:
        return any(verb.name == name for verb in self.verbs())


class ProposeChannel(CreatePage):
    """提出外发渠道."""

    queryset = Channel.objects.for_list()
    section, title, label, parent = "channels", "提出外发渠道", "提出", CHANNELS
    form_class, perform = ChannelForm, staticmethod(channels.propose)
    intro = "提出后由安全保密管理员确认；确认前、主机未放行前都不会外发。消息里只有登记编号和链接。"
    done = "已提出，等待安全保密管理员确认。"

    def may_open(self) -> bool:
        return Role.SYSADMIN in self.user.roles


class ChannelAct(ActPage):
    queryset = Channel.objects.for_list()
    section, workflow, shows = "channels", channels.CHANNEL, staticmethod(receiver)
    form_class: Any = OpinionForm


class RefuseChannel(ChannelAct):
    form_class = RequiredOpinionForm


class DeliveryLog(ListPage):
    """外发记录: when, by which way, with what outcome; neither number nor person nor text."""

    queryset = Delivery.objects.for_list()
    section, title = "deliveries", "外发记录"
    filterset_class = DeliveryFilter
    main_filters = ("state", "channel", "on_from", "on_to")
    order = "-created_at"
    columns = (
        Column("number", "外发标识", kind="link"),
        Column("channel", "渠道", phone="main"),
        Column("channel.host", "主机", phone="sub"),
        Column("group", "类别", value=lambda row: row.get_group_display()),
        Column("created_at", "登记时间", kind="moment", order="created_at", phone="side"),
        Column("attempts", "次数", kind="number", order="attempts"),
        Column(
            "next_at",
            "下次发送",
            value=lambda row: row.next_at if row.state == "queued" else None,
            kind="moment",
        ),
        Column("answer_words", "最近的答复"),
        Column("state", "状态", kind="state"),
    )
    tabs = (Tab("", "全部"), Tab("failed", "未发出", lambda rows, user: rows.filter(state="failed")))
    empty, empty_hint = "没有外发记录。", "没有启用的外发渠道时，消息都只在站内。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & {Role.SYSADMIN, Role.AUDITOR}:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class DeliveryPage(RecordPage):
    queryset = Delivery.objects.for_list()
    section, workflow, parent = "deliveries", deliveries.DELIVERY, LOG

    def clocks(self) -> list[Any]:
        """A delivery has no clock."""
        return []

    def facts(self) -> Sequence[Facts]:
        row = self.object
        return [
            Facts(
                "外发",
                [
                    Fact("渠道", row.channel),
                    Fact("主机", row.channel.host),
                    Fact("类别", row.get_group_display()),
                    Fact("次数", row.attempts, "number"),
                    Fact("最近的答复", row.answer_words),
                    Fact("登记时间", row.created_at, "moment"),
                    Fact("下次发送", row.next_at if row.state == "queued" else None, "moment"),
                    Fact("有效至", row.expires_at, "moment"),
                    Fact("结束时间", row.finished_at, "moment"),
                    Fact("幂等标识", row.batch, wide=True),
                ],
            )
        ]


class RetryDelivery(ActPage):
    queryset = Delivery.objects.for_list()
    section, workflow, verb = "deliveries", deliveries.DELIVERY, "retry"
    perform = staticmethod(deliveries.retry)
    done = "已重新排队，稍后可在这里看到结果。"


class MyNotices(FormPage):
    """消息提醒方式: one's own, nobody else's."""

    section, title, label, parent = "", "消息提醒方式", "保存", ("我的账号", "/account/")
    form_class, perform = NoticesForm, staticmethod(preferences.change)
    done = "提醒方式已保存。"

    @property
    def intro(self) -> str:  # type: ignore[override]
        words = "、".join(preferences.MEDIA[medium] for medium in queueing.media_for(self.user))
        return (
            f"您目前可以收到：站内消息、{words}。"
            if words
            else "目前没有为您启用邮件或群机器人，消息只在站内；这里的选择在启用后生效。"
        )

    def get_initial(self) -> dict[str, Any]:
        row = preferences.of(self.user)
        names = ("quiet", "quiet_from", "quiet_to", "quiet_rest_days", "digest", "digest_at")
        ticked = {
            group: [medium for medium in preferences.MEDIA if preferences.wants(row, group, medium)]
            for group in NoticeGroup.values
        }
        return ticked | {name: getattr(row, name) for name in names}

    def call(self, **values: Any) -> Any:
        return self.perform(self.user, by=self.user, expected_version=self.seen(), **values)

    def seen(self) -> int | None:
        """The version the person had before his eyes; a refused form keeps it."""
        raw = self.request.POST.get("expected_version", "")
        return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None

    def success_address(self, record: Any) -> str:
        return "/account/notices/"

    def cancel_address(self) -> str:
        return "/account/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.stale.version if self.stale else self.seen() or preferences.of(self.user).version
        return super().get_context_data(version=version, **kwargs)
