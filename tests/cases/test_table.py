"""Every transition × state × role: the table lets through exactly what is written here, and refuses the rest."""

import pytest

from cases.models import State
from cases.workflow import LEAD
from povertyaudit.core.errors import NotAllowed, WrongState
from tests import factories

EVERYBODY = [name for name, *_ in factories.PEOPLE]
HANDLING = "dispatched signed_for proposed approved in_step held case_filed"
OPEN = f"registered {HANDLING}"
OFFICE = "inspector1 inspector2"
TOLD = "petition casemgr"

# verb: {state: people}. Leads as `Maker` makes them: registered by 信访室, named, handled by 第一监督检查室 under
# `leader`, approved for 初步核实 (held: 暂存; concluded: 了结; case_filed: with 审查调查室).
ALLOWED = {
    "dispatch": {"registered": "casemgr"},
    "sign_for": {"dispatched": OFFICE},
    "propose": {"signed_for": OFFICE},
    "approve": {"proposed": "leader"},
    "send_back": {"proposed": "leader"},
    "start_step": {"approved": OFFICE, "case_filed": "investigator"},
    "record_reply": {},
    "finish_step": {"in_step": OFFICE},
    "file_case": {},
    "hold": {},
    "conclude": {},
    "reactivate": {"held": OFFICE},
    "review_hold": {"held": OFFICE},
    "record_duty": {},
    "reopen": {"concluded": "casemgr secretary"},
    "hand_back": {"dispatched signed_for": OFFICE},
    "forward": {"registered": TOLD},
    "return_to_sender": {},
    "void": {"registered": TOLD},
    "merge": {"registered": TOLD, "dispatched signed_for": "casemgr"},
    "press": {HANDLING: "casemgr leader secretary"},
    "extend": {OPEN: "casemgr secretary"},
    "assign": {HANDLING.replace("case_filed", ""): f"casemgr {OFFICE}", "case_filed": "casemgr investigator"},
    "acknowledge": {f"{OPEN} concluded merged": "petition"},  # merged into one that bore no name: told once
    "feedback": {"concluded": "petition"},
    "verify_identity": {OPEN: "petition"},
    "amend": {"registered": TOLD, HANDLING.replace("case_filed", ""): f"casemgr {OFFICE}",
              "case_filed": "casemgr investigator"},
    "attach": {"registered": TOLD, HANDLING.replace("case_filed", ""): f"{TOLD} {OFFICE}",
               "case_filed": f"{TOLD} investigator"},
    "lift_recusal": {OPEN: "casemgr secretary"},
    "recuse": {OPEN: f"{TOLD} {OFFICE} investigator adjudicator leader secretary neighbour"},
    # Nobody assists, nothing was assigned for a result, and no batch holds them: exchange/ tells of those.
    "give_assistance": {},
    "report_back": {},
    "ask_assist": {HANDLING: "casemgr"},
    "join_batch": {f"{OPEN} concluded forwarded merged returned": "casemgr"},
    "leave_batch": {},
    "tick": {HANDLING.replace("case_filed", ""): OFFICE, "case_filed": "investigator"},
    "archive": {"concluded": "casemgr"},
    "draft_feedback": {"concluded": OFFICE},
    "settle_objection": {},
    "request_identity": {
        f"{OPEN} concluded": f"casemgr {OFFICE} investigator adjudicator leader secretary neighbour"
    },
}  # fmt: skip
ALLOWED["add_subject"] = ALLOWED["amend_subject"] = ALLOWED["remove_subject"] = ALLOWED["amend"]
ALLOWED["add_number"] = ALLOWED["amend"]
ALLOWED |= {
    "decide": {"signed_for proposed approved in_step": f"adjudicator casemgr {OFFICE}"},
    "file_person": {"case_filed": "adjudicator casemgr investigator"},
    "return_evidence": {},
    "return_again": {},
    "resubmit": {},
}
ALLOWED["suggest"] = ALLOWED["decide"]
ALLOWED["record_money"] = ALLOWED["decide"] | ALLOWED["file_person"]
ALLOWED["note_money"] = ALLOWED["record_money"] | {"concluded": f"adjudicator casemgr {OFFICE}"}
ALLOWED["link"] = ALLOWED["keep_apart"] = ALLOWED["unlink"] = {
    "registered forwarded": TOLD, HANDLING.replace("case_filed", "concluded"): f"{TOLD} {OFFICE}",
    "case_filed": f"{TOLD} investigator",
}  # fmt: skip
# What the method of the disposition adds: (state, method) → verb: people.
BY_METHOD = {
    ("approved", "file_case"): {"file_case": OFFICE},
    ("approved", "hold"): {"hold": OFFICE},
    ("approved", "close"): {"conclude": OFFICE},
    ("approved", "talk_inquiry"): {"start_step": OFFICE},
    ("in_step", "talk_inquiry"): {"record_reply": OFFICE, "finish_step": OFFICE},
    ("proposed", "file_case"): {"approve": "secretary", "send_back": "secretary"},
}


def wanted(verb, state):
    return {
        who for states, people in ALLOWED[verb].items() if state in states.split() for who in people.split()
    }


def test_the_table_here_names_every_verb():
    assert set(ALLOWED) == set(LEAD.transitions)


@pytest.fixture
def named(make):
    return lambda state, **more: make(state, identity_status="claimed", complainant={"name": "李四"}, **more)


@pytest.mark.parametrize("state", State.values)
def test_each_verb_in_each_state_is_for_exactly_these_people_and_refused_to_the_rest(named, people, state):
    lead = named(state)
    for verb, step in LEAD.transitions.items():
        found = {who for who in EVERYBODY if step.offered(lead, getattr(people, who))}
        assert found == wanted(verb, state), f"{verb} in {state}"
        for who in set(EVERYBODY) - found:
            with pytest.raises((NotAllowed, WrongState)) as refusal:
                LEAD.begin(lead, verb, by=getattr(people, who), note="理由")
            assert refusal.value.message.endswith("。")


@pytest.mark.parametrize(("state", "method"), BY_METHOD)
def test_the_approved_method_decides_what_follows(make, people, state, method):
    lead = make(state, method=method, sub_method="inquiry" if method == "talk_inquiry" else "")
    dependent = {
        "file_case",
        "hold",
        "conclude",
        "start_step",
        "record_reply",
        "finish_step",
        "approve",
        "send_back",
    }
    expected = BY_METHOD[state, method]
    for verb in dependent:
        step = LEAD.transitions[verb]
        found = {who for who in EVERYBODY if step.offered(lead, getattr(people, who))}
        assert found == set(expected.get(verb, "").split()), f"{verb} for {method} in {state}"


def test_a_consultation_is_answered_by_the_desk(make, people):
    lead = make(kind="consultation", category=None)
    step = LEAD.transitions["conclude"]
    assert {who for who in EVERYBODY if step.offered(lead, getattr(people, who))} == {"petition"}
