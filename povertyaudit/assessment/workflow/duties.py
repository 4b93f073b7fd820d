"""What may be done with a 督查 that is owed, by whom, and when."""

from typing import Any

from povertyaudit.assessment.models.duties import DutyState as S
from povertyaudit.assessment.roles import LEADERS, ORGANISERS, SCORERS
from povertyaudit.assessment.workflow.assessments import leads
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import User
from povertyaudit.core.workflow import Transition, Workflow


def of_the_office(row: Any, by: User) -> None:
    organises = any(
        post.role in ORGANISERS and row.region_id.startswith(post.region.prefix)
        for post in by.current_posts()
    )
    if row.unit_id not in by.unit_ids and not organises:
        raise NotAllowed("inspection_duty.office", "完成情况由负责单位或者案管室、监督检查室登记。")


INSPECTION_DUTY = Workflow("inspectionduty", "督查安排", (
    Transition(
        name="fulfil", label="登记完成", sources=frozenset({S.OPEN}), target=S.DONE, roles=SCORERS, who=(of_the_office,),
        primary=True,
    ),
    Transition(
        name="waive", label="不再要求", sources=frozenset({S.OPEN}), target=S.WAIVED, roles=LEADERS, who=(leads,),
        note_required=True,
    ),
), others={
    "open": "到期列入", "follow_unit": "单位并入", "hand_over": "工作移交", "not_handed_over": "经办人离任，待另行安排",
})  # fmt: skip
