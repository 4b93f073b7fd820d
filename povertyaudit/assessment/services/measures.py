"""A leader decides on what the rules propose, each time with a reason; what came of it is recorded later."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from povertyaudit.assessment.models import AssessmentMeasure, MeasureState
from povertyaudit.assessment.roles import ORGANISERS
from povertyaudit.assessment.workflow.ladders import ASSESSMENT_MEASURE
from povertyaudit.core import moment, notify, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


def agree(
    measure: AssessmentMeasure, *, by: User, note: str = "", expected_version: int | None = None
) -> AssessmentMeasure:
    """同意 what is proposed, with the reason."""
    return _decide(measure, "agree", by, note, expected_version, measure.proposal, measure.addressed)


def decide_otherwise(
    measure: AssessmentMeasure,
    *,
    by: User,
    kind: str,
    addressed: str,
    note: str = "",
    expected_version: int | None = None,
) -> AssessmentMeasure:
    """另作处理: another measure or another addressee, with the reason."""
    if (kind, addressed) == (measure.proposal, measure.addressed):
        raise RuleBroken("assessment_measure.same", "与建议相同，请直接办理“同意”。", field="kind")
    return _decide(measure, "decide_otherwise", by, note, expected_version, kind, addressed)


def decline(
    measure: AssessmentMeasure, *, by: User, note: str = "", expected_version: int | None = None
) -> AssessmentMeasure:
    """不采取, with the reason: the proposal stays on the record."""
    return _decide(measure, "decline", by, note, expected_version, "", "")


@transaction.atomic
def _decide(
    measure: AssessmentMeasure, verb: str, by: User, note: str, version: int | None, kind: str, addressed: str
) -> AssessmentMeasure:
    row = ASSESSMENT_MEASURE.begin(measure, verb, by=by, note=note, expected_version=version)
    changes = {
        "decided_kind": kind, "decided_addressed": addressed, "decided_by": by, "decided_on": moment.today(),
        "reason": note.strip(),
    }  # fmt: skip
    done: AssessmentMeasure = ASSESSMENT_MEASURE.finish(row, verb, by=by, note=note, changes=changes)
    people = User.objects.holding(ORGANISERS).filter(posts__region=done.region_id)
    notify.tell_of(
        done,
        User.objects.filter(pk__in=people.values("pk")),
        f"考核结果运用：{done.get_state_display()}。",
        by=by,
    )
    for path in settings.ASSESSMENT_MEASURES.get(kind, ()):
        import_string(path)(done, by=by)
    return done


@transaction.atomic
def record_outcome(
    measure: AssessmentMeasure, *, by: User, outcome: str, outcome_on: date, note: str = "",
    expected_version: int | None = None,
) -> AssessmentMeasure:  # fmt: skip
    """登记结果: the self-criticism came in, the talk took place, what the organisation department decided on the suggestion."""
    row = ASSESSMENT_MEASURE.begin(
        measure, "record_outcome", by=by, note=note, expected_version=expected_version
    )
    if outcome_on > moment.today():
        raise RuleBroken("assessment_measure.outcome_on", "结果日期不能晚于今天。", field="outcome_on")
    if row.decided_on and outcome_on < row.decided_on:
        raise RuleBroken(
            "assessment_measure.outcome_on",
            f"结果日期不能早于决定日期 {row.decided_on}。",
            field="outcome_on",
        )
    changes = {"outcome": outcome, "outcome_on": outcome_on}
    done: AssessmentMeasure = ASSESSMENT_MEASURE.finish(
        row, "record_outcome", by=by, note=note, changes=changes
    )
    return done


def conclude_from(measure: AssessmentMeasure, *, by: User, outcome: str, outcome_on: date) -> None:
    """登记结果 by the talk that was opened for it, in its act; nothing where the measure has its result already."""
    row = rows.lock(measure)
    if row.state in (MeasureState.AGREED, MeasureState.CHANGED):
        changes = {"outcome": outcome, "outcome_on": outcome_on}
        ASSESSMENT_MEASURE.finish(row, "record_outcome", by=by, changes=changes)
