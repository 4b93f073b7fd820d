"""What may be done with an item, by whom, and when. One table: enforcement, buttons, `actions`, docs and tests."""

from typing import Any

from povertyaudit.core.models import Role
from povertyaudit.core.workflow import Transition, Workflow
from rectification.models import REGROUPED, State
from rectification.workflow.apart import applicant_apart, reviewer_apart, verifier_apart
from rectification.workflow.arranging import (
    ANSWERERS,
    ARRANGED,
    ASKERS,
    asks_change,
    decides_change,
    is_offered,
    is_pending,
    no_change_waits,
    nothing_arranged,
    takes_over,
    within_days,
)
from rectification.workflow.changes import not_as_refused
from rectification.workflow.evidence import evidence_is_complete
from rectification.workflow.extending import decides_extension, times_left
from rectification.workflow.guards import (
    application_holds,
    is_asked,
    is_paused,
    is_pressed,
    may_apply,
    measures_are_shown,
    money_is_back,
    nothing_asked,
    reports_are_in,
    review_holds,
    was_reported,
)
from rectification.workflow.publishing import (
    BEFORE_CLOSING,
    has_objection,
    is_not_filed,
    settles_objections,
)
from rectification.workflow.regrouping import (
    GROUPED,
    GROUPERS,
    asks_regrouping,
    decides_regrouping,
    is_settled,
    may_be_split,
    no_regrouping_waits,
    nothing_regrouped,
    regrouping_waits,
)
from rectification.workflow.ruled import publication_as_ruled
from rectification.workflow.stages import signs_for_the_unit
from rectification.workflow.who import (
    AT_WORK,
    DECIDERS,
    LEADERS,
    OPEN,
    PRESSED,
    PRESSERS,
    PUBLISHED,
    REGISTRARS,
    SIGNED,
    UNIT,
    VERIFIERS,
    WORKING,
    heads_main_unit,
    in_charge,
    leads_the_region,
    may_reopen,
    may_send_back,
    not_signed_before,
    not_the_applicant,
    not_the_asker,
    of_a_responsible_unit,
    of_lead_unit,
    of_main_unit,
    over_the_region,
    plans,
    verifying_body,
)


def _step(name: str, label: str, sources: Any, target: str | None, roles: Any, **more: Any) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=frozenset(roles), **more
    )


PROVEN = (measures_are_shown, money_is_back)

