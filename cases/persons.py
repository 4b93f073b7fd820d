"""Whether two persons complained of are one: by ID number, by name and unit, by name and place; never by name alone.

The one place that says so (docs/decisions/016-repeats.md): it finds repeats, says who stands in other leads, and counts
the four forms once per person.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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


@dataclass
class Known:
    """One who stands in one lead or several: every way he was written, with the place of the lead."""

    digest: str
    ways: list[tuple[Person, str]] = field(default_factory=list)

    def is_like(self, other: "Known") -> bool:
        if self.digest and other.digest:
            return self.digest == other.digest
        return any(
            (match := same_person(mine, his, near=same_town(here, there))) is not None
            and match.what in CERTAIN
            for mine, here in self.ways
            for his, there in other.ways
        )


def told_apart(found: Iterable[tuple[int, Person, str]]) -> dict[int, int]:
    """Keys of persons (key, person, region code of his lead) → the key by which the one he is goes: the smallest.

    Who has no ID number and is like two who have different ones is neither of them: nobody can say which. The order in
    which they come makes no difference.
    """
    numbered: dict[str, list[tuple[int, Person, str]]] = {}
    named: dict[str, list[tuple[int, Person, str]]] = {}
    for one in sorted(found):
        groups, key = (numbered, one[1][2]) if one[1][2] else (named, one[1][0])
        groups.setdefault(key, []).append(one)
    people = [(_known(group), [key for key, _, _ in group]) for group in numbered.values()]
    by_name: dict[str, list[tuple[Known, list[int]]]] = {}
    for owner in people:
        for name in {who[0] for who, _ in owner[0].ways}:
            by_name.setdefault(name, []).append(owner)
    for name, group in named.items():
        for few, keys in _alike(group) if names_somebody(name) else _each(group):
            like = [other for other in by_name.get(name, []) if other[0].is_like(few)]
            if len(like) == 1:
                like[0][1].extend(keys)
            else:
                people.append((few, keys))
    return {key: min(keys) for _, keys in people for key in keys}


def _known(group: list[tuple[int, Person, str]]) -> Known:
    return Known(group[0][1][2], list(dict.fromkeys((person, place) for _, person, place in group)))


def _each(group: list[tuple[int, Person, str]]) -> Iterator[tuple[Known, list[int]]]:
    for key, who, place in group:
        yield Known("", [(who, place)]), [key]


def _alike(group: list[tuple[int, Person, str]]) -> Iterator[tuple[Known, list[int]]]:
    """Persons of one name and without ID number, those who are one put together."""
    people: list[tuple[Known, list[int]]] = []
    for key, who, place in group:
        one, keys, rest = Known("", [(who, place)]), [key], []
        for other, others in people:
            if other.is_like(one):
                one.ways.extend(other.ways)
                keys.extend(others)
            else:
                rest.append((other, others))
        people = [*rest, (one, keys)]
    yield from people
