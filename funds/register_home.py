"""What registers hand to the rail and the search."""

from typing import Any

from funds.models import Register
from funds.register_querysets import OWN_VILLAGES, REGION_WIDE
from povertyaudit.core.home import LIMIT, Entry, RailEntry

READERS = REGION_WIDE | OWN_VILLAGES
RAIL = (
    RailEntry("registers", "名册", "/registers/", READERS),
    RailEntry("household_marks", "两不愁三保障", "/household-marks/board/", READERS),
)


def search(user: Any, words: str) -> list[Entry]:
    """Registers whose number holds the words; people are found by their number only, and not here."""
    rows = Register.objects.visible_to(user)
    for word in words.split():
        rows = rows.filter(number__icontains=word)
    return [Entry.of(row) for row in rows.select_related("kind", "region").order_by("-pk")[:LIMIT]]
