"""外发渠道: two officers stand for each. 系统管理员 proposes and tests, 安全保密管理员 confirms, either switches off at once."""

from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from povertyaudit.core import jobs, messengers, moment, outbound, rows, vault
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, raise_all
from povertyaudit.core.models import Channel, Delivery, Role, Unit, User
from povertyaudit.core.models.channels import ChannelKind, ChannelState, DeliveryState, NoticeGroup
from povertyaudit.core.workflow import Transition, Workflow

SHORTEST_SECRET = 16  # characters
NEEDS_SECRET = frozenset({ChannelKind.WEBHOOK, ChannelKind.DINGTALK, ChannelKind.FEISHU})
NOT_OPEN = "服务器没有放行主机“{}”，请运维人员在环境变量 OUTBOUND_HOSTS 中写明后再试。"


def _another_person(channel: Channel, by: User) -> None:
    if channel.proposed_by is None or channel.proposed_by.person_id == by.person_id:
        raise NotAllowed("channel.same_person", "提出人和确认人不能是同一个人，请由另一人确认。")


def _his_own_proposal(channel: Channel, by: User) -> None:
    if channel.state == ChannelState.PROPOSED and Role.SYSADMIN not in by.roles:
        raise NotAllowed("channel.proposed", "这个渠道还没有启用，不同意启用请办理“不予确认”。")


def _host_is_open(channel: Channel, by: User) -> None:
    if not is_open(channel):
        raise RuleBroken("channel.host", NOT_OPEN.format(channel.host))


def _has_an_address(channel: Channel, by: User) -> None:
    if channel.kind == ChannelKind.MAIL and not by.email:
        raise RuleBroken("channel.no_address", "您的账号没有登记邮箱，收不到测试邮件，请先登记邮箱。")


CHANNEL = Workflow(
    "channel",
    "外发渠道",
    (
        Transition(
            name="confirm",
            label="确认启用",
            sources=frozenset({ChannelState.PROPOSED}),
            target=ChannelState.ON,
            roles=frozenset({Role.SECADMIN}),
            who=(_another_person,),
            primary=True,
        ),
        Transition(
            name="refuse",
            label="不予确认",
            sources=frozenset({ChannelState.PROPOSED}),
            target=ChannelState.REFUSED,
            roles=frozenset({Role.SECADMIN}),
            who=(_another_person,),
            note_required=True,
        ),
        Transition(
            name="try_out",
            label="发送测试消息",
            sources=frozenset({ChannelState.ON}),
            target=None,
            roles=frozenset({Role.SYSADMIN}),
            guards=(_host_is_open, _has_an_address),
        ),
        Transition(
            name="switch_off",
            label="停用",
            sources=frozenset({ChannelState.PROPOSED, ChannelState.ON}),
            target=ChannelState.OFF,
            roles=frozenset({Role.SYSADMIN, Role.SECADMIN}),
            who=(_his_own_proposal,),
        ),
        Transition(
            name="repropose",
            label="申请重新启用",
            sources=frozenset({ChannelState.OFF}),
            target=ChannelState.PROPOSED,
            roles=frozenset({Role.SYSADMIN}),
            when=lambda channel: bool(channel.sealed) or channel.kind == ChannelKind.MAIL,
        ),
    ),
    others={"propose": "提出", "reseal": "换新密钥后重新加密"},
)


@sensitive_variables("url", "secret")
@transaction.atomic
def propose(
    *,
    by: User,
    name: str,
    kind: str,
    unit: Unit | None = None,
    url: str = "",
    secret: str = "",
    note: str = "",
) -> Channel:
    """提出外发渠道: waits for 安全保密管理员. Address and secret are sealed and never shown again.

    Raises NotAllowed unless `by` is 系统管理员; RuleBroken/Several for an address or secret that will not do.
    """
    post = by.post_as({Role.SYSADMIN})
    if post is None:
        raise NotAllowed("channel.role", "只有系统管理员可以提出外发渠道。")
    _check_way(kind, url, secret)
    channel = Channel(name=name, kind=kind, region=post.region, unit=unit, proposed_by=by)
    channel.host = outbound.mail_host() if kind == ChannelKind.MAIL else outbound.host_of(url)
    if kind != ChannelKind.MAIL:
        channel.sealed, channel.key_id = vault.seal({"url": url, "secret": secret}, bound(channel))
    made: Channel = rows.create(cast(Any, channel), verb="channel.propose", by=by, note=note)
    return made


