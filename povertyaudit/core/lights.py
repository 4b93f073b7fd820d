"""The colours a person's county gives to the severities of dates: classes for the page, and the legend beside the words."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache

from povertyaudit.core import moment
from povertyaudit.core.models import LightScheme

SLOTS = {
    "first": "soon",
    "second": "near",
    "third": "late",
    "done": "kept",
}  # column → tone of `render.clock`
WORDS = {"first": "7 天内到期", "second": "3 天内到期", "third": "超期", "done": "按期办结"}
KEPT = timedelta(minutes=5)  # a colour may come a little late: it costs no page a query


@dataclass(frozen=True)
class Lights:
    """Slot → colour."""

    colours: dict[str, str]

    @property
    def css(self) -> str:
        """Classes of the page, e.g. lights-first-green."""
        return " ".join(f"lights-{slot}-{colour}" for slot, colour in self.colours.items())

    @property
    def legend(self) -> list[tuple[str, str, str]]:
        """(tone, what it means, the colour in words): never the colour alone."""
        field: Any = LightScheme._meta.get_field("first")
        names = dict(field.flatchoices)
        return [(SLOTS[slot], WORDS[slot], names[colour]) for slot, colour in self.colours.items()]


def of_user(user: Any) -> Lights:
    """The scheme in force where the user serves: the nearest place first, then the latest."""
    home = getattr(user, "home", None)
    code, day = (home.region_id if home else ""), moment.today()
    key = f"lights:{code}:{day}"
    found: dict[str, str] | None = cache.get(key)
    if found is None:
        found = _colours(code)
        cache.set(key, found, int(KEPT.total_seconds()))
    return Lights(found)


def _colours(code: str) -> dict[str, str]:
    best: LightScheme | None = None
    for scheme in LightScheme.objects.in_force(
        moment.today()
    ):  # by date: of two for one place the later holds
        if scheme.covers(code) and (best is None or scheme.nearness >= best.nearness):
            best = scheme
    return {slot: getattr(best, slot) for slot in SLOTS} if best else {}
