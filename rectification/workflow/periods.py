"""整改定期报告: who fills in, who signs, who may do without one."""

from typing import Any

from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow
from rectification.models import PeriodState
from rectification.workflow.who import REGISTRARS, UNIT, VERIFIERS, WORKING, in_charge

OWED, SUBMITTED, RETURNED, SIGNED, WAIVED = PeriodState
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


def may_send_back(report: Any, by: User) -> None:
    """What waits for the signature its head, what is signed who watches over the item."""
    if report.state == SIGNED:
        watches_over_the_item(report, by)
    else:
        heads_the_unit(report, by)


def may_be_filled_anew(report: Any) -> bool:
    """A signed report only while its item is worked on."""
    return report.state != SIGNED or report.item.state in WORKING


def nothing_signed_since(report: Any, by: User) -> None:
    """Later reports were compared with this one: what is wrong in it is put right in the next."""
    later = report.item.period_reports.filter(last_day__gt=report.last_day, state=SIGNED)
    if report.state == SIGNED and later.exists():
        text = "以后各期已经签报，这一期不能退回；有差错的，请主责单位在下一期说明中写明。"
        raise RuleBroken("send_back.later", text)


PERIOD = Workflow("periodreport", "整改定期报告", (
    Transition(name="fill", label="填报", sources=frozenset({OWED, SUBMITTED, RETURNED}), target=SUBMITTED, roles=UNIT,
               who=(of_the_unit,), primary=True),
    Transition(name="sign", label="签报", sources=frozenset({SUBMITTED}), target=SIGNED, roles=HEAD,
               who=(heads_the_unit,), primary=True),
    Transition(name="send_back", label="退回重填", sources=frozenset({SUBMITTED, SIGNED}), target=RETURNED,
               roles=HEAD | VERIFIERS | REGISTRARS, who=(may_send_back,), when=may_be_filled_anew,
               guards=(nothing_signed_since,), note_required=True),
    Transition(name="waive", label="不再要求", sources=frozenset({OWED, SUBMITTED, RETURNED}), target=WAIVED,
               roles=VERIFIERS | REGISTRARS, who=(watches_over_the_item,), note_required=True),
), others={
    "open": "到期生成", "lapse": "随事项办理不再要求", "revive": "随退回补充恢复报送", "move": "随主责单位变更", "follow_unit": "随单位并入变更单位", "calendar": "随放假安排调整时限",
    "attach": "上传文件", "replace_file": "替换文件",
})  # fmt: skip
