"""What may be done with a project, by whom, and when: 入库→会审→批复→开工→完工→验收→竣工公示, 取消, 未能开工."""

from typing import Any

from funds.models.projects import ProjectState as S
from funds.workflow.project_who import (
    BUILDERS,
    DECIDERS,
    ENTERERS,
    OWNERS,
    SECTOR,
    knows_project,
    not_who_entered,
    of_owner,
    of_project,
    of_sector,
    of_who_entered,
)
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

GONE_ON = frozenset({S.APPROVED, S.STALLED, S.STARTED, S.COMPLETED})
LIVE = frozenset(S.values) - {S.CANCELLED}
NOTICED = LIVE - {S.STORED}  # from the approval on; in review only where a change brought it back


def was_approved(row: Any) -> bool:
    return row.approved_on is not None


def has_notices(row: Any) -> bool:
    """As the list has fetched it, else asked."""
    known = getattr(row, "noticed", None)
    return bool(row.notices.standing().exists() if known is None else known)


def has_objections(row: Any) -> bool:
    """An objection that was not answered, or whose result was not published; as the list has fetched it, else asked."""
    known = getattr(row, "objected", None)
    if known is None:
        return bool(
            row.notices.standing().filter(objections__isnull=False, objections__result_on=None).exists()
        )
    return bool(known)


def has_doubles(row: Any) -> bool:
    """As the list has fetched it, else asked."""
    known = getattr(row, "doubled", None)
    return bool(row.doubles.exists() if known is None else known)


def was_not_begun(row: Any) -> bool:
    """A project under way that came back to review for a change is not given up but built."""
    return row.state != S.REVIEW or row.changed_from in {"", S.APPROVED, S.STALLED}


def nothing_paid(row: Any, _by: User) -> None:
    if row.paid_fen:
        raise RuleBroken("cancel.paid", "项目已有拨付的资金，不能取消；请先收回资金。")


def all_answered(row: Any, _by: User) -> None:
    """会审: every suspicion was answered for, and none stands."""
    left = row.doubles.open().count()
    if left:
        text = f"还有 {left} 个疑似重复的项目没有答复，请先逐个答复。"
        raise RuleBroken("approve.doubles", text)
    if row.doubles.filter(decision="double").exists():
        raise RuleBroken("approve.double", "已认定与其他项目重复，不能批复；请退回修改或者取消。")


def _step(name: str, label: str, sources: Any, target: Any, roles: Any, **more: Any) -> Transition:
    from_states = frozenset(sources) if isinstance(sources, list | set | frozenset) else frozenset({sources})
    return Transition(
        name=name, label=label, sources=from_states, target=target, roles=frozenset(roles), **more
    )


def _notice_step(name: str, label: str, when: Any, unless: str, **more: Any) -> Transition:
    return _step(name, label, NOTICED, None, BUILDERS, who=(of_project,), when=when, unless=unless, **more)


NONE_YET, NO_OBJECTION = "这个项目还没有登记公示，请先登记公示。", "这个项目没有待办的异议，请刷新页面查看。"
NOTICES = (
    _notice_step("post_notice", "登记公示", was_approved, "项目批复以后才登记公示。"),
    _notice_step("add_notice_photo", "上传公示照片", has_notices, NONE_YET),
    _notice_step("take_down_notice", "登记公示撤下", has_notices, NONE_YET),
    _notice_step("void_notice", "作废公示", has_notices, NONE_YET, note_required=True),
    _notice_step("record_objection", "登记异议", has_notices, NONE_YET),
    _notice_step("answer_objection", "答复异议", has_objections, NO_OBJECTION),
    _notice_step("publish_objection", "公布异议结果", has_objections, NO_OBJECTION),
)
PROJECT = Workflow(
    "project",
    "项目",
    (
        _step("amend", "修改", S.STORED, None, ENTERERS, who=(of_who_entered,)),
        _step("submit_review", "提请会审", S.STORED, S.REVIEW, SECTOR, who=(of_sector,), primary=True),
        _step("answer_double", "答复疑似重复", S.REVIEW, None, DECIDERS, who=(not_who_entered,), when=has_doubles),
        _step(
            "approve", "批复", S.REVIEW, S.APPROVED, DECIDERS, who=(not_who_entered,), guards=(all_answered,),
            primary=True, instead=GONE_ON - {S.APPROVED},
        ),
        _step(
            "return_to_store", "退回修改", S.REVIEW, S.STORED, DECIDERS, who=(not_who_entered,), note_required=True,
            instead=GONE_ON,
        ),
        _step("set_lines", "调整资金来源", GONE_ON, None, {Role.FINANCE}),
        _step("award", "登记招标和合同", [S.APPROVED, S.STALLED, S.STARTED], None, BUILDERS, who=(of_project,)),
        _step("change_plan", "变更计划", GONE_ON, None, BUILDERS, who=(of_project,), note_required=True),
        _step("start", "登记开工", [S.APPROVED, S.STALLED], S.STARTED, OWNERS | SECTOR, who=(of_owner,), primary=True),
        _step("stall", "登记未能开工", S.APPROVED, S.STALLED, BUILDERS, who=(of_project,), note_required=True),
        _step("report_progress", "报告进度", S.STARTED, None, BUILDERS, who=(of_owner,)),
        _step("complete", "登记完工", S.STARTED, S.COMPLETED, BUILDERS, who=(of_owner,), primary=True),
        _step("accept", "验收", S.COMPLETED, S.ACCEPTED, SECTOR, who=(of_sector,), primary=True),
        _step(
            "refuse_acceptance", "验收不合格退回", S.COMPLETED, S.STARTED, SECTOR, who=(of_sector,), note_required=True,
        ),
        _step("publish", "登记竣工公示", S.ACCEPTED, S.PUBLISHED, BUILDERS, who=(of_owner,), primary=True),
        *NOTICES,
        _step("attach", "上传照片和材料", LIVE, None, BUILDERS | {Role.FINANCE}, who=(knows_project,)),
        _step(
            "cancel", "取消项目", [S.STORED, S.REVIEW, S.APPROVED, S.STALLED], S.CANCELLED, DECIDERS | SECTOR,
            guards=(nothing_paid,), when=was_not_begun, note_required=True,
            unless="已经开工的项目变更时不能取消，请批复或者退回。",
        ),
    ),
    others={
        "store": "申报入库", "paid": "资金拨付", "hand_over": "工作移交", "not_handed_over": "未移交（接任人应当回避）",
        "follow_unit": "随单位并入变更单位",
    },
)  # fmt: skip
