"""What may be done with a payment, by whom, and when: 申请→乡镇意见→主管部门审核→财政复核拨付 (县级报账制)."""

from typing import Any

from funds.models.payments import PayState as S
from funds.workflow.allocations import FUND_DESK
from funds.workflow.project_who import OWNERS, SECTOR, units_by
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, UnitKind, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow

HEAD = frozenset({Role.UNIT_HEAD})
AT_HAND = frozenset({S.DRAFT, S.RETURNED})


def of_unit(row: Any, by: User) -> None:
    """The unit that builds the project."""
    if row.project.responsible_unit_id not in units_by(by, OWNERS | SECTOR):
        raise NotAllowed("payment.unit", "由项目的实施单位办理。")


def head_of_place(row: Any, by: User) -> None:
    """The head of the township it lies in; of a project of no township, the head of the unit that builds it."""
    for post in by.current_posts():
        if post.role != Role.UNIT_HEAD:
            continue
        if post.unit.kind == UnitKind.TOWNSHIP and row.region_id.startswith(prefix_of(post.region_id)):
            return
        if post.unit_id == row.project.responsible_unit_id and len(prefix_of(row.region_id)) <= COUNTY_DIGITS:
            return
    raise NotAllowed("payment.township", "由项目所在乡镇的主要负责人签署意见。")


COUNTY_DIGITS = 6


def of_sector(row: Any, by: User) -> None:
    if row.project.sector_unit_id not in units_by(by, SECTOR):
        raise NotAllowed("payment.sector", "由项目的主管部门审核。")


def not_applicant(row: Any, by: User) -> None:
    if row.applied_by is not None and row.applied_by.person_id == by.person_id:
        raise NotAllowed("payment.same_person", "申请人不能签署自己的申请，请由另一人办理。")


def not_reviewer(row: Any, by: User) -> None:
    if row.reviewed_by is not None and row.reviewed_by.person_id == by.person_id:
        raise NotAllowed("payment.same_person", "审核人不能拨付自己审核的款项，请由另一人办理。")


def whose_turn(row: Any, by: User) -> None:
    """Whoever would sign next sends it back."""
    turn = {S.SUBMITTED: head_of_place, S.ENDORSED: of_sector}.get(row.state)
    if turn is not None:
        turn(row, by)
    elif not by.roles & FUND_DESK:
        raise NotAllowed("payment.turn", "由正在办理这笔报账的部门退回。")


def kept_in_account(row: Any) -> bool:
    return bool(row.to_unit and row.held_fen)


def something_spent(row: Any) -> bool:
    return bool(row.to_unit and row.spent_fen)


def _step(name: str, label: str, sources: Any, target: Any, roles: Any, **more: Any) -> Transition:
    from_states = frozenset(sources) if isinstance(sources, list | frozenset) else frozenset({sources})
    return Transition(
        name=name, label=label, sources=from_states, target=target, roles=frozenset(roles), **more
    )


PAYMENT = Workflow(
    "payment",
    "报账拨付",
    (
        _step("amend", "修改", AT_HAND, None, OWNERS | SECTOR, who=(of_unit,)),
        _step("add_paper", "上传报账材料", AT_HAND, None, OWNERS | SECTOR, who=(of_unit,)),
        _step("submit", "申请报账", AT_HAND, S.SUBMITTED, OWNERS | SECTOR, who=(of_unit,), primary=True),
        _step("drop", "撤回", AT_HAND, S.DROPPED, OWNERS | SECTOR, who=(of_unit,), note_required=True),
        _step(
            "endorse", "签署乡镇意见", S.SUBMITTED, S.ENDORSED, HEAD, who=(head_of_place, not_applicant), primary=True,
        ),
        _step("review", "主管部门审核", S.ENDORSED, S.REVIEWED, SECTOR, who=(of_sector, not_applicant), primary=True),
        _step("pay", "复核拨付", S.REVIEWED, S.PAID, FUND_DESK, who=(not_applicant, not_reviewer), primary=True),
        _step(
            "send_back", "退回补充", [S.SUBMITTED, S.ENDORSED, S.REVIEWED], S.RETURNED, HEAD | SECTOR | FUND_DESK,
            who=(whose_turn,), note_required=True,
        ),
        _step("spend", "登记支出", S.PAID, None, OWNERS | SECTOR, who=(of_unit,), when=kept_in_account, primary=True),
        _step(
            "void_spending", "作废一笔支出", S.PAID, None, OWNERS | SECTOR, who=(of_unit,), when=something_spent,
            note_required=True,
        ),
        _step("reverse", "冲销", S.PAID, S.REVERSED, FUND_DESK, note_required=True),
    ),
    others={"open_payment": "准备报账", "hand_over": "工作移交", "not_handed_over": "未移交（接任人应当回避）"},
)  # fmt: skip
