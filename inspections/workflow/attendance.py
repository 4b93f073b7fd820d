"""What may be done with village persons and their months, by whom, and when."""

from typing import Any

from inspections.attendance_querysets import REPORTERS
from inspections.models import AttendanceMonth, VillagePerson
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

INSPECTORS = frozenset({Role.PATROL_OFFICE, Role.SUPERVISION})
KEEPERS = INSPECTORS | REPORTERS
State = AttendanceMonth.State
NOT_DECIDED = frozenset({State.NOTICED, State.EXPLAINED, State.SUGGESTED})
DECIDED = frozenset({State.RECALLED, State.CLEARED})


def of_the_sender(row: Any, by: User) -> None:
    """Somebody of the unit that sent the person."""
    if not any(post.role in REPORTERS and post.unit_id == row.person.unit_id for post in by.current_posts()):
        raise NotAllowed("attendance.unit", "情况说明由派出单位填写。")


VILLAGE_PERSON = Workflow(
    "villageperson",
    "驻村人员",
    (
        Transition(
            name="amend", label="修改", sources=frozenset({VillagePerson.State.SERVING}), target=None, roles=KEEPERS,
        ),
        Transition(
            name="end", label="结束驻村", sources=frozenset({VillagePerson.State.SERVING}),
            target=VillagePerson.State.ENDED, roles=KEEPERS,
        ),
    ),
    others={"register": "登记驻村人员"},
)  # fmt: skip

ATTENDANCE = Workflow(
    "attendancemonth",
    "驻村考勤",
    (
        Transition(name="amend", label="修改", sources=frozenset({State.OPEN}), target=None, roles=KEEPERS),
        Transition(
            name="notify", label="发出通知", sources=frozenset({State.OPEN}), target=State.NOTICED, roles=INSPECTORS,
            note_required=True, primary=True,
        ),
        Transition(
            name="explain", label="说明情况", sources=frozenset({State.NOTICED}), target=State.EXPLAINED,
            roles=REPORTERS, who=(of_the_sender,), note_required=True, primary=True,
        ),
        Transition(
            name="suggest_recall", label="建议召回", sources=frozenset({State.NOTICED, State.EXPLAINED}),
            target=State.SUGGESTED, roles=INSPECTORS, note_required=True,
        ),
        Transition(
            name="recall", label="登记召回", sources=frozenset({State.SUGGESTED}), target=State.RECALLED,
            roles=INSPECTORS, note_required=True, primary=True,
        ),
        Transition(
            name="clear", label="不再追究", sources=NOT_DECIDED, target=State.CLEARED, roles=INSPECTORS,
            note_required=True,
        ),
    ),
    others={"record": "登记考勤", "found_absent": "走访查到不在岗"},
)  # fmt: skip
