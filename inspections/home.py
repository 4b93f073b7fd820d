"""What rounds hand to the rail, the home page and the search."""

from typing import Any

from inspections.models import Finding, Round
from inspections.querysets import REGION_WIDE
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section
from povertyaudit.core.models import Role

READERS = frozenset({*REGION_WIDE, Role.PATROL_TEAM}) - {Role.SERVICE}
RAIL = RailEntry(
    "rounds",
    "巡察轮次",
    "/rounds/",
    READERS,
    count=lambda user: Round.objects.visible_to(user).open().count(),
)
FINDINGS_RAIL = RailEntry("findings", "发现问题", "/findings/", READERS)


def under_way(user: Any) -> Section | None:
    """进行中的巡察轮次, for those who work on them."""
    if not user.roles & {Role.PATROL_OFFICE, Role.PATROL_TEAM}:
        return None
    rows = Round.objects.visible_to(user).open()
    found = rows.order_by("starts_on", "pk")[:LIMIT]
    entries = [Entry.of(row, what="登记发现问题", title=row.name) for row in found]
    return Section("进行中的巡察轮次", "/rounds/?state=open", entries, rows.count())


def search(user: Any, words: str) -> list[Entry]:
    """Findings whose number or text holds the words."""
    rows = Finding.objects.visible_to(user)
    for word in words.split():
        rows = rows.filter(number__icontains=word) | rows.filter(text__icontains=word)
    return [Entry.of(row) for row in rows.order_by("-pk")[:LIMIT]]
