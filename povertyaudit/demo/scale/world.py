"""Who and where, for both counties, as keys only; and the dates the rules give, each counted once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from cases.models import Category
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.deadlines import due
from povertyaudit.core.models import ClockRule, Role, Unit, User
from povertyaudit.core.models.base import ALPHABET
from povertyaudit.core.models.rules import RuleState
from povertyaudit.demo.people import FAMILY, GIVEN, Cast
from povertyaudit.demo.scale.loading import Loader
from povertyaudit.demo.timeline import COUNTY_TIME

LETTERS = "".join(GIVEN)


@dataclass(frozen=True)
class Who:
    """An account with its person."""

    user: int
    person: int


@dataclass
class County:
    """One county's keys, drawn from by the generators."""

    code: str
    units: dict[str, Unit]
    villages: Sequence[Any]
    towns: Sequence[Any]
    holders: dict[tuple[int, str], list[Who]]
    written: dict[str, int] = field(default_factory=dict)  # numbers given out, by register and year
    last_lead: int = 0

    def holder(self, unit: Unit, role: str, rng: Random) -> Who:
        return rng.choice(self.holders[unit.pk, role])

    def answering(self) -> list[Unit]:
        """Units with a liaison and a head of their own."""
        heads = {unit for unit, role in self.holders if role == Role.UNIT_HEAD}
        return [unit for unit in self.units.values() if unit.pk in heads]

    def sectors(self) -> list[Unit]:
        """Departments that review close-outs."""
        found = {unit for unit, role in self.holders if role == Role.SECTOR}
        return [unit for unit in self.units.values() if unit.pk in found]

    def number(self, office: str, year: int, width: int = 4) -> str:
        """The next register number, as `numbering.take` writes it."""
        key = f"{office} {year}"
        self.written[key] = self.written.get(key, 0) + 1
        return f"{self.code[:6]}-{office}-{year}-{self.written[key]:0{width}}"


@dataclass
class World:
    """What both generators share."""

    today: date
    rng: Random
    load: Loader
    counties: list[County]
    categories: dict[str, int]
    calendar: NationalCalendar = field(default_factory=NationalCalendar)
    rules: dict[str, list[ClockRule]] = field(default_factory=dict)
    counted: dict[tuple[str, date], tuple[int, date, bool]] = field(default_factory=dict)

    def county(self) -> County:
        """青禾县 four times out of five."""
        return self.counties[0] if self.rng.random() < 0.8 else self.counties[-1]

    def public_id(self) -> str:
        return "".join(self.rng.choices(ALPHABET, k=22))

    def row(self, on: date) -> dict[str, Any]:
        """What every business row begins with, written on a working hour of the day."""
        at = datetime.combine(on, time(9 + self.rng.randrange(8), self.rng.randrange(60)), COUNTY_TIME)
        return {"public_id": self.public_id(), "created_at": at, "updated_at": at}

    def day(self, on: date, least: int, most: int) -> date:
        """A day that many days later, but never after today."""
        return min(on + timedelta(days=self.rng.randint(least, most)), self.today)

    def name(self) -> str:
        return self.rng.choice(FAMILY) + "".join(self.rng.sample(LETTERS, 2))

    def due(self, code: str, on: date) -> tuple[int, date, bool]:
        """Rule, last day and whether it is provisional, by the rule in force on the day (the oldest before all)."""
        if (code, on) not in self.counted:
            rules = self.rules[code]
            valid = [r for r in rules if r.valid_from <= on and (r.valid_to is None or r.valid_to >= on)]
            rule = max(valid, key=lambda r: r.valid_from) if valid else rules[0]
            found = due(rule.period, on, self.calendar)
            self.counted[code, on] = rule.pk, found.on, found.provisional
        return self.counted[code, on]


def build(today: date, seed: int, casts: Sequence[Cast]) -> World:
    """Read once what the generators draw from."""
    rules: dict[str, list[ClockRule]] = {}
    for rule in ClockRule.objects.filter(state=RuleState.CONFIRMED, region=None).order_by("valid_from"):
        rules.setdefault(rule.code, []).append(rule)
    return World(
        today,
        Random(seed),  # noqa: S311 — the same county every time, not a secret
        Loader(),
        [_county(cast) for cast in casts],
        dict(Category.objects.values_list("code", "pk")),
        rules=rules,
    )


def _county(cast: Cast) -> County:
    holders: dict[tuple[int, str], list[Who]] = {}
    users: dict[int, User] = {user.pk: user for user in cast.users.values()}
    for user in users.values():
        for post in user.current_posts():
            holders.setdefault((post.unit_id, post.role), []).append(Who(user.pk, user.person_id))
    places = cast.places
    return County(places.county.code, cast.units, places.villages, places.towns, holders)
