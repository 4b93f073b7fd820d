"""What is done on one unit's sheet: 加减分, 不参加排名, and 更正 after signing."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from povertyaudit.assessment.models import Adjustment, Correction, ScoreLine, ScoreSheet, UnitSheet
from povertyaudit.assessment.querysets import COUNTING, SCORING
from povertyaudit.assessment.services import filling
from povertyaudit.assessment.services.holding import hold
from povertyaudit.assessment.workflow.assessments import UNIT_SHEET
from povertyaudit.core import clocks, moment, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Unit, User

VALUED = {Adjustment.Kind.PLUS, Adjustment.Kind.MINUS}


@transaction.atomic
def adjust(
    sheet: UnitSheet, *, by: User, kind: str, reason: str, points: Decimal | None = None, note: str = "",
    expected_version: int | None = None,
) -> UnitSheet:  # fmt: skip
    """登记加减分, 一票否决 or that the task of the year was missed, each with its reason."""
    hold(sheet)
    row = UNIT_SHEET.begin(sheet, "adjust", by=by, note=note, expected_version=expected_version)
    most = row.assessment.scheme.adjust_most
    if kind in VALUED and not (points and 0 < points <= most):
        text = f"分值应大于 0，不超过办法规定的 {most} 分。" if most else "这个考核办法没有加减分。"
        raise RuleBroken("adjustment.points", text, field="points")
    if kind not in VALUED and points:
        raise RuleBroken("adjustment.points", "一票否决和年度任务未完成不填分值。", field="points")
    made = Adjustment(sheet=row, kind=kind, points=points or 0, reason=reason, made_by=by)
    changes = {"task_missed": True} if kind == Adjustment.Kind.MISSED else {}
    done: UnitSheet = UNIT_SHEET.finish(row, "adjust", by=by, note=note, changes=changes, saved=[made])
    return done


@transaction.atomic
def withdraw_adjustment(
    sheet: UnitSheet, *, by: User, adjustment: Adjustment, note: str = "", expected_version: int | None = None
) -> UnitSheet:
    """撤销加减分: taken away, on the record with the reason."""
    hold(sheet)
    row = UNIT_SHEET.begin(sheet, "withdraw_adjustment", by=by, note=note, expected_version=expected_version)
    left = row.adjustments.exclude(pk=adjustment.pk)
    changes = {"task_missed": left.filter(kind=Adjustment.Kind.MISSED).exists()}
    done: UnitSheet = UNIT_SHEET.finish(
        row, "withdraw_adjustment", by=by, note=note, changes=changes, removed=[adjustment]
    )
    return done


@transaction.atomic
def leave_out(
    sheet: UnitSheet, *, by: User, note: str = "", expected_version: int | None = None
) -> UnitSheet:
    """不参加排名, with the reason."""
    hold(sheet)
    done: UnitSheet = UNIT_SHEET.apply(
        sheet,
        "leave_out",
        by=by,
        note=note,
        expected_version=expected_version,
        left_out=True,
        left_reason=note[:200],
    )
    return done


@transaction.atomic
def take_in(sheet: UnitSheet, *, by: User, note: str = "", expected_version: int | None = None) -> UnitSheet:
    """恢复参加排名."""
    hold(sheet)
    done: UnitSheet = UNIT_SHEET.apply(
        sheet, "take_in", by=by, note=note, expected_version=expected_version, left_out=False, left_reason=""
    )
    return done


@transaction.atomic
def correct(
    sheet: UnitSheet,
    *,
    by: User,
    line: ScoreLine,
    points: Decimal,
    note: str = "",
    expected_version: int | None = None,
) -> UnitSheet:
    """登记更正 of what was signed: what it should have been, beside it. Total and place stay as they were signed."""
    row = UNIT_SHEET.begin(sheet, "correct", by=by, note=note, expected_version=expected_version)
    if not 0 <= points <= line.weight:
        raise RuleBroken("correction.points", f"应得分应在 0 至满分 {line.weight} 之间。", field="points")
    if points == line.points:
        raise RuleBroken("correction.same", "与签发的得分相同，不用更正。", field="points")
    made = Correction(
        sheet=row, line=line, points=points, reason=note.strip()[:500], made_by=by, made_on=moment.today()
    )
    done: UnitSheet = UNIT_SHEET.finish(row, "correct", by=by, note=note, saved=[made])
    return done


def follow_unit(unit: Unit, heir: Unit, *, by: User) -> None:
    """A unit was merged while it was judged: its sheet stays and is not ranked; what it had to score is the successor's."""
    open_ = {"assessment__state__in": (COUNTING, SCORING), "unit": unit}
    reason = f"{unit.name}已并入{heir.name}。"[:200]
    for sheet in UnitSheet.objects.filter(left_out=False, **open_).order_by("pk"):
        changes: dict[str, Any] = {"left_out": True, "left_reason": reason}
        rows.write(rows.lock(sheet), verb="unitsheet.merged", by=by, note=reason, changes=changes)
    for asked in ScoreSheet.objects.filter(state="owed", **open_).order_by("pk"):
        clocks.address(asked, filling.CLOCK, owner_unit=heir, owner_user=None)
