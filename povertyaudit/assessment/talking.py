"""约谈 decided on the result of an assessment goes on to the talks (`settings.ASSESSMENT_MEASURES`)."""

from datetime import date

from povertyaudit.assessment.models import AssessmentMeasure
from povertyaudit.assessment.models.ladders import Addressed
from povertyaudit.assessment.services import measures
from povertyaudit.core import moment
from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Table
from povertyaudit.talks.models import Talk, TalkRank
from povertyaudit.talks.services.opening import open_talk

COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("name", "约谈对象", phone="main"),
    Column("held_on", "约谈日期", kind="date", phone="sub"),
    Column("state", "状态", kind="state"),
)


def open_for(measure: AssessmentMeasure, *, by: User) -> None:
    """The talk with the judged unit, in the act of the decision. Raises what `open_talk` raises."""
    deputies = measure.decided_addressed == Addressed.DEPUTIES
    open_talk(
        by=by, unit=measure.unit, rank=TalkRank.VICE if deputies else TalkRank.CHIEF, origin=measure,
        origin_label=f"{measure.number}（{measure.assessment.title}）",
        reason=f"{measure.assessment.title}：{measure.rule.in_words()}。",
    )  # fmt: skip


def conclude(talk: Talk, *, by: User) -> None:
    """登记结果 of the measure in the words of the minutes, once they are signed by all (`settings.TALK_SIGNED`)."""
    said = f"已约谈{talk.unit.name}。承诺：{talk.promise} 时限：{talk.promise_due_on}。"
    _conclude(talk, said, talk.held_on or moment.today(), by=by)


def cancelled(talk: Talk, *, by: User, why: str) -> None:
    """登记结果: the talk was cancelled, and why (`settings.TALK_CANCELLED`)."""
    _conclude(talk, f"约谈取消：{why}", moment.today(), by=by)


def _conclude(talk: Talk, said: str, day: date, *, by: User) -> None:
    if talk.origin_id and talk.origin_label == AssessmentMeasure._meta.label_lower:
        measure = AssessmentMeasure._base_manager.get(pk=talk.origin_id)
        measures.conclude_from(measure, by=by, outcome=f"{talk.number} {said}", outcome_on=day)


def of_measure(row: AssessmentMeasure, user: User) -> list[Table]:
    """The talks that came of a measure."""
    talks = Talk.objects.visible_to(user).filter(origin_label=row._meta.label_lower, origin_id=row.pk)
    found = list(talks.for_list())
    return [Table("约谈", COLUMNS, found, key="talks")] if found else []
