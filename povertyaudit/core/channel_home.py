"""What outside channels hand to the rail and to the home page of the officer who confirms them."""

from typing import Any

from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section
from povertyaudit.core.models import OFFICERS, Channel, Role


def _to_confirm(user: Any) -> Any:
    return Channel.objects.visible_to(user).waiting().exclude(proposed_by__person_id=user.person_id)


def _waiting_count(user: Any) -> int:
    return int(_to_confirm(user).count()) if Role.SECADMIN in user.roles else 0


RAIL = (
    RailEntry("channels", "外发渠道", "/channels/", OFFICERS, count=_waiting_count),
    RailEntry("deliveries", "外发记录", "/deliveries/", frozenset({Role.SYSADMIN, Role.AUDITOR})),
)


def to_confirm(user: Any) -> Section | None:
    """待确认的外发渠道, for 安全保密."""
    if Role.SECADMIN not in user.roles:
        return None
    rows = _to_confirm(user)
    entries = [
        Entry(
            row.name, f"{row.get_kind_display()}，{row.host}", row.get_absolute_url(), "确认启用", None, row
        )
        for row in rows.for_list()[:LIMIT]
    ]
    return Section("待确认的外发渠道", "/channels/?tab=waiting", entries, rows.count())
