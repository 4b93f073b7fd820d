"""What rounds hand to the rail, the home page and the search."""

from typing import Any

from inspections.campaign_querysets import CAMPAIGNERS, POOL_READERS
from inspections.models import Campaign, Finding, Round, RoundObject
from inspections.querysets import REGION_WIDE
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section
from povertyaudit.core.looking import Kind
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

CAMPAIGN_RAIL = RailEntry("campaigns", "专题", "/campaigns/", CAMPAIGNERS - {Role.SERVICE})
POOL_RAIL = RailEntry("pool", "人才库", "/pool-persons/", POOL_READERS)


def under_way(user: Any) -> Section | None:
    """进行中的巡察轮次, for those who work on them."""
    if not user.roles & {Role.PATROL_OFFICE, Role.PATROL_TEAM}:
        return None
    rows = Round.objects.visible_to(user).open()
    found = rows.order_by("starts_on", "pk")[:LIMIT]
    entries = [Entry.of(row, what="登记发现问题", title=row.name) for row in found]
    return Section("进行中的巡察轮次", "/rounds/?state=open", entries, rows.count())


FOUND = (
    Kind(Finding, ("number", "text")), Kind(Round, ("number", "name")), Kind(RoundObject, ("name",)),
    Kind(Campaign, ("number", "name")),
)  # fmt: skip
