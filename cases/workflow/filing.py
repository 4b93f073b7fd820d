"""From 立案 to execution: what a filed lead adds to the table of verbs, and the table of an outcome."""

from typing import Any

from cases.models import Lead, Method, Outcome, OutcomeKind, OutcomeState, State
from cases.roles import HANDLERS
from cases.workflow.who import carries_it_out, entered_past, holds, in_acting_unit, of_this_body
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

RECORDERS = HANDLERS | {Role.ADJUDICATION, Role.CASE_MANAGER}
DECIDABLE = frozenset({State.SIGNED_FOR, State.PROPOSED, State.APPROVED, State.IN_STEP})
IN_HAND = DECIDABLE | {State.CASE_FILED}
STANDING = frozenset({OutcomeState.PENDING, OutcomeState.EXECUTED})


def records_outcomes(lead: Lead, by: User) -> None:
    """审理室 and 案管室 of the body concerned, and the office the lead lies with."""
    if not of_this_body(lead, by, {Role.ADJUDICATION, Role.CASE_MANAGER}) and not holds(
        by, HANDLERS, lead.acting_unit_id
    ):
        raise NotAllowed("outcome.not_your_body", "处理结果由承办机关的审理室、案管室和承办部门登记。")


def of_its_lead(outcome: Outcome, by: User) -> None:
    records_outcomes(outcome.lead, by)


def head_of_body(outcome: Outcome, by: User) -> None:
    if not of_this_body(outcome.lead, by, {Role.SECRETARY}):
        raise NotAllowed("outcome.head", "延长执行期限须由主要负责人批准。")


def on_trial(lead: Lead) -> bool:
    return lead.method == Method.ADJUDICATE and lead.trial_returned_on is None


def may_return_again(lead: Lead) -> bool:
    """A past case was investigated before this register: there is no 立案 here under which to do it anew."""
    return on_trial(lead) and not entered_past(lead)


def is_filed(lead: Lead) -> bool:
    return lead.filed_on is not None


def _row(name: str, label: str, sources: Any, target: str | None, roles: Any, **more: Any) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=frozenset(roles), **more
    )


FILING = (
    _row("return_evidence", "退回补充证据", {State.IN_STEP}, None, {Role.ADJUDICATION}, who=(carries_it_out,),
         when=on_trial, note_required=True),
    _row("return_again", "退回重新审查调查", {State.IN_STEP}, State.CASE_FILED, {Role.ADJUDICATION},
         who=(carries_it_out,), when=may_return_again, note_required=True),
    _row("resubmit", "补证后重新送审", {State.IN_STEP}, None, HANDLERS, who=(in_acting_unit,), note_required=True,
         when=lambda lead: lead.trial_returned_on is not None, primary=True),
    _row("file_person", "登记立案人员", IN_HAND, None, RECORDERS, who=(records_outcomes,), when=is_filed),
    _row("decide", "登记处理决定", DECIDABLE, None, RECORDERS, who=(records_outcomes,)),
    _row("suggest", "提出组织处理建议", DECIDABLE, None, RECORDERS, who=(records_outcomes,)),
    _row("record_money", "登记涉案款物", IN_HAND, None, RECORDERS, who=(records_outcomes,)),
    _row("note_money", "登记款物缴纳", IN_HAND | {State.CONCLUDED}, None, RECORDERS, who=(records_outcomes,)),
)  # fmt: skip


def is_transfer(outcome: Outcome) -> bool:
    return outcome.kind == OutcomeKind.TRANSFER


def _outcome(name: str, label: str, sources: Any, target: str | None, **more: Any) -> Transition:
    return _row(
        name,
        label,
        sources,
        target,
        more.pop("roles", RECORDERS),
        who=more.pop("who", (of_its_lead,)),
        **more,
    )


OUTCOME = Workflow(
    "outcome",
    "处理结果",
    (
        _outcome("record_decision", "登记采纳的决定", {OutcomeState.SUGGESTED}, OutcomeState.PENDING, primary=True),
        _outcome("decline", "登记未采纳", {OutcomeState.SUGGESTED}, OutcomeState.DECLINED, note_required=True),
        _outcome("record_execution", "登记执行情况", {OutcomeState.PENDING}, None, primary=True,
                 when=lambda outcome: outcome.supplement_since is None),
        _outcome("extend", "延长执行期限", {OutcomeState.PENDING}, None, roles={Role.SECRETARY}, who=(head_of_body,),
                 note_required=True, when=lambda outcome: not is_transfer(outcome)),
        _outcome("return_case", "登记退回补充调查", {OutcomeState.PENDING}, None, note_required=True,
                 when=lambda outcome: is_transfer(outcome) and outcome.supplement_since is None),
        _outcome("resubmit_case", "补充调查后重新移送", {OutcomeState.PENDING}, None, primary=True,
                 when=lambda outcome: outcome.supplement_since is not None),
        _outcome("correct", "复审复核、变更或者撤销", STANDING, OutcomeState.REPLACED, note_required=True),
    ),
    others={"decide": "登记处理决定", "suggest": "提出组织处理建议", "enter_past": "补录以前的处理结果",
            "recount": "按最重的一种形态重新计入", "lost_basis": "所合并的原处分已变更或者撤销"},
)  # fmt: skip
