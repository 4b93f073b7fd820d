"""From counted to published: 重新计数, 选定办法, 签发, 公布, 取消."""

from typing import Any

from django.db import transaction

from povertyaudit.assessment.models import Assessment, ScoreSheet, ScoreSheetState
from povertyaudit.assessment.models.scoring import ScoreSheetState as C
from povertyaudit.assessment.roles import JUDGED, ORGANISERS
from povertyaudit.assessment.services import filling, ladders, opening, results
from povertyaudit.assessment.workflow.assessments import ASSESSMENT
from povertyaudit.core import clocks, moment, notify, rows
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import User

SHOWN = 8
LAST_DAY, FIRST_DAY = "last_day", "first_day"


@transaction.atomic
def recount(
    assessment: Assessment, *, by: User, note: str = "", expected_version: int | None = None
) -> Assessment:
    """重新计数: the task counts once more; scores that were given stay."""
    done: Assessment = ASSESSMENT.apply(
        assessment, "recount", by=by, note=note, expected_version=expected_version
    )
    opening.enqueue(done)
    return done


@transaction.atomic
def decide_scheme(
    assessment: Assessment, *, by: User, which: str, note: str = "", expected_version: int | None = None
) -> Assessment:
    """选定考核办法 of a period in which it was changed: `last_day` for the one in force at the end, `first_day` for the other.

    Raises RuleBroken without a reason.
    """
    row = ASSESSMENT.begin(assessment, "decide_scheme", by=by, note=note, expected_version=expected_version)
    first, last = sorted(row.schemes(), key=lambda scheme: scheme.valid_from or row.first_day)
    chosen, other = (first, last) if which == FIRST_DAY else (last, first)
    changes = {"scheme": chosen, "rival": other, "decided_by": by, "decided_reason": note.strip()}
    done: Assessment = ASSESSMENT.finish(row, "decide_scheme", by=by, note=note, changes=changes)
    return done


def lacking(row: Assessment) -> list[DomainError]:
    """What stands before signing: who has not scored is named."""
    found: list[DomainError] = []
    owing = row.score_sheets.filter(state=ScoreSheetState.OWED).select_related("unit").order_by("pk")
    names = [sheet.unit.name for sheet in owing]
    if names:
        more = f"等 {len(names)} 个单位" if len(names) > SHOWN else ""
        text = f"还没有提交评分：{'、'.join(names[:SHOWN])}{more}。请催办，或者写明理由不再要求评分。"
        found.append(RuleBroken("assessment.scores", text))
    by_scheme = [results.results(row, scheme) for scheme in row.schemes()]
    empty = dict.fromkeys(name for one in by_scheme for name in results.unscored(one))
    if empty and not names:
        found.append(RuleBroken("assessment.unscored", f"没有人评分的指标：{'、'.join(empty)}。"))
    if len(by_scheme) > 1 and row.decided_by_id is None and results.differ(*by_scheme):
        text = "本期内考核办法修改过，按两个办法排出的名次不同，请先选定以哪个为准。"
        found.append(RuleBroken("assessment.scheme", text))
    return found


@transaction.atomic
def sign(
    assessment: Assessment, *, by: User, note: str = "", expected_version: int | None = None
) -> Assessment:
    """签发: totals and places are written down and locked. Raises RuleBroken naming whoever has not scored."""
    row = ASSESSMENT.begin(assessment, "sign", by=by, note=note, expected_version=expected_version)
    raise_all(lacking(row))
    settle(row, by)
    changes = {"signed_by": by, "signed_on": moment.today()}
    done: Assessment = ASSESSMENT.finish(row, "sign", by=by, note=note, changes=changes)
    notify.tell_of(done, _organisers(done), "已签发。", by=by)
    ladders.enqueue(done)
    return done


def settle(row: Assessment, by: User) -> None:
    """Write every unit's points, total and place, by each scheme."""
    kept: dict[int, tuple[Any, dict[str, Any], list[Any]]] = {}
    for scheme, (total, place) in zip(
        row.schemes(), (("total", "place"), ("rival_total", "rival_place")), strict=False
    ):
        for one in results.results(row, scheme):
            sheet, changes, saved = kept.setdefault(one.sheet.pk, (one.sheet, {}, []))
            changes |= {total: one.total, place: one.place}
            for line in one.lines:
                if line.points is None:
                    line.points = one.points[line.key]
                    saved.append(line)
    for sheet, changes, saved in kept.values():
        rows.write(sheet, verb="unitsheet.settle", by=by, changes=changes, saved=saved)


@transaction.atomic
def publish(
    assessment: Assessment, *, by: User, note: str = "", expected_version: int | None = None
) -> Assessment:
    """公布: each unit judged now reads its own sheet and the ranking."""
    row = ASSESSMENT.begin(assessment, "publish", by=by, note=note, expected_version=expected_version)
    done: Assessment = ASSESSMENT.finish(
        row, "publish", by=by, note=note, changes={"published_on": moment.today()}
    )
    units = done.sheets.values("unit")
    people = User.objects.filter(
        pk__in=User.objects.holding(JUDGED).filter(posts__unit__in=units).values("pk")
    )
    notify.tell_of(done, people, "考核结果已经公布。", by=by)
    return done


@transaction.atomic
def cancel(
    assessment: Assessment, *, by: User, note: str = "", expected_version: int | None = None
) -> Assessment:
    """取消 with the reason: nothing of it counts, and nobody scores any more."""
    row = ASSESSMENT.begin(assessment, "cancel", by=by, note=note, expected_version=expected_version)
    for sheet in ScoreSheet.objects.filter(assessment=row, state=C.OWED).order_by("pk"):
        locked = rows.lock(sheet)
        rows.write(locked, verb="scoresheet.dropped", by=by, note=note, changes={"state": C.WAIVED})
        clocks.stop(locked, filling.CLOCK, moment.today(), "assessment.cancel")
    done: Assessment = ASSESSMENT.finish(row, "cancel", by=by, note=note)
    return done


def _organisers(row: Assessment) -> Any:
    people = User.objects.holding(ORGANISERS).filter(posts__region=row.region_id)
    return User.objects.filter(pk__in=people.values("pk"))
