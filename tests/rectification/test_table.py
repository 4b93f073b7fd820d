"""Every transition × state × role: the table lets through exactly what is written here."""

import pytest

from povertyaudit.core.errors import DomainError, NotAllowed, WrongState
from povertyaudit.core.models import Role
from rectification.workflow import ITEM
from tests.rectification import makers
from tests.rectification.makers import STATES

WORK = "accepted rectifying"
AT_WORK = f"{WORK} closure_applied sector_reviewed long_term"
OPEN = f"draft issued {AT_WORK}"
BODY = "inspector1 inspector2"
UNIT = "official unithead"

# verb: {states} by {people}; for an item not born of a round, of 柳溪镇, reviewed by 县农业农村局
ALLOWED = {
    "issue": [("draft", f"{BODY} casemgr")],
    "accept": [("issued", UNIT)],
    "report": [(f"{WORK} long_term", UNIT)],
    "apply": [(f"{WORK} long_term", "unithead")],
    "review": [("closure_applied", "sector")],
    "verify": [("sector_reviewed", f"{BODY} leader")],
    "send_back": [("closure_applied", "sector"), ("sector_reviewed", f"{BODY} leader")],
    "request_extension": [(WORK, UNIT)],
    "decide_extension": [],
    "request_transfer": [(f"issued {WORK} long_term", f"{BODY} casemgr {UNIT}")],
    "decide_transfer": [],
    "accept_transfer": [],
    "return_transfer": [],
    "request_split": [(f"issued {WORK}", f"{BODY} casemgr {UNIT} sector")],
    "request_merge": [(f"issued {WORK}", f"{BODY} casemgr {UNIT} sector")],
    "decide_regrouping": [],
    "mark_long_term": [(WORK, f"{BODY} leader")],
    "report_stage": [("long_term", "unithead")],
    "set_stage": [("long_term", f"{BODY} leader")],
    "press": [(f"issued {WORK} closure_applied long_term", f"{BODY} casemgr leader secretary")],
    "pause_pressing": [(f"issued {WORK} closure_applied sector_reviewed", "leader secretary")],
    "resume_pressing": [],
    "close": [("public_notice", f"{BODY} leader")],
    "register_objection": [("public_notice", f"{BODY} casemgr leader")],
    "dismiss_objection": [],
    "uphold_objection": [],
    "archive": [("closed", f"{BODY} casemgr leader")],
    "set_publication": [(OPEN, f"{BODY} casemgr leader")],
    "reopen": [("closed", "leader secretary"), ("long_term", f"{BODY} leader")],
    "edit": [(OPEN, f"{BODY} casemgr")],
    "set_rhythm": [(f"issued {WORK}", f"{BODY} casemgr")],
    "add_measure": [(OPEN, f"{BODY} casemgr"), (OPEN.replace("draft ", ""), UNIT)],
    "edit_measure": [(OPEN, f"{BODY} casemgr"), (OPEN.replace("draft ", ""), UNIT)],
    "remove_measure": [(OPEN, f"{BODY} casemgr"), (OPEN.replace("draft ", ""), UNIT)],
    "add_result": [(AT_WORK, UNIT)],
    "edit_result": [(AT_WORK, UNIT)],
    "add_evidence": [(AT_WORK, UNIT)],
    "pair_evidence": [(AT_WORK, UNIT)],
    "replace_evidence": [(AT_WORK, UNIT)],
    "remove_evidence": [(AT_WORK, UNIT)],
}
EVERYBODY = [
    "petition",
    "casemgr",
    "inspector1",
    "inspector2",
    "investigator",
    "adjudicator",
    "leader",
    "secretary",
    "patroloffice",
    "patrol1",
    "official",
    "unithead",
    "otherofficial",
    "otherhead",
    "sector",
    "finance",
    "countyleader",
    "sysadmin",
    "secadmin",
    "auditor",
    "ledgerclient",
    "neighbour",
    "neighbourofficial",
]


def expected(verb):
    return {
        (state, who) for states, people in ALLOWED[verb] for state in states.split() for who in people.split()
    }


def test_the_table_names_every_verb():
    assert set(ALLOWED) == set(ITEM.transitions)


@pytest.mark.parametrize("state", STATES)
def test_transition_by_state_by_role(cast, state):
    item = makers.at(cast, state)
    for verb, step in ITEM.transitions.items():
        found = {who for who in EVERYBODY if step.offered(item, getattr(cast, who))}
        wanted = {who for at, who in expected(verb) if at == state}
        assert found == wanted, f"{verb} at {state}"


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_offered_is_refused_when_pressed(cast, state):
    item = makers.at(cast, state)
    for verb in ITEM.transitions:
        for who in EVERYBODY:
            if (state, who) in expected(verb):
                continue
            with pytest.raises((NotAllowed, WrongState)) as refused:
                ITEM.begin(item, verb, by=getattr(cast, who), note="理由")
            assert refused.value.status in (403, 409)
            assert refused.value.message.endswith("。")


def test_the_inspection_office_is_in_charge_of_what_a_round_found(cast):
    found = makers.finding(cast)
    item = makers.at(cast, "sector_reviewed", source="finding", finding=found, by=cast.patroloffice)
    verify = ITEM.transitions["verify"]
    assert {who for who in EVERYBODY if verify.offered(item, getattr(cast, who))} == {"patroloffice"}


def test_the_table_has_no_role_nobody_holds():
    assert all(step.roles <= set(Role.values) for step in ITEM.transitions.values())
    assert issubclass(NotAllowed, DomainError)
