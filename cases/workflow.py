"""线索办理: who may do what to a lead, in which state. The same table enforces, draws buttons and is tested."""

from typing import TYPE_CHECKING, Any

from cases.models import Approver, IdentityStatus, Lead, Method, State
from cases.querysets import NOT_LEADS
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Role, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HANDLERS = frozenset({Role.SUPERVISION, Role.INVESTIGATION})
REGISTRY = frozenset({Role.CASE_MANAGER, Role.SECRETARY})
LEADERS = frozenset({Role.DEPUTY, Role.SECRETARY})
REGISTRARS = frozenset({Role.PETITION, Role.CASE_MANAGER, Role.SUPERVISION, Role.INVESTIGATION})
PART = REGISTRARS | LEADERS | {Role.ADJUDICATION}
OPEN = frozenset(State) - {State.CONCLUDED, State.FORWARDED, State.MERGED}
HANDLED = OPEN - {State.REGISTERED}
# Which posts carry out a step of each method.
DOERS: dict[str, frozenset[str]] = {
    Method.TALK_INQUIRY: HANDLERS,
    Method.VERIFY: HANDLERS,
    Method.INVESTIGATE: frozenset({Role.INVESTIGATION}),
    Method.ADJUDICATE: frozenset({Role.ADJUDICATION}),
}
CARRIED_OUT = frozenset({Method.TALK_INQUIRY, Method.VERIFY, Method.ADJUDICATE})


def holds(by: User, roles: "Iterable[str]", unit_id: int | None) -> bool:
    """Whether `by` holds one of `roles` in this unit today."""
    wanted = set(roles)
    return any(post.role in wanted and post.unit_id == unit_id for post in by.current_posts())


def of_this_body(lead: Lead, by: User, roles: "Iterable[str]") -> bool:
    """Whether `by` holds one of `roles` in the discipline body that registered the lead or handles it now."""
    units = (lead.registering_unit, lead.acting_unit)
    bodies = {unit.region_id[:6] for unit in units if unit is not None}
    wanted = set(roles)
    return any(post.role in wanted and post.region_id[:6] in bodies for post in by.current_posts())


def own_registry(lead: Lead, by: User) -> None:
    """The registry and the head of the body concerned, not those of another level or county."""
    if not of_this_body(lead, by, REGISTRY):
        raise NotAllowed("lead.not_your_body", "这件线索由登记机关或承办机关的案管室办理。")


def in_acting_unit(lead: Lead, by: User) -> None:
    if not holds(by, HANDLERS, lead.acting_unit_id):
        raise NotAllowed("lead.not_your_office", "只有当前承办部门的人员可以办理这一步。")


def carries_it_out(lead: Lead, by: User) -> None:
    """The office the step lies with, and the kind of office the step needs."""
    method = Method.INVESTIGATE if lead.state == State.CASE_FILED else lead.method
    if not holds(by, DOERS.get(method, HANDLERS), lead.acting_unit_id):
        raise NotAllowed("lead.not_your_office", "这一步由当前承办部门的相应人员办理。")


def approves_this(lead: Lead, by: User) -> None:
    """The leader named at dispatch; the head of the body where the rules ask for him (domain §1.5)."""
    if lead.approver == Approver.SECRETARY:
        if not of_this_body(lead, by, {Role.SECRETARY}):
            raise NotAllowed("lead.secretary_decides", "这一处置意见须由主要负责人审批。")
    elif lead.leader_id != by.pk:
        raise NotAllowed("lead.leader_decides", "这一处置意见由分办时指定的分管领导审批。")


def not_the_proposer(lead: Lead, by: User) -> None:
    """Two natural persons: one person with two accounts is one person."""
    if lead.proposed_by is not None and lead.proposed_by.person_id == by.person_id:
        raise NotAllowed("lead.own_proposal", "处置意见的提出人和审批人不能是同一个人。")