ITEM = Workflow(
    "item",
    "整改事项",
    (
        _step("issue", "下发", {State.DRAFT}, State.ISSUED, REGISTRARS, who=(in_charge,), primary=True, bulk=True),
        _step("accept", "签收", {State.ISSUED}, State.ACCEPTED, UNIT, who=(of_main_unit,), primary=True, bulk=True),
        _step("apply", "申请销号", WORKING | SIGNED | {State.LONG_TERM}, State.CLOSURE_APPLIED, {Role.UNIT_HEAD},
              who=(heads_main_unit,), when=may_apply,
              guards=(
                  applicant_apart, no_change_waits, no_regrouping_waits, was_reported, reports_are_in, *PROVEN, evidence_is_complete,
                  not_as_refused,
              ),
              primary=True),
        _step("review", "审核并签署", {State.CLOSURE_APPLIED}, State.SECTOR_REVIEWED, {Role.SECTOR},
              who=(of_lead_unit, not_the_applicant), guards=(reviewer_apart, application_holds, *PROVEN), primary=True),
        _step("verify", "复核并签署", {State.SECTOR_REVIEWED}, State.CLOSED, VERIFIERS,
              instead=PUBLISHED, who=(verifying_body, not_signed_before),
              guards=(verifier_apart, application_holds, review_holds, *PROVEN, publication_as_ruled),
              primary=True, bulk=True),
        _step("close", "公示期满销号", PUBLISHED, State.CLOSED, VERIFIERS, who=(verifying_body,),
              guards=(*BEFORE_CLOSING, money_is_back), primary=True),
        _step("register_objection", "登记异议", PUBLISHED, None, REGISTRARS | VERIFIERS, who=(in_charge,)),
        _step("dismiss_objection", "异议不成立", PUBLISHED, None, VERIFIERS | LEADERS, who=(settles_objections,),
              when=has_objection, unless="没有待答复的异议。", note_required=True),
        _step("uphold_objection", "异议成立", PUBLISHED, State.RECTIFYING, VERIFIERS | LEADERS,
              who=(settles_objections,), when=has_objection, unless="没有待答复的异议。", note_required=True),
        _step("archive", "归档", {State.CLOSED}, None, REGISTRARS | VERIFIERS, who=(in_charge,), when=is_not_filed,
              unless="该事项已经归档。"),
        _step("set_publication", "确定公示", OPEN, None, REGISTRARS | VERIFIERS, who=(in_charge,), note_required=True,
              bulk=True),
        _step("report", "报告进展", WORKING | {State.LONG_TERM}, None, UNIT, who=(of_a_responsible_unit,), primary=True),
        _step("send_back", "退回补充", SIGNED, State.RECTIFYING, VERIFIERS | {Role.SECTOR}, who=(may_send_back,),
              note_required=True),
        _step("request_extension", "申请延期", WORKING, None, UNIT, who=(of_main_unit,), when=nothing_asked,
              guards=(times_left,)),
        _step("decide_extension", "批复延期", WORKING, None, DECIDERS | LEADERS, who=(decides_extension, not_the_asker),
              when=is_asked, primary=True),
        _step("request_transfer", "变更单位", ARRANGED, None, ASKERS, who=(asks_change,), when=nothing_arranged,
              guards=(no_regrouping_waits,)),
        _step("decide_transfer", "批复变更", ARRANGED, None, DECIDERS | LEADERS, who=(decides_change,), when=is_pending,
              primary=True),
        _step("accept_transfer", "接收", ARRANGED, None, ANSWERERS, who=(takes_over,), when=is_offered, primary=True),
        _step("return_transfer", "退回变更", ARRANGED, None, ANSWERERS, who=(takes_over,), when=is_offered,
              guards=(within_days,), note_required=True),
        _step("request_split", "拆分", GROUPED, None, GROUPERS, who=(asks_regrouping,), when=may_be_split,
              unless="该事项的措施不到两条，或者已有拆分、合并待批，不能拆分。", guards=(is_settled, reports_are_in)),
        _step("request_merge", "并入其他事项", GROUPED, None, GROUPERS, who=(asks_regrouping,), when=nothing_regrouped,
              unless="该事项已有拆分、合并待批，请先批复。", guards=(is_settled, reports_are_in)),
        _step("decide_regrouping", "批复拆分合并", GROUPED, None, DECIDERS | LEADERS, instead=frozenset(REGROUPED),
              who=(decides_regrouping,), when=regrouping_waits, unless="该事项没有待批的拆分、合并。",
              primary=True),
        _step("mark_long_term", "列入长期坚持", WORKING, State.LONG_TERM, VERIFIERS, who=(verifying_body,),
              guards=(no_regrouping_waits,)),
        _step("report_stage", "阶段报告并签署", {State.LONG_TERM}, None, {Role.UNIT_HEAD}, who=(signs_for_the_unit,),
              primary=True),
        _step("set_stage", "调整阶段目标", {State.LONG_TERM}, None, VERIFIERS, who=(verifying_body,), note_required=True),
        _step("press", "督办", {State.ISSUED, State.CLOSURE_APPLIED, State.LONG_TERM} | WORKING, None,
              PRESSERS, who=(over_the_region,), note_required=True, bulk=True),
        _step("pause_pressing", "暂停督办", PRESSED, None, LEADERS, who=(leads_the_region,), when=is_pressed,
              note_required=True),
        _step("resume_pressing", "恢复督办", PRESSED, None, LEADERS, who=(leads_the_region,), when=is_paused),
        _step("reopen", "重新打开", {State.CLOSED, State.LONG_TERM}, State.RECTIFYING,
              VERIFIERS | LEADERS, who=(may_reopen,), note_required=True),
        _step("edit", "修改", OPEN, None, REGISTRARS, who=(in_charge,)),
        _step("set_rhythm", "调整报告周期", {State.ISSUED} | WORKING, None, REGISTRARS, who=(in_charge,),
              note_required=True, bulk=True),
        _step("add_measure", "增加措施", OPEN, None, REGISTRARS | UNIT, who=(plans,)),
        _step("edit_measure", "修改措施", OPEN, None, REGISTRARS | UNIT, who=(plans,)),
        _step("remove_measure", "删除措施", OPEN, None, REGISTRARS | UNIT, who=(plans,)),
        _step("add_result", "填写成效", AT_WORK, None, UNIT, who=(of_a_responsible_unit,)),
        _step("edit_result", "修改成效", AT_WORK, None, UNIT, who=(of_a_responsible_unit,)),
        _step("add_evidence", "上传佐证材料", AT_WORK, None, UNIT, who=(of_a_responsible_unit,)),
        _step("pair_evidence", "配成前后对比", AT_WORK, None, UNIT, who=(of_a_responsible_unit,)),
        _step("replace_evidence", "更换佐证材料", AT_WORK, None, UNIT, who=(of_a_responsible_unit,), note_required=True),
        _step("remove_evidence", "撤下佐证材料", AT_WORK, None, UNIT, who=(of_a_responsible_unit,), note_required=True),
    ),
    others={"create": "登记", "attach": "上传文件", "replace_file": "替换文件", "calendar": "随放假安排调整时限",
            "hand_over": "工作移交", "follow_unit": "随单位并入变更单位", "split_off": "由拆分产生", "carry_over": "承接原事项内容",
            "not_handed_over": "未移交（接任人应当回避）", "void": "作废（撤销表格导入）",},
)  # fmt: skip

HEAD_VERBS = (
    "issue", "accept", "apply", "review", "verify", "report", "send_back", "request_extension", "decide_extension",
    "accept_transfer", "return_transfer", "request_transfer", "decide_transfer",
    "request_split", "request_merge", "decide_regrouping",
    "mark_long_term", "report_stage", "set_stage", "press", "pause_pressing", "resume_pressing", "reopen", "edit",
    "set_rhythm", "close", "register_objection",
    "dismiss_objection", "uphold_objection", "archive", "set_publication",
)  # fmt: skip
