"""What misused money hands to the rail, the home page and the search."""

from typing import Any

from funds.models import Misuse
from funds.querysets import BY_UNIT, REGION_WIDE
from funds.workflow import DESK
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

READERS = (REGION_WIDE | BY_UNIT) - {Role.SERVICE}
RAIL = RailEntry(
    "misuses",
    "违规使用资金",
    "/misuses/",
    READERS,
    count=lambda user: counted(Misuse.objects.visible_to(user).outstanding()),
)

BOARD_RAIL = RailEntry("misuse_board", "违规资金分析", "/fund-boards/misuses/", READERS)


def to_recover(user: Any) -> Section | None:
    """未追缴到位的资金, for the fund desk."""
    if not user.roles & DESK:
        return None
    number = RAIL.number(user)
    found = first(Misuse.objects.visible_to(user).outstanding(), "found_on") if number else []
    return Section(
        "未追缴到位的资金",
        "/misuses/?tab=open",
        [Entry.of(row, what="登记追缴") for row in found],
        number,
    )


FOUND = Kind(Misuse, ("number", "title"), rows=lambda rows: rows.standing())
