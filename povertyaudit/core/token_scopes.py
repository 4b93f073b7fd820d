"""Tokens of service accounts with a scope: issued by 安全保密管理员, held to it at every request, counted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.db import connection, transaction
from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from povertyaudit.core import audit, limits, moment, tokens
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState, raise_all
from povertyaudit.core.models import OFFICERS, Region, Role, TokenScope, User
from povertyaudit.core.models.people import AccountQuerySet
from povertyaudit.core.models.token_scopes import MOST_PER_MINUTE
from povertyaudit.core.scope import lies_under
from povertyaudit.core.workflow import Transition, Workflow

READ = "read"
TOKEN_SCOPE = Workflow(
    "tokenscope",
    "接口授权",
    (
        Transition(
            name="revoke",
            label="作废",
            sources=frozenset({"working"}),
            target="ended",
            roles=frozenset({Role.SECADMIN}),
        ),
    ),
)
LONGEST_DAYS, DEFAULT_PER_MINUTE = 366, 600
_NAME = re.compile(r"[a-z][a-z_]{0,59}")
_USED = """
INSERT INTO core_tokenuse (scope_id, day, requests, refused) VALUES (%(scope)s, %(day)s, 1, %(refused)s)
ON CONFLICT (scope_id, day) DO UPDATE SET
  requests = core_tokenuse.requests + 1, refused = core_tokenuse.refused + excluded.refused
"""


@dataclass(frozen=True)
class Issued:
    """The row, and the token that is shown once."""

    row: TokenScope
    token: str


@transaction.atomic
def issue(
    *,
    by: User,
    user: User,
    name: str,
    verbs: Sequence[str],
    resources: Sequence[str] = (),
    region: Region | None = None,
    networks: Sequence[str] = (),
    days: int = 180,
    per_minute: int = DEFAULT_PER_MINUTE,
    note: str = "",
) -> Issued:
    """签发接口授权. Raises NotAllowed, RuleBroken/Several."""
    post = by.post_as({Role.SECADMIN})
    if post is None or user not in accounts_for(by):
        raise NotAllowed("token_scope.role", "接口授权由账号所属地区的安全保密管理员签发。")
    if not lies_under(user.region_id, post.region_id) and not (
        region and lies_under(region.code, post.region_id)
    ):
        text = "上级的接口账户只能授权读取本地区，请写明限定地区。"
        raise RuleBroken("token_scope.region", text, field="region")
    _refuse(user, verbs, resources, networks, days)
    if not 1 <= per_minute <= MOST_PER_MINUTE:
        raise RuleBroken("token_scope.rate", f"每分钟请求数应为 1 至 {MOST_PER_MINUTE}。", field="per_minute")
    said, ends = tokens.issue(user, days * 24)
    row = TokenScope(
        token=tokens.row_of(said), user=user, name=name, verbs=sorted(set(verbs)), resources=sorted(set(resources)),
        region=region, networks=list(networks), per_minute=per_minute, issued_by=by, expires_at=ends,
    )  # fmt: skip
    row.save()
    facts = {
        "name": name, "verbs": row.verbs, "resources": row.resources, "region": region and region.code,
        "networks": row.networks, "days": days, "per_minute": per_minute,
    }  # fmt: skip
    audit.record("account.issue_token", user, by=by, note=note, facts=facts)
    return Issued(row, said)


def accounts_for(officer: User) -> AccountQuerySet:
    """Accounts of the officer's region, and service accounts of the levels above, which may be let in here."""
    above = {
        post.region_id[:size].ljust(12, "0") for post in officer.current_posts() for size in (2, 4, 6, 9)
    }
    known = User.administered.visible_to(officer).values("pk")
    return User.administered.filter(Q(pk__in=known) | Q(is_service=True, region_id__in=above), is_active=True)


