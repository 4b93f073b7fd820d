"""Where an account is signed in, on pages and over REST, and how that is ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from povertyaudit.core import audit, moment
from povertyaudit.core.addresses import address_of
from povertyaudit.core.models import ApiToken, User, UserSession
from povertyaudit.core.session_store import DOOR, digest

BROWSERS = (
    ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("wxwork", "企业微信"), ("Edg", "Edge"), ("OPR/", "Opera"),
    ("Firefox/", "Firefox"), ("HuaweiBrowser", "华为浏览器"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ("curl/", "curl"), ("python-", "Python 程序"),
)  # fmt: skip
SYSTEMS = (
    ("OpenHarmony", "鸿蒙"), ("HarmonyOS", "鸿蒙"), ("Android", "安卓"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """One place where an account is signed in. `id` is a digest that opens nothing."""

    id: str
    kind: str
    device: str
    ip: str
    since: datetime
    seen: datetime
    here: bool


def device_of(agent: str) -> str:
    """A User-Agent in words: family and system, no versions, e.g. "Chrome，Windows"."""
    words = [next((word for mark, word in table if mark in agent), "") for table in (BROWSERS, SYSTEMS)]
    return "，".join(word for word in words if word) or "其他程序"


def door_of(request: Any) -> dict[str, str]:
    """What is remembered of the place a sign-in comes from."""
    return {"device": device_of(request.headers.get("User-Agent", "")), "ip": address_of(request.META)}


def remember(request: Any) -> None:
    """Note in a session just begun where and when it began."""
    request.session[DOOR] = {**door_of(request), "at": moment.now().isoformat()}


def opened(user: User, here: str | None = None) -> list[Opened]:
    """Sessions and tokens of the account that work now, the newest first; `here` is the key of the caller's session."""
    this, now = digest(here) if here else "", moment.now()
    pages = [
        Opened(s.session_key, "网页", s.device or "未知设备", s.ip or "", s.started_at, s.seen_at, s.session_key == this)
        for s in UserSession.objects.filter(user=user, expire_date__gt=now)
    ]  # fmt: skip
    programs = [
        Opened(t.digest, "接口", t.device or "未知程序", t.ip or "", t.created_at, t.seen_at, False)
        for t in ApiToken.objects.filter(user=user, expires_at__gt=now)
    ]
    return sorted([*pages, *programs], key=lambda one: (one.here, one.since), reverse=True)


@transaction.atomic
def end_one(user: User, id: str) -> int:
    """退出一处登录, one's own: 1, or 0 when there is no such."""
    ended: int = UserSession.objects.filter(user=user, session_key=id).delete()[0]
    ended += ApiToken.objects.filter(user=user, digest=id).delete()[0]
    if ended:
        audit.record("account.end_session", user, by=user)
    return ended


@transaction.atomic
def end_others(user: User, keep: str) -> int:
    """退出其他登录: every session and token of one's own but the session with key `keep`; how many were ended."""
    ended = close_all(user, keep)
    if ended:
        audit.record("account.end_others", user, by=user, facts={"ended": ended})
    return ended


def close_all(user: User, keep: str | None = None) -> int:
    """End what is open, without an entry of its own: part of signing out everywhere, a new password, a post's end."""
    pages = UserSession.objects.filter(user=user)
    if keep:
        pages = pages.exclude(session_key=digest(keep))
    return int(pages.delete()[0] + ApiToken.objects.filter(user=user).delete()[0])
