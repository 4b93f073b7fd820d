"""What may be done with the record of a visit, by whom, and when."""

from typing import Any

from inspections.models import Visit
from inspections.workflow.plans import NAMED
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

# Posts that visit without a plan or a round.
VISITORS = frozenset(
    {Role.PATROL_OFFICE, Role.PATROL_TEAM, Role.SUPERVISION, Role.DEPUTY, Role.SECRETARY, Role.COUNTY_LEADER}
)
RECORDED = frozenset({Visit.State.RECORDED})


def who_recorded(visit: Any, by: User) -> None:
    if visit.recorded_by_id != by.pk:
        raise NotAllowed("visit.not_yours", "走访记录只能由登记人办理。")


VISIT = Workflow(
    "visit",
    "走访记录",
    (
        Transition(name="amend", label="修改", sources=RECORDED, target=None, roles=NAMED, who=(who_recorded,)),
        Transition(name="add_photos", label="补充照片", sources=RECORDED, target=None, roles=NAMED, who=(who_recorded,)),
        Transition(
            name="withdraw", label="作废", sources=RECORDED, target=Visit.State.WITHDRAWN, roles=NAMED,
            who=(who_recorded,), note_required=True,
        ),
    ),
    others={"record": "登记走访", "number": "结束后编号"},
)  # fmt: skip