@sensitive_variables("url", "secret")
def _check_way(kind: str, url: str, secret: str) -> None:
    found: list[DomainError] = []
    if kind == ChannelKind.MAIL:
        if url or secret:
            found.append(
                RuleBroken("channel.mail", "邮件由服务器设置发送，不需要填写地址和密钥。", field="url")
            )
    elif trouble := outbound.trouble_with(url):
        found.append(RuleBroken("channel.url", trouble, field="url"))
    if kind in NEEDS_SECRET and len(secret) < SHORTEST_SECRET:
        text = f"请填写签名密钥，至少 {SHORTEST_SECRET} 个字符。"
        found.append(RuleBroken("channel.secret", text, field="secret"))
    elif kind == ChannelKind.WEBHOOK and not messengers.is_key(secret):
        text = "以 whsec_ 开头的密钥后面应是 base64，请核对后重新粘贴。"
        found.append(RuleBroken("channel.secret", text, field="secret"))
    if kind == ChannelKind.WECOM and secret:
        text = "企业微信群机器人的密钥在地址里，这里不用填写。"
        found.append(RuleBroken("channel.secret", text, field="secret"))
    raise_all(found)


def confirm(channel: Channel, *, by: User, note: str = "", expected_version: int | None = None) -> Channel:
    """确认启用: 安全保密管理员, another person than the one who proposed."""
    return _decide(channel, "confirm", by, note, expected_version)


def refuse(channel: Channel, *, by: User, note: str = "", expected_version: int | None = None) -> Channel:
    """不予确认: the row stays, refused, with the reason."""
    return _decide(channel, "refuse", by, note, expected_version)


@transaction.atomic
def _decide(channel: Channel, verb: str, by: User, note: str, version: int | None) -> Channel:
    row = CHANNEL.begin(channel, verb, by=by, note=note, expected_version=version)
    decided = {"confirmed_by": by, "confirmed_at": moment.now()}
    done: Channel = CHANNEL.finish(row, verb, by=by, note=note, changes=decided)
    return done


@transaction.atomic
def switch_off(channel: Channel, *, by: User, note: str = "", expected_version: int | None = None) -> Channel:
    """停用: at once, by either officer; what still waits is not sent."""
    done: Channel = CHANNEL.apply(channel, "switch_off", by=by, note=note, expected_version=expected_version)
    waiting = Delivery.objects.filter(channel=done, state=DeliveryState.QUEUED)
    waiting.update(state=DeliveryState.SUPPRESSED, answer="switched_off", finished_at=moment.now())
    return done


@transaction.atomic
def repropose(channel: Channel, *, by: User, note: str = "", expected_version: int | None = None) -> Channel:
    """申请重新启用: waits for the second officer again."""
    anew = {"proposed_by": by, "confirmed_by": None, "confirmed_at": None}
    done: Channel = CHANNEL.apply(
        channel, "repropose", by=by, note=note, expected_version=expected_version, **anew
    )
    return done


@transaction.atomic
def try_out(channel: Channel, *, by: User, note: str = "", expected_version: int | None = None) -> Channel:
    """发送测试消息: a fixed text, by the same way as every delivery; its outcome stands in the log."""
    done: Channel = CHANNEL.apply(channel, "try_out", by=by, note=note, expected_version=expected_version)
    Delivery.objects.create(channel=done, user=by, group=NoticeGroup.SYSTEM)
    soon()
    return done


def soon() -> None:
    """See that a job stands ready to send what waits; one per minute is enough for any number of deliveries."""
    jobs.enqueue("deliver", {}, f"deliver:{moment.now():%Y-%m-%dT%H:%M}")


def is_open(channel: Channel) -> bool:
    """Whether the operator lets anything out to this receiver."""
    if channel.kind == ChannelKind.MAIL:
        return outbound.mail_allowed() and channel.host == outbound.mail_host()
    return outbound.allowed(channel.host)


def in_use() -> list[Channel]:
    """Channels by which something may go out now. Asks nothing where the operator opened nothing."""
    if not settings.OUTBOUND_HOSTS and not outbound.mail_allowed():
        return []
    return [channel for channel in Channel.objects.on() if is_open(channel)]


def keys_of(channel: Channel) -> dict[str, str]:
    """Address and signing secret, for sending only. Raises KeyMissing, InvalidTag."""
    if channel.kind == ChannelKind.MAIL:
        return {}
    return vault.unseal(bytes(channel.sealed), channel.key_id, bound(channel))


def bound(channel: Channel) -> bytes:
    """What the seal is tied to: moved to another channel or host, it no longer opens."""
    return f"core.channel:{channel.public_id}:{channel.host}".encode()
