"""Fill an assessment: the counted points of every unit by every scheme of the period, and the sheets of those who score."""

from collections.abc import Mapping, Sequence
from typing import Any

from povertyaudit.assessment.counting import CATALOGUE, Counted, Scope, points_for
from povertyaudit.assessment.models import (
    Assessment,
    AssessmentScheme,
    Indicator,
    ScoreLine,
    ScoreSheet,
    UnitSheet,
    Way,
)
from povertyaudit.assessment.roles import SCORERS
from povertyaudit.core import moment, notify, numbering, rows
from povertyaudit.core.clock_batches import ClockBatch
from povertyaudit.core.models import Unit, UnitKind, User
from povertyaudit.core.scope import region_under

CLOCK = "assessment.score"


def fill(row: Assessment, units: Sequence[Unit]) -> None:
    """New sheets with their lines; on those that are there the counted lines anew."""
    figures = _figures(row, units)
    sheets = {sheet.unit_id: sheet for sheet in row.sheets.select_related("unit").prefetch_related("lines")}
    new = [UnitSheet(region=row.region, assessment=row, unit=unit) for unit in units if unit.pk not in sheets]
    for sheet, number in zip(new, numbering.take_many("unit_sheet", row.region, len(new)), strict=True):
        sheet.number = number
    rows.create_many(
        new, verb="unitsheet.open", by=None, below=(lambda sheet: _lines(sheet, row, figures, {}),)
    )
    for sheet in sheets.values():
        there = {(line.scheme_id, line.key): line for line in sheet.lines.all()}
        saved = [line for line in _lines(sheet, row, figures, there) if line.way == Way.COUNTED]
        rows.write(sheet, verb="unitsheet.count", by=None, saved=saved)


def _figures(row: Assessment, units: Sequence[Unit]) -> dict[str, Mapping[int, Counted]]:
    """Measure → unit → what was counted: each measure once, for all units and schemes."""
    asked = {one.measure for scheme in row.schemes() for one in scheme.all_indicators() if one.measure}
    scope = Scope(row.region, units, row.first_day, row.last_day)
    return {code: CATALOGUE[code].count(scope) for code in sorted(asked)}


def _lines(
    sheet: UnitSheet, row: Assessment, figures: Mapping[str, Mapping[int, Counted]],
    there: Mapping[tuple[int, str], ScoreLine],
) -> list[ScoreLine]:  # fmt: skip
    return [
        _line(
            there.get((scheme.pk, one.code)) or ScoreLine(sheet=sheet, scheme=scheme, key=one.code),
            one,
            row,
            figures,
        )
        for scheme in row.schemes()
        for one in scheme.all_indicators()
    ]


def _line(
    line: ScoreLine, one: Indicator, row: Assessment, figures: Mapping[str, Mapping[int, Counted]]
) -> ScoreLine:
    line.name, line.weight, line.way, line.measure = one.name, one.weight, one.way, one.measure
    if one.is_scored:
        return line
    nothing = Counted(0, 0 if CATALOGUE[one.measure].is_share else None)
    counted = figures[one.measure].get(line.sheet.unit_id, nothing)
    line.hits, line.among, line.as_of = counted.hits, counted.among, row.last_day
    line.points = points_for(one, counted)
    return line


def scored_by(
    scheme: AssessmentScheme, townships: Sequence[int], heirs: Mapping[int, int]
) -> dict[int, list[Indicator]]:
    """Office → the indicators it scores; whom an office was merged into scores in its place."""
    found: dict[int, list[Indicator]] = {}
    for one in scheme.all_indicators():
        offices = townships if one.way == Way.REVERSE else [heirs.get(pk, pk) for pk in one.scorers]
        for office in offices if one.is_scored else ():
            found.setdefault(office, []).append(one)
    return found


def asked_of(row: Assessment) -> dict[int, list[Indicator]]:
    """Office → what it scores in this assessment, of both schemes, each indicator once."""
    towns = Unit.objects.filter(region_under("region_id", row.region_id), kind=UnitKind.TOWNSHIP).current()
    townships = list(towns.values_list("pk", flat=True))
    named = {pk for scheme in row.schemes() for one in scheme.all_indicators() for pk in one.scorers}
    heirs = {
        unit.pk: unit.heirs()[-1] for unit in Unit.objects.filter(pk__in=named).select_related("successor")
    }
    found: dict[int, dict[str, Indicator]] = {}
    for scheme in row.schemes():
        for office, asked in scored_by(scheme, townships, heirs).items():
            found.setdefault(office, {}).update({one.code: one for one in asked})
    return {office: list(asked.values()) for office, asked in found.items()}


def hand_out(row: Assessment) -> int:
    """A sheet for each office that has none yet, with its clock; returns how many offices score."""
    asked = asked_of(row)
    there = set(row.score_sheets.values_list("unit", flat=True))
    offices = Unit.objects.in_bulk([pk for pk in asked if pk not in there])
    clocks = ClockBatch(CLOCK)
    clock = clocks.of(row.region_id, moment.today())
    new = [
        ScoreSheet(region=row.region, assessment=row, unit=unit, due_on=clock.due_on)
        for unit in offices.values()
    ]
    for sheet, number in zip(new, numbering.take_many("score_sheet", row.region, len(new)), strict=True):
        sheet.number = number
    rows.create_many(new, verb="scoresheet.open", by=None)
    clocks.start((sheet, clock, _addressees(sheet.unit)) for sheet in new)
    for sheet in new:
        tell(sheet, f"scoresheet.open:{sheet.public_id}", f"请在 {sheet.due_on} 前完成考核评分。")
    return len(asked)


def _addressees(unit: Unit) -> dict[str, Any]:
    return {
        "owner_unit": unit,
        "owner_user": User.objects.holding(SCORERS, unit=unit).order_by("-pk").first(),
    }


def tell(sheet: ScoreSheet, key: str, text: str) -> None:
    """To everybody who may fill it in."""
    people = User.objects.holding(SCORERS, unit=sheet.unit)
    notify.tell(
        people, key, kind="scoresheet", number=sheet.number, text=f"{sheet.number} {text}",
        url=sheet.get_absolute_url(), target=sheet,
    )  # fmt: skip
