"""重复件: which leads may be about the same thing, and why one thinks so (docs/decisions/016-repeats.md).

Three cheap questions find what is worth comparing — a name, ID number or sum in common; a part of the text in
common; the same village — and only those few are compared whole. Every match says what it rests on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count

from cases.models import Lead, LeadKey, LeadLink, State
from cases.persons import CERTAIN, Match, Person, names_somebody, person, same_person, same_town
from povertyaudit.core import likeness
from povertyaudit.core.render import yuan
from povertyaudit.core.scope import prefix_of

RULES = 1  # raise it when `keys` changes: the nightly job then makes every lead's keys anew
POOL, MOST = 60, 1000  # of each question, how many are compared, out of how many
NEAR_DAYS = 30
SHOWN, KEPT, STRONG = (
    35,
    50,
    60,
)  # from how many points on: listed; kept for the registry; said right after registration


@dataclass
class Matter:
    """A lead as it is compared."""

    lead: Lead

    @cached_property
    def pairs(self) -> frozenset[str]:
        return likeness.pairs(likeness.plain(f"{self.lead.title}{self.lead.text}"))

    @cached_property
    def people(self) -> list[Person]:
        return [person(one.name, one.unit_text, one.id_digest) for one in self.lead.subjects.all()]


@dataclass
class Candidate:
    """A lead that may repeat another, with every reason."""

    lead: Lead
    matches: list[Match] = field(default_factory=list)

    @property
    def score(self) -> int:
        return max(0, min(100, sum(match.points for match in self.matches)))

    @property
    def strength(self) -> str:
        """In words, for people."""
        return "很可能" if self.score >= STRONG else "可能" if self.score >= KEPT else "疑似"

    @property
    def said(self) -> list[Match]:
        """What speaks for it; what speaks against it only lowers the score."""
        return [match for match in self.matches if match.points > 0]

    @property
    def words(self) -> str:
        return "，".join(match.words for match in self.said)


def person_keys(people: Iterable[Person]) -> list[int]:
    """The keys by which the same persons are found."""
    found = []
    for name, _, digest, _ in people:
        found += [likeness.key(f"name {name}")] if names_somebody(name) else []
        found += [likeness.key(f"id {digest}")] if digest else []
    return found


def strong_keys(region_id: str, amount_fen: int | None, people: Iterable[Person]) -> list[int]:
    """The keys of persons, and of the sum within the township."""
    town = [likeness.key(f"sum {region_id[:9]} {amount_fen}")] if amount_fen else []
    return person_keys(people) + town


def keys(lead: Lead) -> set[int]:
    """Everything by which the lead is found again."""
    me = Matter(lead)
    return {*strong_keys(lead.region_id, lead.amount_fen, me.people), *likeness.bands(me.pairs)}


def candidates(lead: Lead, rows: Any, *, least: int = SHOWN) -> list[Candidate]:
    """Leads out of `rows` (what the asker may see) that `lead` may repeat, the likeliest first.

    Neither questions, nor merged ones, nor those somebody has decided about. As many queries in any size of register.
    """
    if not lead.counts:
        return []
    me = Matter(lead)
    decided = LeadLink.objects.of(lead).values_list("lead_id", "other_id")
    out = {lead.pk, *(pk for pair in decided for pk in pair)}
    free = rows.counted().exclude(state=State.MERGED).exclude(pk__in=out)
    pool = {
        *_sharing(free, strong_keys(lead.region_id, lead.amount_fen, me.people)),
        *_sharing(free, likeness.bands(me.pairs)),
        *_near(free, lead),
    }
    found = [
        Candidate(other, list(_compare(me, Matter(other))))
        for other in Lead.objects.filter(pk__in=pool).prefetch_related("subjects").select_related("region")
    ]
    likely = [one for one in found if one.score >= least]
    return sorted(likely, key=lambda one: (-one.score, -one.lead.pk))


def likely_repeats(lead: Lead, user: Any, *, least: int = STRONG) -> list[Candidate]:
    """What `user` is told right after registering: only out of the leads he may see."""
    return candidates(lead, Lead.objects.visible_to(user), least=least)


def _sharing(rows: Any, values: list[int]) -> list[int]:
    """Those that share most of the keys, the newest first. Counted over the keys alone, by one index, then narrowed."""
    if not values:
        return []
    counted = LeadKey.objects.filter(value__in=values).values("lead").annotate(n=Count("lead"))
    most = [row["lead"] for row in counted.order_by("-n", "-lead")[:MOST]]
    seen = set(rows.filter(pk__in=most).values_list("pk", flat=True))
    return [pk for pk in most if pk in seen][:POOL]


def _near(rows: Any, lead: Lead) -> list[int]:
    """The newest of the same village."""
    if len(prefix_of(lead.region_id)) < 12:
        return []
    year = lead.received_on - timedelta(days=400), lead.received_on + timedelta(days=400)
    near = rows.filter(region=lead.region_id, received_on__range=year)
    return list(near.order_by("-received_on", "-pk").values_list("pk", flat=True)[:POOL])


def _compare(me: Matter, other: Matter) -> Iterator[Match]:
    """Everything the two have in common, and what speaks against them being one."""
    near = _place(me.lead, other.lead)
    person = _person(me, other, near=near is not None)
    yield from (match for match in (person, near) if match)
    one, two = me.lead, other.lead
    if one.amount_fen and one.amount_fen == two.amount_fen:
        yield Match("sum", f"金额相同（{yuan(one.amount_fen)} 元）", 20)
    days = abs((one.received_on - two.received_on).days)
    if days <= NEAR_DAYS:
        yield Match("date", f"受理日期相差 {days} 日" if days else "同日受理", 5)
    share = likeness.likeness(me.pairs, other.pairs)
    if share > 0.4:
        yield Match("text", f"内容相似 {share:.0%}", round((share - 0.4) * 100))
    if person is None and me.people and other.people and _elsewhere(one, two):
        yield Match("else", "人和地点都不同", -25)


def _place(one: Lead, two: Lead) -> Match | None:
    if one.region_id == two.region_id and len(prefix_of(one.region_id)) == 12:
        return Match("village", f"同村（{one.region.name}）", 10)
    if same_town(one.region_id, two.region_id):
        return Match("township", "同乡镇", 5)
    return None


def _elsewhere(one: Lead, two: Lead) -> bool:
    """Two places of which neither lies in the other: the same complaint is made of many villages."""
    here, there = prefix_of(one.region_id), prefix_of(two.region_id)
    return not here.startswith(there) and not there.startswith(here)


def _person(me: Matter, other: Matter, *, near: bool) -> Match | None:
    """The best reason to think one person is complained of in both; a name alone is never certain."""
    best: Match | None = None
    for mine in me.people:
        for his in other.people:
            found = same_person(mine, his, near=near)
            if found and (best is None or found.points > best.points):
                best = found
    return best


@dataclass(frozen=True)
class Elsewhere:
    """Another lead in which a person is complained of, and why one thinks it is the same person."""

    lead: Lead
    match: Match

    @property
    def certain(self) -> bool:
        return self.match.what in CERTAIN


MANY = 100


def elsewhere(lead: Lead, rows: Any) -> dict[int, list[Elsewhere]]:
    """By the key of each person of `lead`: the other leads out of `rows` in which he stands. Two queries, none without names."""
    me = Matter(lead)
    wanted = person_keys(me.people)
    if not wanted:
        return {}
    sharing = LeadKey.objects.filter(value__in=wanted).values("lead")
    others = (
        rows.filter(pk__in=sharing).exclude(pk=lead.pk).exclude(state=State.MERGED).order_by("-pk")[:MANY]
    )
    seen = [Matter(other) for other in others.prefetch_related("subjects").select_related("region")]
    found: dict[int, list[Elsewhere]] = {}
    for subject, mine in zip(lead.subjects.all(), me.people, strict=True):
        for other in seen:
            near = _place(lead, other.lead) is not None
            matches = [m for his in other.people if (m := same_person(mine, his, near=near))]
            if matches:
                best = max(matches, key=lambda match: match.points)
                found.setdefault(subject.pk, []).append(Elsewhere(other.lead, best))
    return found