def _refuse(
    user: User, verbs: Sequence[str], resources: Sequence[str], networks: Sequence[str], days: int
) -> None:
    found: list[DomainError] = []
    if user.roles & OFFICERS:
        found.append(
            RuleBroken("token_scope.officer", "三员的账号不能签发接口授权，请选择接口账户。", field="user")
        )
    elif not user.is_service and not resources:
        text = "不是接口账户的，须写明台账和资源，请填写后再签发。"
        found.append(RuleBroken("token_scope.person", text, field="resources"))
    if not verbs or not all(_NAME.fullmatch(verb) for verb in verbs):
        found.append(
            RuleBroken("token_scope.verbs", "请写明动作：read，或者接口文档里的动作名称。", field="verbs")
        )
    for things in resources:
        try:
            reverse(f"api:{things}-list")
        except NoReverseMatch:
            found.append(
                RuleBroken(
                    "token_scope.resource",
                    f"没有“{things}”这个资源，请写接口文档里的名称。",
                    field="resources",
                )
            )
    for network in networks:
        try:
            ip_network(network, strict=False)
        except ValueError:
            found.append(
                RuleBroken(
                    "token_scope.network",
                    f"“{network}”不是网络地址，请写成 10.1.2.3 或者 10.1.2.0/24。",
                    field="networks",
                )
            )
    if not 1 <= days <= LONGEST_DAYS:
        found.append(RuleBroken("token_scope.days", f"有效期应为 1 至 {LONGEST_DAYS} 天。", field="days"))
    raise_all(found)


@transaction.atomic
def revoke(row: TokenScope, *, by: User, note: str = "", expected_version: int | None = None) -> TokenScope:
    """作废. Raises NotAllowed, WrongState."""
    post = by.post_as({Role.SECADMIN})
    if post is None or not TokenScope.objects.visible_to(by).filter(pk=row.pk).exists():
        raise NotAllowed("token_scope.role", "接口授权由账号所属地区的安全保密管理员作废。")
    locked = TokenScope.objects.select_for_update().get(pk=row.pk)
    if locked.ended_at is not None:
        raise WrongState("token_scope.ended", "这个接口授权已经作废。")
    if locked.token is not None:
        locked.token.delete()
    TokenScope.objects.filter(pk=row.pk).update(ended_at=moment.now(), token=None)
    audit.record("account.revoke_token", row.user, by=by, note=note, facts={"name": row.name})
    row.refresh_from_db()
    return row


@dataclass(frozen=True)
class Rate:
    """What is told in the headers of every answer."""

    limit: int
    left: int
    resets: int  # seconds

    def headers(self) -> dict[str, str]:
        """As programs know them."""
        return {
            "RateLimit-Limit": str(self.limit), "RateLimit-Remaining": str(self.left), "RateLimit-Reset": str(self.resets),
        }  # fmt: skip


class Spent(limits.TooMany):
    """Above the rate of the token; `rate` is told with it as with every other answer."""

    def __init__(self, rate: Rate) -> None:
        text = f"这个令牌每分钟最多 {rate.limit} 次请求，请稍后再试。"
        super().__init__("limit.token", text, rate.resets)
        self.rate = rate


def admit(scope: TokenScope, address: str) -> Rate:
    """Count the request. Raises NotAllowed from another address, Spent above the rate."""
    if scope.networks and not _among(address, scope.networks):
        note_use(scope, address, refused=True)
        raise NotAllowed("token.address", "这个令牌不能从您的网络地址使用。")
    number, until = limits.count(f"token:{scope.pk}", limits.MINUTE)
    resets = max(1, until - int(moment.now().timestamp()))
    if number > scope.per_minute:
        note_use(scope, address, refused=True)
        raise Spent(Rate(scope.per_minute, 0, resets))
    note_use(scope, address)
    return Rate(scope.per_minute, scope.per_minute - number, resets)


def check(scope: TokenScope, resource: str, verb: str) -> None:
    """Raises NotAllowed for what the token is not for."""
    if (not scope.resources or resource in scope.resources) and verb in scope.verbs:
        return
    raise NotAllowed("token.scope", f"这个令牌不能对 {resource} 办理 {verb}，请安全保密管理员另行签发。")


def note_use(scope: TokenScope, address: str, *, refused: bool = False) -> None:
    """One more request today; from where and when, at most once a minute."""
    with connection.cursor() as cursor:
        cursor.execute(_USED, {"scope": scope.pk, "day": moment.today(), "refused": int(refused)})
    now = moment.now()
    if (
        scope.used_at is None
        or scope.used_at < now - timedelta(minutes=1)
        or scope.used_from != (address or None)
    ):
        TokenScope.objects.filter(pk=scope.pk).update(used_at=now, used_from=address or None)


def _among(address: str, networks: Sequence[str]) -> bool:
    return bool(address) and any(ip_address(address) in ip_network(one, strict=False) for one in networks)
