"""约谈 as a step of the ladder: the agreed step opens a talk (`settings.STEP_AGREED`), and the talk concludes the step.

The step is concluded when the minutes are signed by all: the summons has then taken place, and the ladder goes on at its own
pace while the promise is followed.
"""

from povertyaudit.core.models import User
from povertyaudit.core.models.ladder import LadderKind
from povertyaudit.talks.models import Talk, TalkKind, TalkRank
from povertyaudit.talks.services.opening import open_talk
from rectification.models import Escalation
from rectification.services.escalation_letters import conclude_from
from rectification.services.escalation_people import addressee


def open_for(step: Escalation, *, by: User) -> None:
    """A leader agreed to 约谈: the talk with the unit that has the item in hand, in the same act."""
    unit = addressee(step.item, step.holder)
    if step.step != LadderKind.TALK or unit is None:
        return
    reason = f"整改事项 {step.item.number} 超期 {step.days_late} 天。"
    open_talk(by=by, unit=unit, rank=TalkRank.CHIEF, origin=step, reason=reason)


def held_elsewhere(step: Escalation) -> str:
    """What is said to whoever would conclude the step by hand; empty where no talk is open."""
    talk = Talk._base_manager.filter(step=step).exclude(state__in=("closed", "cancelled")).first()
    return f"这一步由约谈 {talk.number} 办理，纪要签齐后自动登记结果。" if talk else ""


def conclude(talk: Talk, *, by: User) -> None:
    """登记办理结果 of the step, in the words of the minutes."""
    if talk.step is None or talk.recorder is None or talk.held_on is None:
        return
    whom = talk.unit.name if talk.kind == TalkKind.UNIT else f"{talk.unit.name}{talk.post_text}{talk.name}"
    outcome = f"{talk.number} 已约谈{whom}。承诺：{talk.promise} 时限：{talk.promise_due_on}。"
    conclude_from(talk.step, by=by, outcome=outcome, concluded_on=talk.held_on, concluded_by=talk.recorder)
