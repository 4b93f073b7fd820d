"""评分: an office fills its grid, a part at a time, and hands it in; nobody scores the unit he serves in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from povertyaudit.assessment.models import Indicator, Score, ScoreSheet, UnitSheet
from povertyaudit.assessment.services import filling
from povertyaudit.assessment.services.holding import hold
from povertyaudit.assessment.workflow.assessments import SCORE_SHEET
from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import Post, Unit, User

SHOWN = 5  # names in one sentence


@dataclass(frozen=True)
class Grid:
    """Which units an office scores, for what: the unit itself is none of them."""

    sheets: list[UnitSheet]
    indicators: list[Indicator]

    def cells(self) -> list[tuple[UnitSheet, Indicator]]:
        return [(sheet, one) for sheet in self.sheets for one in self.indicators]


def grid(sheet: ScoreSheet) -> Grid:
    judged = sheet.assessment.sheets.filter(left_out=False).exclude(unit__in=sheet.unit.heirs())
    indicators = filling.asked_of(sheet.assessment).get(sheet.unit_id, [])
    return Grid(list(judged.select_related("unit").order_by("unit__region_id", "pk")), indicators)


def cell(unit: Unit, indicator: str) -> str:
    """The name of a cell: that of its field on the page, and in a refusal."""
    return f"{unit.public_id}-{indicator}"


def own_units(by: User) -> set[int]:
    """Units in which the person serves by whatever account, and those merged into them."""
    posts = Post.objects.current().filter(user__person=by.person_id).select_related("unit")
    return {pk for post in posts for pk in (post.unit_id, *post.unit.predecessor_ids)}


@transaction.atomic
def score(
    sheet: ScoreSheet, *, by: User, scores: Iterable[Mapping[str, Any]], note: str = "",
    expected_version: int | None = None,
) -> ScoreSheet:  # fmt: skip
    """评分: `scores` are {"unit", "indicator", "points"}, out of a hundred; without points the cell is emptied.

    May be done a part at a time. Raises RuleBroken with each wrong cell named.
    """
    hold(sheet)
    row = SCORE_SHEET.begin(sheet, "score", by=by, note=note, expected_version=expected_version)
    asked, own, errors = grid(row), own_units(by), list[DomainError]()
    cells = {(one.unit_id, indicator.code): one for one, indicator in asked.cells()}
    there = {(one.unit_sheet_id, one.key): one for one in row.scores.all()}
    saved, removed = [], []
    for said in scores:
        unit, key, points = said["unit"], said["indicator"], said.get("points")
        judged = cells.get((unit.pk, key))
        old = there.get((judged.pk, key)) if judged else None
        if points is None or (old is not None and old.points == points):
            removed += [old] if old is not None and points is None else []
            continue
        if refused := _refusal(row, unit, key, judged, points, own):
            errors.append(refused)
            continue
        new = old or Score(sheet=row, unit_sheet=judged, key=key)
        new.points, new.scored_by = points, by
        saved.append(new)
    raise_all(errors)
    done: ScoreSheet = SCORE_SHEET.finish(row, "score", by=by, note=note, saved=saved, removed=removed)
    return done


def _refusal(
    row: ScoreSheet, unit: Unit, key: str, judged: UnitSheet | None, points: Decimal, own: set[int]
) -> DomainError | None:
    field = cell(unit, key)
    if unit.pk in own or unit.pk in row.unit.heirs():
        text = f"您（或者您的另一个账号）在{unit.name}任职，不能给本单位评分，请由其他人员评这一行。"
        return RuleBroken("score.own_unit", text, field=field)
    if judged is None:
        return RuleBroken("score.not_asked", f"这张评分表不评{unit.name}的这一项，请核对。", field=field)
    if not 0 <= points <= 100:
        return RuleBroken("score.points", "评分应在 0 至 100 分之间。", field=field)
    return None


@transaction.atomic
def submit(sheet: ScoreSheet, *, by: User, note: str = "", expected_version: int | None = None) -> ScoreSheet:
    """提交评分: every cell has its points. Who is missing is named."""
    hold(sheet)
    row = SCORE_SHEET.begin(sheet, "submit", by=by, note=note, expected_version=expected_version)
    given = set(row.scores.values_list("unit_sheet", "key"))
    names = dict.fromkeys(
        one.unit.name for one, asked in grid(row).cells() if (one.pk, asked.code) not in given
    )
    if names:
        shown = list(names)[:SHOWN]
        more = f"等 {len(names)} 个单位" if len(names) > len(shown) else ""
        raise RuleBroken("score.missing", f"还没有评完：{'、'.join(shown)}{more}。评完才能提交。")
    own = own_units(by)
    if any(
        one.unit_sheet.unit_id in own and one.scored_by_id == by.pk
        for one in row.scores.select_related("unit_sheet")
    ):
        raise RuleBroken("score.own_unit", "表中有您给任职单位的评分，请由其他人员重评。")
    changes = {"submitted_by": by, "submitted_on": moment.today()}
    done: ScoreSheet = SCORE_SHEET.finish(row, "submit", by=by, note=note, changes=changes)
    clocks.stop(done, filling.CLOCK, moment.today(), "scoresheet.submit")
    return done


@transaction.atomic
def send_back(
    sheet: ScoreSheet, *, by: User, note: str = "", expected_version: int | None = None
) -> ScoreSheet:
    """退回重评, with the reason; the date starts anew."""
    hold(sheet)
    row = SCORE_SHEET.begin(sheet, "send_back", by=by, note=note, expected_version=expected_version)
    clock = clocks.start(
        row,
        filling.CLOCK,
        on=moment.today(),
        event="退回重评",
        owner_unit=row.unit,
        owner_user=row.submitted_by,
    )
    changes = {"submitted_by": None, "submitted_on": None, "due_on": clock.due_on}
    done: ScoreSheet = SCORE_SHEET.finish(row, "send_back", by=by, note=note, changes=changes)
    entry = done._last_entry  # type: ignore[attr-defined]
    filling.tell(done, f"{entry.verb}:{entry.public_id}", "评分已退回，请重评。")
    return done


@transaction.atomic
def waive(sheet: ScoreSheet, *, by: User, note: str = "", expected_version: int | None = None) -> ScoreSheet:
    """不再要求评分, with the reason: the others' scores are averaged without it."""
    hold(sheet)
    row = SCORE_SHEET.begin(sheet, "waive", by=by, note=note, expected_version=expected_version)
    done: ScoreSheet = SCORE_SHEET.finish(row, "waive", by=by, note=note)
    clocks.stop(done, filling.CLOCK, moment.today(), "scoresheet.waive")
    return done
