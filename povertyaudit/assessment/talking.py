"""约谈 decided on the result of an assessment goes on to the talks (`settings.ASSESSMENT_MEASURES`)."""

from povertyaudit.assessment.models import AssessmentMeasure
from povertyaudit.assessment.models.ladders import Addressed
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


def of_measure(row: AssessmentMeasure, user: User) -> list[Table]:
    """The talks that came of a measure."""
    talks = Talk.objects.visible_to(user).filter(origin_label=row._meta.label_lower, origin_id=row.pk)
    found = list(talks.for_list())
    return [Table("约谈", COLUMNS, found, key="talks")] if found else []
