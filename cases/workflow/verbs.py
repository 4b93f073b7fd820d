"""线索办理: who may do what to a lead, in which state. The same table enforces, draws buttons and is tested."""

from typing import TYPE_CHECKING, Any

from cases.models import IdentityStatus, Method, State
from cases.roles import HANDLERS, LEADERS, PART, REGISTRARS
from povertyaudit.core.models import Role
from povertyaudit.core.workflow import Transition, Workflow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

from cases.workflow.ending import ENDING
from cases.workflow.exchange import EXCHANGE
from cases.workflow.filing import FILING
from cases.workflow.identity import ASKING
from cases.workflow.people import PEOPLE
from cases.workflow.repeats import REPEATS
from cases.workflow.standing_aside import STANDING_ASIDE
from cases.workflow.who import (
    HANDLED,
    LEFT,
    OPEN,
    amends,
    approves_this,
    assigns,
    attaches,
    carries_it_out,
    case_manager_or_registered_here,
    concludes,
    in_acting_unit,
    is_a_lead,
    is_timed,
    may_conclude,
    may_hand_back,
    may_reply,
    may_start,
    merges,
    named_leader_or_registry,
    not_stopped,
    not_the_proposer,
    own_registry,
    petition_desk,
    registered_here,
    was_handed_in,
)

ANSWER_INSTEAD = "咨询求助和意见建议不作为问题线索分办，请直接答复后办结；确属检举控告的，先修改类型。"
IN_HAND_ALREADY = "已提出过处置意见的件和补录的件不能退回案管室，请提出处置意见，继续办理。"
NOBODY_SENT = "只有上级交来、巡视巡察移交和其他机关移交的件可以退回来件单位；不属本机关管辖的请转办。"


def _method(*methods: str) -> "Callable[[Any], bool]":
    return lambda lead: lead.method in methods


def _step(
    name: str, label: str, sources: "Iterable[str]", target: str | None, roles: "Iterable[str]", **more: Any
) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=frozenset(roles), **more
    )


APPROVERS = LEADERS | {Role.CASE_MANAGER}  # 案管室 enters what was approved outside the house

MAIN = (
    _step("dispatch", "分办", {State.REGISTERED}, State.DISPATCHED, {Role.CASE_MANAGER}, who=(own_registry,),
          when=is_a_lead, unless=ANSWER_INSTEAD, primary=True, bulk=True),
    _step("sign_for", "签收", {State.DISPATCHED}, State.SIGNED_FOR, HANDLERS, who=(in_acting_unit,), primary=True,
          bulk=True),
    _step("propose", "提出处置意见", {State.SIGNED_FOR}, State.PROPOSED, HANDLERS, who=(in_acting_unit,),
          guards=(not_stopped,), primary=True),
    _step("approve", "批准", {State.PROPOSED}, State.APPROVED, APPROVERS,
          who=(approves_this, not_the_proposer), guards=(not_stopped,), primary=True),
    _step("send_back", "退回重提", {State.PROPOSED}, State.SIGNED_FOR, APPROVERS, who=(approves_this,),
          note_required=True),
    _step("start_step", "开始办理", {State.APPROVED, State.CASE_FILED}, State.IN_STEP, HANDLERS | {Role.ADJUDICATION},
          who=(carries_it_out,), guards=(not_stopped,), when=may_start, primary=True),
    _step("record_reply", "登记谈话函询情况", {State.IN_STEP}, None, HANDLERS, who=(in_acting_unit,),
          guards=(not_stopped,), when=may_reply),
    _step("finish_step", "完成本步办理", {State.IN_STEP}, State.SIGNED_FOR, HANDLERS | {Role.ADJUDICATION},
          who=(carries_it_out,), guards=(not_stopped,), primary=True),
    _step("file_case", "立案", {State.APPROVED}, State.CASE_FILED, HANDLERS, who=(in_acting_unit,), guards=(not_stopped,),
          when=_method(Method.FILE_CASE), primary=True),
    _step("hold", "转入暂存待查", {State.APPROVED}, State.HELD, HANDLERS, who=(in_acting_unit,), guards=(not_stopped,),
          when=_method(Method.HOLD), primary=True),
    _step("conclude", "办结", {State.APPROVED, State.REGISTERED}, State.CONCLUDED, HANDLERS | {Role.PETITION, Role.CASE_MANAGER},
          who=(concludes,), guards=(not_stopped,), when=may_conclude, primary=True),
)  # fmt: skip

