"""整改定期报告: who fills in, who signs, who may do without one."""

from typing import Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow
from rectification.models import PeriodState
from rectification.workflow.who import REGISTRARS, UNIT, VERIFIERS, in_charge

OWED, SUBMITTED, SIGNED, WAIVED = PeriodState
HEAD = frozenset({Role.UNIT_HEAD})


def _holds(report: Any, by: User, roles: frozenset[str]) -> bool:
    return any(p.unit_id == report.unit_id and p.role in roles for p in by.current_posts())


def of_the_unit(report: Any, by: User) -> None:
    if not _holds(report, by, UNIT):
        raise NotAllowed("period.unit", "定期报告由主责单位填报。")


def heads_the_unit(report: Any, by: User) -> None:
    if not _holds(report, by, HEAD):
        raise NotAllowed("period.head", "定期报告由主责单位主要负责人签报。")


def watches_over_the_item(report: Any, by: User) -> None:
    in_charge(report.item, by)


PERIOD = Workflow("periodreport", "整改定期报告", (
    Transition(name="fill", label="填报", sources=frozenset({OWED, SUBMITTED}), target=SUBMITTED, roles=UNIT,
               who=(of_the_unit,), primary=True),
    Transition(name="sign", label="签报", sources=frozenset({SUBMITTED}), target=SIGNED, roles=HEAD,
               who=(heads_the_unit,), primary=True),
    Transition(name="waive", label="不再要求", sources=frozenset({OWED, SUBMITTED}), target=WAIVED,
               roles=VERIFIERS | REGISTRARS, who=(watches_over_the_item,), note_required=True),
), others={
    "open": "到期生成", "lapse": "随事项办理不再要求", "revive": "随退回补充恢复报送", "move": "随主责单位变更", "calendar": "随放假安排调整时限",
    "attach": "上传文件", "replace_file": "替换文件",
})  # fmt: skip