def registered_here(lead: Lead, by: User) -> None:
    if not holds(by, REGISTRARS, lead.registering_unit_id):
        raise NotAllowed("lead.not_registered_here", "只有登记该件的单位可以办理。")


def case_manager_or_registered_here(lead: Lead, by: User) -> None:
    if not of_this_body(lead, by, {Role.CASE_MANAGER}):
        registered_here(lead, by)


def petition_desk(lead: Lead, by: User) -> None:
    if not holds(by, {Role.PETITION}, lead.registering_unit_id):
        raise NotAllowed("lead.not_your_desk", "只有登记该件的信访工作人员可以办理。")


def named_leader_or_registry(lead: Lead, by: User) -> None:
    """Its leader; registry and head of its own body or of one above (a superior presses too)."""
    units = (lead.registering_unit, lead.acting_unit)
    places = [lead.region_id, *(unit.region_id for unit in units if unit is not None)]
    above = any(
        place.startswith(prefix_of(post.region_id))
        for post in by.current_posts()
        if post.role in REGISTRY
        for place in places
    )
    if not above and lead.leader_id != by.pk:
        raise NotAllowed("lead.leader_only", "只有该线索的分管领导可以办理。")


def amends(lead: Lead, by: User) -> None:
    """The registry always; the registering unit until it is dispatched; the handling office from then on."""
    if of_this_body(lead, by, {Role.CASE_MANAGER}):
        return
    if lead.state == State.REGISTERED:
        registered_here(lead, by)
    elif not holds(by, HANDLERS, lead.acting_unit_id):
        raise NotAllowed("lead.not_your_office", "分办以后，登记内容由当前承办部门或案管室修改。")


def assigns(lead: Lead, by: User) -> None:
    if not of_this_body(lead, by, {Role.CASE_MANAGER}) and not holds(
        by, HANDLERS | {Role.ADJUDICATION}, lead.acting_unit_id
    ):
        raise NotAllowed("lead.not_your_office", "只有案管室和当前承办部门可以调整人员。")


def attaches(lead: Lead, by: User) -> None:
    """Who registered it, and the office it lies with."""
    if not holds(by, HANDLERS | {Role.ADJUDICATION}, lead.acting_unit_id):
        case_manager_or_registered_here(lead, by)


def concludes(lead: Lead, by: User) -> None:
    if lead.state == State.REGISTERED:
        registered_here(lead, by)
    else:
        in_acting_unit(lead, by)


def _method(*methods: str) -> "Callable[[Any], bool]":
    return lambda lead: lead.method in methods


def is_a_lead(lead: Lead, by: User) -> None:
    if lead.kind in NOT_LEADS:
        text = "咨询求助和意见建议不作为问题线索分办，请直接答复后办结；确属检举控告的，先修改类型。"
        raise RuleBroken("dispatch.not_a_lead", text, field="kind")


def may_conclude(lead: Lead) -> bool:
    """After an approved 予以了结, or a consultation that was answered."""
    if lead.state == State.REGISTERED:
        return lead.kind in NOT_LEADS
    return lead.method == Method.CLOSE


def may_start(lead: Lead) -> bool:
    return lead.state == State.CASE_FILED or lead.method in CARRIED_OUT


def may_reply(lead: Lead) -> bool:
    return lead.method == Method.TALK_INQUIRY


def _step(
    name: str, label: str, sources: "Iterable[str]", target: str | None, roles: "Iterable[str]", **more: Any
) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=frozenset(roles), **more
    )


