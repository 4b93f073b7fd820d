"""立案 to 审理: persons filed on, the period and who extends it, what the trial office sends back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cases.models import Case, CasePerson, Lead
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Clock
from tests.cases.conftest import services
from tests.cases.trial import member, on_trial

pytestmark = pytest.mark.django_db
SUMMER = timezone.make_aware(datetime(2026, 6, 1, 9))


def again(lead):
    return Lead.objects.get(pk=lead.pk)


def clock(lead, code):
    return Clock.objects.of(lead).filter(code=code).latest("pk")


def test_filing_makes_a_numbered_case_with_its_persons(make):
    lead = make(
        "case_filed",
        subjects=[
            *member(),
            {"name": "钱某", "kind": "village_cadre"},
            {"name": "孙某", "kind": "party_member"},
        ],
    )
    case = Case.objects.get(lead=lead)
    assert case.number == f"990101-LA-{moment.today().year}-0001"
    filed = {
        p.subject.name: (p.party_filed_on, p.state_filed_on) for p in CasePerson.objects.filter(lead=lead)
    }
    today = moment.today()
    assert filed == {"周某某": (today, today), "钱某": (None, today), "孙某": (today, None)}


def test_a_person_is_filed_on_by_party_and_state_each_with_its_day_and_body(make, people):
    lead = make("case_filed")
    person, today = lead.subjects.get(), moment.today()
    with pytest.raises(RuleBroken) as refusal:
        services.file_person(
            lead, by=people.investigator, subject=person, party_member=False, party_filed_on=today
        )
    assert refusal.value.field == "party_filed_on"
    with pytest.raises(RuleBroken):
        services.file_person(lead, by=people.investigator, subject=person)
    early = lead.received_on - timedelta(days=1)
    with pytest.raises(RuleBroken):
        services.file_person(lead, by=people.investigator, subject=person, state_filed_on=early)
    services.file_person(
        lead, by=people.investigator, subject=person, party_member=True, party_filed_on=today, party_body="青禾县纪委",
        state_filed_on=today,
    )  # fmt: skip
    row = CasePerson.objects.get(lead=lead)
    assert (row.party_body, row.party_member) == ("青禾县纪委", True)
    assert row.state_body


def test_the_investigation_is_extended_once_by_the_superior_body_with_its_paper(make, people):
    lead = make("case_filed")
    before = clock(lead, "case.investigate").due_on
    asked = {"by": people.secretary, "clock": "case.investigate", "days": 90, "note": "案情复杂。"}
    with pytest.raises(RuleBroken) as refusal:
        services.extend(lead, **asked)
    assert refusal.value.field == "superior_body"
    with pytest.raises(RuleBroken) as refusal:
        services.extend(lead, **asked, superior_body="市纪委监委")
    assert refusal.value.field == "document_number"
    paper = {"superior_body": "市纪委监委", "document_number": "市纪批〔2026〕8 号"}
    with pytest.raises(RuleBroken):
        services.extend(lead, **asked | {"days": 91}, **paper)
    services.extend(lead, **asked, **paper)
    after = clock(lead, "case.investigate")
    assert after.due_on == before + timedelta(days=90)
    assert "市纪批〔2026〕8 号" in after.extensions[0]["reason"]
    later = before + timedelta(days=200)
    for more in ({}, {"due_on": later, "days": 0}):
        with pytest.raises(RuleBroken, match="只能延长"):
            services.extend(lead, **asked | more, **paper)


def test_evidence_sent_for_stops_the_clock_of_the_trial(make, people):
    with moment.pretend(
        SUMMER
    ):  # no last day of it falls on a holiday, which would move on by days of its own
        lead = on_trial(make)
        due = clock(lead, "case.adjudicate").due_on
        services.return_evidence(lead, by=people.adjudicator, note="请补充证言。")
        assert clock(lead, "case.adjudicate").state == "paused"
        lead = again(lead)
        assert lead.acting_unit == people.investigator.home.unit
        with pytest.raises(NotAllowed):
            services.finish_step(lead, by=people.adjudicator, result="同意。")
        with pytest.raises((NotAllowed, WrongState)):
            services.return_evidence(lead, by=people.adjudicator, note="再补。")
    with moment.pretend(SUMMER + timedelta(days=14)):
        services.resubmit(lead, by=people.investigator, note="已补充证言 2 份。")
        assert clock(lead, "case.adjudicate").due_on == due + timedelta(days=14)
        services.finish_step(lead, by=people.adjudicator, result="同意处分建议。")
    back = again(lead).trial_returns.get()
    assert (back.reason, back.answer) == ("请补充证言。", "已补充证言 2 份。")


def test_sent_back_to_be_investigated_anew_the_first_trial_does_not_count(make, people):
    lead = on_trial(make)
    services.return_again(lead, by=people.adjudicator, note="主要事实不清。")
    lead = again(lead)
    assert (lead.state, lead.method) == ("case_filed", "file_case")
    assert clock(lead, "case.investigate").state == "running"
    services.start_step(lead, by=people.investigator)
    services.finish_step(lead, by=people.investigator, result="已补充查清。")
    with pytest.raises(RuleBroken, match="先移送审理"):
        services.propose(lead, by=people.investigator, method="close", proposal="结案。")
    services.propose(lead, by=people.investigator, method="adjudicate", proposal="再次移送审理。")
    assert [step.standing for step in lead.steps.all()][2] == "已退回"


def test_only_the_trial_office_sends_back(make, people):
    lead = on_trial(make)
    for verb in ("return_evidence", "return_again"):
        with pytest.raises(NotAllowed):
            getattr(services, verb)(lead, by=people.investigator, note="x")


def test_money_of_the_case_is_owed_taken_and_given_back(make, people):
    lead = make("case_filed")
    person = lead.subjects.get()
    owed = {"subject": person, "kind": "refund", "owed_fen": 500_00, "paper": "青纪收〔2026〕1 号"}
    for wrong, field in (({"owed_fen": 0}, "owed_fen"), ({"taken_fen": 600_00}, "taken_fen"),
                         ({"returned_fen": 1}, "returned_fen")):  # fmt: skip
        with pytest.raises(RuleBroken) as refusal:
            services.record_money(lead, by=people.investigator, **owed | wrong)
        assert refusal.value.field == field
    services.record_money(lead, by=people.investigator, **owed)
    money = lead.money.get()
    services.note_money(
        lead, by=people.investigator, money=money, taken_fen=500_00, returned_fen=200_00, paper="票 12"
    )
    found = Case.objects.filter(lead=lead).for_list().get()
    assert (found.owed_fen, found.taken_fen, found.returned_fen) == (500_00, 500_00, 200_00)
    with pytest.raises(RuleBroken):
        services.note_money(lead, by=people.investigator, money=money, taken_fen=501_00, paper="票 13")
