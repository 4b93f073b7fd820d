"""Whether two persons complained of are one: by ID number, by name and unit, by name and place; never by name alone.

The one place that says so (docs/decisions/016-repeats.md): it finds repeats, says who stands in other leads, and counts
the four forms once per person.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from povertyaudit.core import likeness

NAMELESS = ("某", "不详", "未知", "无名")
CERTAIN = ("id", "name_unit", "name_place")  # what a match must rest on for two to count as one

Person = tuple[str, str, str, str]  # plain name, plain unit, ID digest, name as written


@dataclass(frozen=True)
class Match:
    """One thing two leads have in common: what (a stable word), in words, and what it counts for of 100."""

    what: str
    words: str
    points: int


def person(name: str, unit_text: str, id_digest: str) -> Person:
    """A person as he is compared."""
    return likeness.plain(name), likeness.plain(unit_text), id_digest, name


def names_somebody(name: str) -> bool:
    """Whether a plain name can find its bearer again: “王某某” cannot."""
    return len(name) > 1 and not any(word in name for word in NAMELESS)


def same_town(one: str, two: str) -> bool:
    """Whether two region codes lie in one township (or are one village)."""
    return one[:9] == two[:9] and one[6:9] != "000"


def same_person(mine: Person, his: Person, *, near: bool) -> Match | None:
    """Why two persons of two leads may be one: by ID number, by name and unit, by name and place, by name alone."""
    (name, unit, digest, shown), (his_name, his_unit, his_digest, _) = mine, his
    if digest and his_digest:
        return Match("id", f"身份证号相同（{shown}）", 60) if digest == his_digest else None
    if not name or name != his_name:
        return None
    unit_too = bool(unit) and unit == his_unit
    if not names_somebody(name):
        return Match("called", f"被反映人称呼和单位相同（{shown}）", 10) if unit_too else None
    if unit_too:
        return Match("name_unit", f"被反映人姓名和单位相同（{shown}）", 45)
    if near:
        return Match("name_place", f"被反映人同名、同地（{shown}）", 35)
    return Match("name", f"被反映人同名（{shown}），单位和地点不同，不能确定是同一人", 15)


Stands = tuple[int, Person, str]  # a key, the person, the region code of his lead
Mark = tuple[str, str, str]  # a name with the unit or the township that makes it one person's


def told_apart(found: Iterable[Stands]) -> dict[int, int]:
    """Keys of persons → the key by which the one he is goes: the smallest of his.

    The same rule as `same_person` where it is certain, for many at once. Who has no ID number and is like two who have
    different ones is neither of them: nobody can say which. The order in which they come makes no difference.
    """
    rows = sorted(found)
    numbered: dict[str, list[int]] = {}
    owners: dict[Mark, set[str]] = {}
    for key, who, place in rows:
        if digest := who[2]:
            numbered.setdefault(digest, []).append(key)
            for mark in _marks(who, place):
                owners.setdefault(mark, set()).add(digest)
    alone: list[list[int]] = []
    for keys, marks in _alike([row for row in rows if not row[1][2]]):
        like = set().union(*(owners.get(mark, set()) for mark in marks))
        if len(like) == 1:
            numbered[like.pop()].extend(keys)
        else:
            alone.append(keys)
    return {key: min(keys) for keys in (*numbered.values(), *alone) for key in keys}


def _marks(who: Person, place: str) -> list[Mark]:
    """What he shares with everybody who is certainly he, but for an ID number."""
    name, unit = who[:2]
    if not names_somebody(name):
        return []
    town = [(name, "town", place[:9])] if same_town(place, place) else []
    return [*([(name, "unit", unit)] if unit else []), *town]


def _alike(rows: list[Stands]) -> list[tuple[list[int], set[Mark]]]:
    """Persons without ID number, those put together who share a mark, or by way of others."""
    first: dict[Mark, int] = {}  # mark → the row that had it first
    leads = list(range(len(rows)))  # each row → another of its group, the first one → itself

    def head(place: int) -> int:
        while leads[place] != place:
            leads[place] = place = leads[leads[place]]
        return place

    for place, (_, who, region) in enumerate(rows):
        for mark in _marks(who, region):
            leads[head(place)] = head(first.setdefault(mark, place))
    groups: dict[int, tuple[list[int], set[Mark]]] = {}
    for place, (key, who, region) in enumerate(rows):
        keys, marks = groups.setdefault(head(place), ([], set()))
        keys.append(key)
        marks.update(_marks(who, region))
    return list(groups.values())