MAIN = (
    _step("dispatch", "分办", {State.REGISTERED}, State.DISPATCHED, {Role.CASE_MANAGER}, who=(own_registry,),
          guards=(is_a_lead,), primary=True, bulk=True),
    _step("sign_for", "签收", {State.DISPATCHED}, State.SIGNED_FOR, HANDLERS, who=(in_acting_unit,), primary=True,
          bulk=True),
    _step("propose", "提出处置意见", {State.SIGNED_FOR}, State.PROPOSED, HANDLERS, who=(in_acting_unit,), primary=True),
    _step("approve", "批准", {State.PROPOSED}, State.APPROVED, LEADERS, who=(approves_this, not_the_proposer), primary=True),
    _step("send_back", "退回重提", {State.PROPOSED}, State.SIGNED_FOR, LEADERS, who=(approves_this,), note_required=True),
    _step("start_step", "开始办理", {State.APPROVED, State.CASE_FILED}, State.IN_STEP, HANDLERS | {Role.ADJUDICATION},
          who=(carries_it_out,), when=may_start, primary=True),
    _step("record_reply", "登记谈话函询情况", {State.IN_STEP}, None, HANDLERS, who=(in_acting_unit,), when=may_reply),
    _step("finish_step", "完成本步办理", {State.IN_STEP}, State.SIGNED_FOR, HANDLERS | {Role.ADJUDICATION},
          who=(carries_it_out,), primary=True),
    _step("file_case", "立案", {State.APPROVED}, State.CASE_FILED, HANDLERS, who=(in_acting_unit,),
          when=_method(Method.FILE_CASE), primary=True),
    _step("hold", "转入暂存待查", {State.APPROVED}, State.HELD, HANDLERS, who=(in_acting_unit,),
          when=_method(Method.HOLD), primary=True),
    _step("conclude", "办结", {State.APPROVED, State.REGISTERED}, State.CONCLUDED, HANDLERS | {Role.PETITION, Role.CASE_MANAGER},
          who=(concludes,), when=may_conclude, primary=True),
)  # fmt: skip

BESIDE = (
    _step("reactivate", "重新启动", {State.HELD}, State.SIGNED_FOR, HANDLERS, who=(in_acting_unit,), note_required=True,
          primary=True),
    _step("reopen", "撤销办结重新办理", {State.CONCLUDED}, State.SIGNED_FOR, {Role.CASE_MANAGER, Role.SECRETARY},
          who=(own_registry,), when=lambda lead: lead.handling_unit_id is not None, note_required=True),
    _step("hand_back", "退回案管室", {State.DISPATCHED, State.SIGNED_FOR}, State.REGISTERED, HANDLERS,
          who=(in_acting_unit,), note_required=True, when=lambda lead: not lead.method),
    _step("forward", "转办", {State.REGISTERED}, State.FORWARDED, {Role.CASE_MANAGER, Role.PETITION},
          who=(case_manager_or_registered_here,)),
    _step("merge", "合并", {State.REGISTERED, State.DISPATCHED, State.SIGNED_FOR}, State.MERGED, {Role.CASE_MANAGER},
          who=(own_registry,)),
    _step("press", "督办", HANDLED, None, LEADERS | {Role.CASE_MANAGER}, who=(named_leader_or_registry,), note_required=True,
          bulk=True),
    _step("extend", "延长期限", OPEN, None, {Role.CASE_MANAGER, Role.SECRETARY}, who=(own_registry,)),
    _step("assign", "调整承办人员", HANDLED, None, HANDLERS | {Role.CASE_MANAGER, Role.ADJUDICATION}, who=(assigns,),
          bulk=True),
    _step("acknowledge", "登记受理告知", frozenset(State) - {State.MERGED, State.FORWARDED}, None, REGISTRARS,
          who=(registered_here,), when=lambda lead: lead.acknowledgement_owed,
        primary=True,
    ),
    _step("feedback", "登记结果反馈", {State.CONCLUDED}, None, REGISTRARS, who=(registered_here,),
          when=lambda lead: lead.feedback_owed, primary=True),
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
    (*MAIN, *BESIDE),
    others={
        "register": "登记", "replace_file": "更换材料",
        "receive_merge": "并入重复件",
        "hand_over": "工作移交", "not_handed_over": "未移交（接任人应当回避）",
    },
)  # fmt: skip