BESIDE = (
    _step("reactivate", "重新启动", {State.HELD}, State.SIGNED_FOR, HANDLERS, who=(in_acting_unit,), note_required=True,
          primary=True),
    _step("review_hold", "登记暂存复核", {State.HELD}, None, HANDLERS, who=(in_acting_unit,), note_required=True),
    _step("reopen", "撤销办结重新办理", {State.CONCLUDED}, State.SIGNED_FOR, {Role.CASE_MANAGER, Role.SECRETARY},
          who=(own_registry,), when=lambda lead: lead.handling_unit_id is not None, note_required=True),
    _step("hand_back", "退回案管室", {State.DISPATCHED, State.SIGNED_FOR}, State.REGISTERED, HANDLERS,
          who=(in_acting_unit,), note_required=True, when=may_hand_back, unless=IN_HAND_ALREADY),
    _step("forward", "转办", {State.REGISTERED}, State.FORWARDED, {Role.CASE_MANAGER, Role.PETITION},
          who=(case_manager_or_registered_here,)),
    _step("return_to_sender", "退回来件单位", {State.REGISTERED}, State.RETURNED, {Role.CASE_MANAGER, Role.PETITION},
          who=(case_manager_or_registered_here,), when=was_handed_in, unless=NOBODY_SENT, note_required=True),
    _step("void", "登记有误作废", {State.REGISTERED}, State.VOIDED, {Role.CASE_MANAGER, Role.PETITION, *HANDLERS},
          who=(case_manager_or_registered_here,), note_required=True),
    _step("merge", "合并", {State.REGISTERED, State.DISPATCHED, State.SIGNED_FOR}, State.MERGED, {Role.CASE_MANAGER, Role.PETITION},
          who=(merges,)),
    _step("press", "督办", HANDLED, None, LEADERS | {Role.CASE_MANAGER}, who=(named_leader_or_registry,), note_required=True,
          bulk=True),
    _step("extend", "延长期限", OPEN, None, {Role.CASE_MANAGER, Role.SECRETARY}, who=(own_registry,),
          when=is_timed, unless="没有正在计算的期限，不需要延长。"),
    _step("assign", "调整承办人员", HANDLED, None, HANDLERS | {Role.CASE_MANAGER, Role.ADJUDICATION}, who=(assigns,),
          bulk=True),
    _step("acknowledge", "登记受理告知", frozenset(State) - LEFT | {State.MERGED}, None, REGISTRARS,
          who=(registered_here,), when=lambda lead: lead.acknowledgement_owed,
        primary=True,
    ),
    _step("feedback", "登记结果反馈", {State.CONCLUDED}, None, REGISTRARS, who=(registered_here,),
          when=lambda lead: lead.feedback_owed, primary=True),
    _step("record_duty", "登记后续事项", {State.CONCLUDED}, None, HANDLERS | {Role.CASE_MANAGER}, who=(assigns,),
          when=lambda lead: bool(lead.duties_owed), primary=True),
    _step("verify_identity", "核实署名", OPEN, None, {Role.PETITION}, who=(petition_desk,),
          when=lambda lead: lead.identity_status == IdentityStatus.CLAIMED),
    _step("amend", "修改登记", OPEN, None, REGISTRARS, who=(amends,)),
    _step("add_subject", "增加被反映人", OPEN, None, REGISTRARS, who=(amends,)),
    _step("add_number", "登记外部编号", OPEN, None, REGISTRARS, who=(amends,)),
    _step("attach", "上传材料", OPEN, None, REGISTRARS | {Role.ADJUDICATION}, who=(attaches,)),
    _step("recuse", "回避", OPEN, None, PART),
)  # fmt: skip

LEAD = Workflow(
    "lead",
    "问题线索",
    (*MAIN, *BESIDE, *PEOPLE, *REPEATS, *STANDING_ASIDE, *ASKING, *ENDING, *EXCHANGE, *FILING),
    others={
        "register": "登记", "enter_past": "补录以前的案件", "replace_file": "更换材料",
        "receive_merge": "并入重复件", "conflict_found": "按申报回避", "stand_aside": "因回避调整",
        "hand_over": "工作移交", "not_handed_over": "未移交（接任人应当回避）",
    },
)  # fmt: skip
