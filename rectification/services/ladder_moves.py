"""What the ladder does next with one item. Pure: rows in, a decision out.

A step follows at the ladder's own pace, however late the item was when it came under the ladder; an unanswered letter is
followed on the day after its time. What waits for a person — a letter to sign, a proposal to decide — does not climb by
itself: that person is asked again. For a reviewer the ladder begins anew, by the date of the review; sent back, the item is
where it was with the unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from povertyaudit.core.ladder import ORDER
from povertyaudit.core.models import LadderStep
from povertyaudit.core.models.ladder import LETTERS
from rectification.models.escalation import EscalationState, Holder, Pursuit
from rectification.services.lateness import Stand

ASKED = (EscalationState.DRAFTED, EscalationState.PROPOSED, EscalationState.AGREED)
REFUSED = (EscalationState.DECLINED, EscalationState.LAPSED)


class Act(StrEnum):
    TAKE = "take"  # a step is taken
    ASK_AGAIN = "ask_again"  # whoever is to sign or decide
    WAIT = "wait"  # until another day
    END = "end"  # nothing is late any more
    NOTHING = "nothing"


@dataclass(frozen=True)
class Move:
    act: Act
    step: LadderStep | None = None
    on: date | None = None


def late_days(step: LadderStep) -> int:
    """From how many days after the date the step is taken."""
    return -step.days_left


def move(
    pursuit: Pursuit | None,
    where: Stand,
    item_due_on: date,
    steps: Sequence[LadderStep],
    day: date,
    before: str = "",
) -> Move:
    """`steps`: the ladder of the place, the mildest first; `before`: the step last taken against this holder for the same
    date of the item. The item is one that can be pressed."""
    if not steps:
        return Move(Act.END if pursuit else Act.NOTHING)
    same = pursuit is not None and pursuit.holder == where.holder and pursuit.item_due_on == item_due_on
    latest = pursuit.latest if same and pursuit is not None else None
    if latest is None:
        return _begin(pursuit, where, steps, day, before)
    if pursuit is not None and pursuit.next_on > day:
        return Move(Act.NOTHING)
    if where.days < 1:
        return Move(Act.END)
    if latest.state in ASKED:
        return Move(Act.ASK_AGAIN)
    if where.holder == Holder.BODY:
        return Move(Act.TAKE, _last_letter(steps))
    return Move(Act.TAKE, _after(latest.step, steps, again=latest.state in REFUSED))


def _begin(
    pursuit: Pursuit | None, where: Stand, steps: Sequence[LadderStep], day: date, before: str
) -> Move:
    """With the mildest step; where it came back from the reviewers, with the one it had come to."""
    first = steps[0]
    if where.days >= late_days(first):
        return Move(Act.TAKE, next((step for step in steps if step.step == before), first))
    if where.holder != Holder.MAIN:  # the reviewer's own time is not over
        return Move(
            Act.WAIT, on=max(where.due_on + timedelta(days=late_days(first)), day + timedelta(days=1))
        )
    return Move(Act.END if pursuit else Act.NOTHING)


def _after(kind: str, steps: Sequence[LadderStep], *, again: bool) -> LadderStep:
    """The next step above `kind`; the same one again after a refusal, and for ever at the top."""
    later = [step for step in steps if ORDER[step.step] > ORDER[kind]]
    here = [step for step in steps if step.step == kind]
    return here[0] if here and (again or not later) else later[0] if later else steps[-1]


def _last_letter(steps: Sequence[LadderStep]) -> LadderStep:
    """Nobody is summoned for days the item lies with the body itself: it is told, again and again."""
    letters = [step for step in steps if step.step in LETTERS]
    return letters[-1] if letters else steps[0]


def pace(step: LadderStep, steps: Sequence[LadderStep], due_on: date, since: date) -> date:
    """The day of the next step when nothing hurries it: as late as the ladder says, and as far after this one."""
    later = [one for one in steps if ORDER[one.step] > ORDER[step.step]]
    if not later:
        return since + timedelta(days=step.repeat_days)
    gap = max(late_days(later[0]) - late_days(step), 1)
    return max(due_on + timedelta(days=late_days(later[0])), since + timedelta(days=gap))
