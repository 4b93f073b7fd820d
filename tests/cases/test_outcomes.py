"""Decisions on persons: what the articles forbid, how long they take effect, execution, corrections, the four forms."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.models import Duty, LeadSubject, Outcome
from povertyaudit.core import moment, verify
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Clock, Notification
from tests.cases.conftest import services
from tests.cases.trial import decide, investigated, member, tried

pytestmark = pytest.mark.django_db


def refused(make, lead, measure, **values):
    with pytest.raises(RuleBroken) as refusal:
        decide(make, lead, measure, **values)
    return refusal.value


def on(*day):
    return datetime(*day, 2, tzinfo=UTC)


def running(outcome):
    return set(Clock.objects.of(outcome).running().values_list("code", flat=True))


def test_a_sanction_is_decided_after_the_trial_and_its_duties_begin(make, people):
    assert refused(make, investigated(make, subjects=member()), "party_warning").code == "decide.not_tried"
    lead = tried(make, subjects=member())
    assert refused(make, lead, "party_warning", document_number=" ").field == "document_number"
    assert refused(make, lead, "nonsense").field == "measure"
    day = moment.today() - timedelta(days=1)
    assert refused(make, lead, "party_warning", decided_on=day).field == "decided_on"
    outcome = decide(make, lead, "party_warning")
    assert outcome.number == f"990101-CL-{moment.today().year}-0001"
    assert (outcome.state, outcome.form, outcome.counts) == ("pending", 2, True)
    assert running(outcome) == {"sanction.announce", "sanction.file", "sanction.report"}
    assert running(decide(make, lead, "admin_demerit")) >= {"sanction.adjust"}


def test_no_sanction_before_the_trial_is_approved_and_begun_nor_while_evidence_is_supplemented(make, people):
    lead = investigated(make, subjects=member())
    services.propose(lead, by=people.investigator, method="adjudicate", proposal="移送审理。")
    assert refused(make, lead, "party_warning").code == "decide.not_tried"
    services.approve(lead, by=people.secretary)
    assert refused(make, lead, "party_warning").code == "decide.not_tried"
    services.start_step(lead, by=people.adjudicator)
    services.return_evidence(lead, by=people.adjudicator, note="账目不全。")
    assert refused(make, lead, "party_warning").code == "decide.not_tried"
    services.resubmit(lead, by=people.investigator, note="已补齐。")
    assert decide(make, lead, "party_warning").state == "pending"


def test_a_village_cadre_gets_no_heavy_administrative_sanction_in_service_and_database(make):
    lead = tried(make)
    refusal = refused(make, lead, "admin_removal")
    assert "政务处分法第二十二条" in refusal.message
    assert refusal.field == "measure"
    other = LeadSubject.objects.create(lead=lead, name="某人", kind="other")
    assert "第二十三条" in refused(make, lead, "admin_dismissal", subject=other).message
    outcome = decide(make, lead, "admin_major_demerit")
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=outcome.pk).update(measure="admin_removal")


def test_who_is_no_party_member_gets_no_party_sanction(make):
    lead = tried(make)
    assert refused(make, lead, "party_expulsion").field == "party_member"
    refusal = refused(make, lead, "party_expulsion", party_member=False)
    assert (refusal.field, "不是中共党员" in refusal.message) == ("measure", True)
    outcome = decide(make, lead, "party_expulsion", party_member=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=outcome.pk).update(party_member=False)


@pytest.mark.parametrize(("measure", "more", "until"), [
    ("party_warning", {}, date(2027, 3, 2)),
    ("party_serious_warning", {}, date(2027, 9, 2)),
    ("party_serious_warning", {"no_party_post": True}, date(2028, 3, 2)),
    ("party_removal", {}, date(2028, 3, 2)),
    ("party_probation", {"probation_months": 12}, date(2029, 3, 2)),
    ("party_expulsion", {}, date(2031, 3, 2)),
    ("admin_warning", {}, date(2026, 9, 2)),
    ("admin_demerit", {}, date(2027, 3, 2)),
    ("admin_major_demerit", {}, date(2027, 9, 2)),
    ("admin_demotion", {}, date(2028, 3, 2)),
    ("admin_removal", {}, date(2028, 3, 2)),
    ("admin_dismissal", {}, None),
    ("first_admonition", {}, date(2026, 9, 2)),
])  # fmt: skip
def test_the_period_of_effect_follows_the_dated_rules(make, measure, more, until):
    with moment.pretend(on(2026, 3, 2)):
        outcome = decide(make, tried(make, subjects=member()), measure, **more)
    assert outcome.effect_until == until
    assert ("（《" in outcome.effect_words) == (until is not None)


def test_a_new_sanction_in_an_old_period_adds_what_was_left_of_it(make, people):
    with moment.pretend(on(2026, 3, 2)):
        lead = tried(make, subjects=member())
        first = decide(make, lead, "party_warning")
    with moment.pretend(on(2026, 12, 2)):
        second = decide(make, lead, "party_serious_warning")
        assert decide(make, lead, "admin_warning").effect_until == date(
            2027, 6, 2
        )  # of another kind: not added
    left = first.effect_until - date(2026, 12, 2)
    assert (left.days, second.effect_until) == (90, date(2028, 6, 2) + left)
    assert "尚余 90 日" in second.effect_words
    with moment.pretend(on(2027, 1, 4)):
        other = tried(make, subjects=member())
        third = decide(make, other, "party_warning", earlier=second)
        assert "原党内严重警告影响期" in third.effect_words
        stranger = tried(make, subjects=member(name="郑某"))
        assert refused(make, stranger, "party_warning", earlier=second).field == "earlier"
    with moment.pretend(on(2030, 1, 4)):
        assert refused(make, other, "party_warning", earlier=second).field == "earlier"


def test_a_correction_keeps_the_remainder_and_who_was_added_to_a_revoked_decision_says_so(make, people):
    with moment.pretend(on(2026, 3, 2)):
        first = decide(make, tried(make, subjects=member()), "party_serious_warning")
    asked = {"by": people.adjudicator, "document_number": "复 1", "note": "复核决定变更。"}
    with moment.pretend(on(2026, 12, 2)):
        second = decide(make, tried(make, subjects=member()), "party_removal", earlier=first)
        changed = services_on(second, "correct", **asked, correction="change", measure="party_warning")
        assert changed.effect_until == date(2027, 12, 2) + (first.effect_until - date(2026, 12, 2))
        services_on(first, "correct", **asked, correction="revoke")
    changed = Outcome.objects.get(pk=changed.pk)
    assert "请核对影响期" in changed.effect_words
    assert Notification.objects.get(user=people.casemgr, kind="outcome.lost_basis").number == changed.number
    assert verify.verify().broken == []


def test_expulsion_in_a_running_period_adds_nothing(make):
    with moment.pretend(on(2026, 3, 2)):
        lead = tried(make, subjects=member())
        decide(make, lead, "party_warning")
        assert decide(make, lead, "party_expulsion").effect_until == date(2031, 3, 2)


def test_probation_is_one_or_two_years_and_ends_with_a_duty(make, people):
    lead = tried(make, subjects=member())
    assert refused(make, lead, "party_probation").field == "probation_months"
    assert refused(make, lead, "party_warning", probation_months=12).field == "probation_months"
    assert refused(make, lead, "party_removal", no_party_post=True).field == "no_party_post"
    outcome = decide(make, lead, "party_probation", probation_months=24)
    assert Clock.objects.of(outcome).get(code="sanction.probation").due_on == outcome.probation_until
    restore = outcome.duties.get(kind="restore")
    with pytest.raises(RuleBroken, match="期满后再恢复"):
        services_on(outcome, "record_execution", by=people.adjudicator, duty=restore, paper="恢复决定")


def services_on(outcome, verb, **values):
    from cases import services as real

    return getattr(real, verb)(Outcome.objects.get(pk=outcome.pk), **values)


def test_execution_is_recorded_one_by_one_and_the_last_ends_it(make, people):
    outcome = decide(make, tried(make, subjects=member()), "admin_demerit")
    act = {"by": people.adjudicator, "paper": "宣布记录"}
    announce, adjust, file, report = outcome.duties.all()
    with pytest.raises(RuleBroken):
        services_on(
            outcome, "record_execution", **act, duty=announce, done_on=moment.today() + timedelta(days=1)
        )
    services_on(outcome, "record_execution", **act, duty=announce)
    with pytest.raises(RuleBroken):
        services_on(outcome, "record_execution", **act, duty=announce)
    assert "sanction.announce" not in running(outcome)
    due = Clock.objects.of(outcome).get(code="sanction.adjust").due_on
    with pytest.raises(NotAllowed):
        services_on(outcome, "extend_execution", by=people.adjudicator, months=3, note="等待批复。")
    with pytest.raises(RuleBroken):
        services_on(outcome, "extend_execution", by=people.secretary, months=6, note="等待批复。")
    services_on(outcome, "extend_execution", by=people.secretary, months=5, note="等待批复。")
    assert Clock.objects.of(outcome).get(code="sanction.adjust").due_on > due
    services_on(outcome, "record_execution", **act, duty=adjust, applies=False)
    assert services_on(outcome, "record_execution", **act, duty=file).state == "pending"
    assert services_on(outcome, "record_execution", **act, duty=report).state == "executed"
    assert running(outcome) == set()
    assert [str(duty.standing) for duty in Duty.objects.filter(outcome=outcome)] == [
        "已办",
        "不涉及",
        "已办",
        "已办",
    ]
    with pytest.raises(WrongState):
        services_on(outcome, "record_execution", **act, duty=report)
