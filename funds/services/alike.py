"""疑似重复: projects that lie at the same place, do the same, or were to get the same money before (seed 002 §3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from funds.models import Project
from funds.models.doubles import Likeness
from povertyaudit.core import likeness, render
from povertyaudit.core.models import Level
from povertyaudit.core.scope import region_under

YEARS = 3  # a village is built in again after that
ALIKE = 0.6  # share of pairs of characters; names of one county's projects share about a third
MOST = 20  # nobody answers for more in one meeting
LOOKED_AT = 500  # newest projects of the township; one has hardly a hundred in three years


@dataclass(frozen=True)
class Alike:
    """Another project, why it is put beside this one, and in which words."""

    project: Project
    reasons: tuple[str, ...]
    words: str


def find(row: Project) -> list[Alike]:
    """Projects of the township of the last years that are like this one, the likest first. One query."""
    town = row.region.code[:9].ljust(12, "0") if row.region.level >= Level.TOWNSHIP else row.region.code
    near = Project.objects.standing().filter(
        region_under("region_id", town), year__gte=row.year - YEARS, year__lte=row.year + YEARS
    )
    before = near.filter(
        Q(pk__lt=row.pk) | Q(approved_on__isnull=False)
    )  # a later one is compared in its own review
    rows = before.exclude(pk=row.pk).select_related("region", "kind", "responsible_unit").order_by("-pk")
    found = [one for other in rows[:LOOKED_AT] if (one := _compare(row, other)) is not None]
    return sorted(found, key=lambda one: (-len(one.reasons), one.project.pk))[:MOST]


def _compare(row: Project, other: Project) -> Alike | None:
    said = dict(_reasons(row, other))
    alone = set(said) == {Likeness.PLACE} and row.kind.code != other.kind.code
    if not said or alone:  # a road and an orchard in one village are no double
        return None
    return Alike(other, tuple(said), "；".join(said.values()))


def _reasons(row: Project, other: Project) -> Iterator[tuple[str, str]]:
    village = row.region_id == other.region_id and row.region.level == Level.VILLAGE
    spot = bool(row.place) and likeness.plain(row.place) == likeness.plain(other.place)
    if village or (spot and row.region_id == other.region_id):
        where = f"{row.region}{'，' + row.place if spot else ''}"
        yield Likeness.PLACE, f"都在{where}"
    share = max(_share(row.title, other.title), _share(row.content, other.content))
    if share >= ALIKE and (village or spot or row.kind.code == other.kind.code):
        yield Likeness.CONTENT, f"名称或者建设内容 {round(share * 100)} % 相近"
    if row.planned_fen == other.planned_fen and row.responsible_unit_id == other.responsible_unit_id:
        before = f"{other.year} 年同一单位申报过同样金额 {render.yuan(other.planned_fen)} 元"
        yield Likeness.MONEY, before


def _share(one: str, other: str) -> float:
    return likeness.likeness(*(likeness.pairs(likeness.plain(text)) for text in (one, other)))
