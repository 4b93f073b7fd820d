"""What units get by a scheme: points of every indicator, 加减分, the total and the place. Pure arithmetic over rows read once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from povertyaudit.assessment.counting.points import rounded
from povertyaudit.assessment.models import (
    Adjustment,
    Assessment,
    AssessmentScheme,
    Score,
    ScoreLine,
    ScoreSheetState,
    UnitSheet,
    Way,
)

NOTHING = Decimal(0)


@dataclass
class Result:
    """One unit by one scheme. `points`: indicator → points, none where nobody has scored it yet."""

    sheet: UnitSheet
    lines: list[ScoreLine]
    points: dict[str, Decimal | None] = field(default_factory=dict)
    adjusted: Decimal = NOTHING
    vetoed: bool = False
    total: Decimal = NOTHING
    place: int | None = None


def averages(assessment: Assessment) -> dict[tuple[int, str], Decimal]:
    """(unit sheet, indicator) → mean of what offices gave that have handed in, each counting once."""
    given: dict[tuple[int, str], list[Decimal]] = defaultdict(list)
    handed_in = Score.objects.filter(sheet__assessment=assessment, sheet__state=ScoreSheetState.SUBMITTED)
    for sheet, key, points in handed_in.values_list("unit_sheet", "key", "points"):
        given[sheet, key].append(points)
    return {at: sum(all_, NOTHING) / len(all_) for at, all_ in given.items()}


def adjusted(found: Iterable[Adjustment], most: int) -> tuple[Decimal, bool]:
    """What 加减分 come to, kept within the bound of the scheme, and whether one of them is a veto."""
    signs = {Adjustment.Kind.PLUS: 1, Adjustment.Kind.MINUS: -1}
    rows = list(found)
    whole = sum((row.points * signs.get(Adjustment.Kind(row.kind), 0) for row in rows), NOTHING)
    bound = Decimal(most)
    return max(-bound, min(bound, whole)), any(row.kind == Adjustment.Kind.VETO for row in rows)


def results(assessment: Assessment, scheme: AssessmentScheme) -> list[Result]:
    """Every unit by this scheme, the best first; units left out come last and have no place. Four questions."""
    means = averages(assessment)
    sheets = (
        assessment.sheets.select_related("unit__successor")
        .prefetch_related("lines", "adjustments")
        .order_by("pk")
    )
    found = [_result(sheet, scheme, means) for sheet in sheets]
    rank(found)
    return sorted(found, key=lambda one: (one.place is None, one.place or 0, one.sheet.pk))


def _result(sheet: Any, scheme: AssessmentScheme, means: Mapping[tuple[int, str], Decimal]) -> Result:
    lines = [line for line in sheet.lines.all() if line.scheme_id == scheme.pk]
    one = Result(sheet, lines)
    for line in lines:
        mean = means.get((sheet.pk, line.key))
        scored = None if mean is None else rounded(mean * line.weight / 100)
        one.points[line.key] = line.points if line.way == Way.COUNTED or line.points is not None else scored
    one.adjusted, one.vetoed = adjusted(sheet.adjustments.all(), scheme.adjust_most)
    whole = sum((points for points in one.points.values() if points is not None), NOTHING) + one.adjusted
    one.total = NOTHING if one.vetoed else max(NOTHING, whole)
    return one


def rank(found: Sequence[Result]) -> None:
    """Places by the total: equal ones share a place, and the next is counted on behind them."""
    taking = sorted((one for one in found if not one.sheet.left_out), key=lambda one: -one.total)
    for number, one in enumerate(taking, 1):
        same = number > 1 and one.total == taking[number - 2].total
        one.place = taking[number - 2].place if same else number


def unscored(found: Sequence[Result]) -> list[str]:
    """Names of indicators that some unit got no points for."""
    names = {
        line.name: None
        for one in found
        if not one.sheet.left_out
        for line in one.lines
        if one.points[line.key] is None
    }
    return list(names)


def differ(one: Sequence[Result], other: Sequence[Result]) -> bool:
    """Whether the two schemes put the units in another order."""
    return {row.sheet.pk: row.place for row in one} != {row.sheet.pk: row.place for row in other}
