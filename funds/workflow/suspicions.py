"""What may be done with a match list and a suspicion, by whom, and when: 案头 → 入户 → 排除、纠正 or 转办."""

from typing import Any

from funds.models.match_lists import MatchList
from funds.models.suspicions import SuspicionState as S
from funds.suspicion_querysets import CHECKERS, VISITING
from funds.workflow.project_who import units_by
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

DISCIPLINE = frozenset({Role.SUPERVISION, Role.CASE_MANAGER})
REVEALERS = CHECKERS | DISCIPLINE
ALL = frozenset(S.values)
UNDER_WAY = frozenset({S.IMPORTED, S.DESK_CHECKED, S.VISITED})
L = MatchList.State


def of_unit(row: Any, by: User) -> None:
    """The unit that was sent to the house."""
    if row.responsible_unit_id not in units_by(by, VISITING):
        raise NotAllowed("visit.unit", "由负责入户的乡镇（单位）登记核查情况。")


def not_the_desk(row: Any, by: User) -> None:
    if row.desk_by is not None and row.desk_by.person_id == by.person_id:
        raise NotAllowed("clear.same_person", "案头核查的人不能自己排除这个疑点，请由另一人办理。")


def list_stands(row: Any, _by: User) -> None:
    """Read anew: whoever voids the list holds its rows meanwhile."""
    state = MatchList.objects.filter(pk=row.match_list_id).values_list("state", flat=True).get()
    if state == L.VOIDED:
        raise RuleBroken("suspicion.voided", "这份比对清单已经作废，疑点不再办理。")


SUSPICION = Workflow(
    "suspicion",
    "疑点",
    (
        Transition(
            name="desk_check", label="案头核查", sources=frozenset({S.IMPORTED}), target=S.DESK_CHECKED, roles=CHECKERS,
            guards=(list_stands,), primary=True, bulk=True,
        ),
        Transition(
            name="assign", label="改派", sources=frozenset({S.DESK_CHECKED}), target=None, roles=CHECKERS, bulk=True,
        ),
        Transition(
            name="visit", label="登记入户核查", sources=frozenset({S.DESK_CHECKED}), target=S.VISITED, roles=VISITING,
            who=(of_unit,), primary=True,
        ),
        Transition(
            name="visit_again", label="退回重新入户", sources=frozenset({S.VISITED}), target=S.DESK_CHECKED,
            roles=CHECKERS, note_required=True,
        ),
        Transition(
            name="clear", label="排除", sources=frozenset({S.DESK_CHECKED, S.VISITED}), target=S.CLEARED, roles=CHECKERS,
            who=(not_the_desk,), bulk=True,
        ),
        Transition(name="correct", label="纠正", sources=frozenset({S.VISITED}), target=S.CORRECTED, roles=CHECKERS),
        Transition(
            name="hand_on", label="转办", sources=frozenset({S.VISITED}), target=S.LEAD, roles=DISCIPLINE,
        ),
        Transition(
            name="attach", label="补充照片和材料", sources=UNDER_WAY - {S.IMPORTED}, target=None,
            roles=CHECKERS | VISITING,
        ),
        Transition(
            name="reveal", label="查看身份证号", sources=ALL, target=None, roles=REVEALERS | VISITING,
        ),
    ),
    others={"take_in": "导入", "hand_over": "工作移交", "follow_unit": "随单位并入承接单位"},
)  # fmt: skip

MATCH_LIST = Workflow(
    "matchlist",
    "比对清单",
    (
        Transition(
            name="bring_in", label="导入疑点", sources=frozenset({L.STAGED}), target=L.IMPORTING, roles=CHECKERS,
            instead=frozenset({L.IMPORTED}), primary=True,
        ),
        Transition(name="drop", label="放弃导入", sources=frozenset({L.STAGED}), target=L.DROPPED, roles=CHECKERS),
        Transition(
            name="void", label="作废", sources=frozenset({L.IMPORTED}), target=L.VOIDED, roles=CHECKERS,
            note_required=True,
        ),
        Transition(
            name="report", label="填报上报数", sources=frozenset({L.IMPORTED}), target=None, roles=CHECKERS,
        ),
    ),
    others={"take_in": "上传清单", "take_reported": "登记往年清单", "finished": "导入完成"},
)  # fmt: skip
