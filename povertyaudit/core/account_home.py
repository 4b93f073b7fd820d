"""What 账号管理 hands to the rail and to the home pages of the officers."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.expiring import WARN_DAYS
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section
from povertyaudit.core.models import KEEPERS, Role, User


def _accounts(user: Any) -> Any:
    return User.administered.visible_to(user)


def _count(user: Any) -> int:
    """What waits for this officer."""
    if Role.SECADMIN in user.roles:
        return int(_accounts(user).without_post().count())
    return int(_accounts(user).locked().count())


RAIL = RailEntry("accounts", "账号管理", "/accounts/", KEEPERS, count=_count)


def _section(title: str, tab: str, rows: Any, what: str, verb: str) -> Section:
    entries = [
        Entry(row.username, row.display_name, f"{row.get_absolute_url()}{verb}", what, _ends_on(row), row)
        for row in rows.for_list().order_by("username")[:LIMIT]
    ]
    return Section(title, f"/accounts/?tab={tab}", entries, rows.count())


def _ends_on(row: User) -> Any:
    """The last day of the post that ends first, when it is near."""
    days = [post.ends_on for post in row.open_posts() if post.ends_on]
    near = [day for day in days if (day - moment.today()).days <= WARN_DAYS]
    return min(near, default=None)


def without_post(user: Any) -> Section | None:
    """待授予任职的账号, for 安全保密."""
    if Role.SECADMIN not in user.roles:
        return None
    return _section("待授予任职的账号", "waiting", _accounts(user).without_post(), "授予任职", "grant/")


def ending(user: Any) -> Section | None:
    """即将到期的任职, for 安全保密."""
    if Role.SECADMIN not in user.roles:
        return None
    return _section("即将到期的任职", "ending", _accounts(user).ending(WARN_DAYS), "续任或移交", "")


def resets(user: Any) -> Section | None:
    """待确认的密码重置, for 安全保密: not those of his own account."""
    if Role.SECADMIN not in user.roles:
        return None
    rows = _accounts(user).reset_waiting().exclude(person_id=user.person_id)
    return _section("待确认的密码重置", "resets", rows, "确认重置密码", "confirm_reset/")


def locked(user: Any) -> Section | None:
    """锁定过的账号, for 系统管理员: locked by wrong passwords and not signed in since."""
    if Role.SYSADMIN not in user.roles:
        return None
    return _section("连续输错密码的账号", "locked", _accounts(user).locked(), "核实并解除锁定", "")
