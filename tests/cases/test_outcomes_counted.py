"""Decisions on persons: what others decide, what a person counts as, and who neither sees nor records any of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.models import Outcome
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Recusal
from tests.cases.conftest import services
from tests.cases.test_outcomes import refused, running, services_on
from tests.cases.trial import decide, member, tried

pytestmark = pytest.mark.django_db


def test_the_prosecutor_returns_a_case_twice_at_most(make, people):
    outcome = decide(make, tried(make, subjects=member()), "transfer_prosecution")
    assert (outcome.form, outcome.duties.get().kind) == (4, "prosecute")
    for _ in range(2):
        services_on(outcome, "return_case", by=people.adjudicator, note="补充账目。")
        assert running(outcome) == {"case.supplement"}
        with pytest.raises(WrongState):
            services_on(outcome, "return_case", by=people.adjudicator, note="补充账目。")
        services_on(outcome, "resubmit_case", by=people.adjudicator)
    with pytest.raises(RuleBroken, match="以二次为限"):
        services_on(outcome, "return_case", by=people.adjudicator, note="补充账目。")
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=outcome.pk).update(supplements=3)
    services_on(outcome, "record_execution", by=people.adjudicator, duty=outcome.duties.get(), paper="起诉书")


def test_organisational_handling_is_suggested_by_us_and_decided_by_others(make, people):
    lead = tried(make, subjects=member())
    person = lead.subjects.get()
    with pytest.raises(RuleBroken):
        services.suggest(
            lead, by=people.adjudicator, subject=person, measure="party_warning", body="县委组织部"
        )
    made = services.suggest(
        lead, by=people.adjudicator, subject=person, measure="org_remove", body="县委组织部"
    )
    assert (made.state, made.decided_on, made.counts) == ("suggested", None, False)
    decided = services_on(
        made,
        "record_decision",
        by=people.adjudicator,
        document_number="青组〔2026〕9 号",
        measure="org_lateral",
    )
    assert (decided.state, decided.measure, decided.form, decided.counts) == (
        "pending",
        "org_lateral",
        2,
        True,
    )
    other = services.suggest(
        lead, by=people.adjudicator, subject=person, measure="org_demote", body="县委组织部"
    )
    with pytest.raises(RuleBroken):
        services_on(other, "decline", by=people.adjudicator, note=" ")
    assert services_on(other, "decline", by=people.adjudicator, note="另行调整。").state == "declined"


def test_a_person_counts_once_at_the_heaviest_form_and_a_correction_is_a_new_row(make, people):
    lead = tried(make, subjects=member())
    light = decide(make, lead, "first_criticism")
    heavy = decide(make, lead, "party_removal")
    decide(make, lead, "admin_warning")
    counted = Outcome.objects.counted()
    assert [row.pk for row in counted] == [heavy.pk]
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=light.pk).update(counts=True)
    asked = {
        "by": people.adjudicator,
        "correction": "review",
        "document_number": "复〔2026〕1 号",
        "note": "复审决定变更。",
    }
    with pytest.raises(RuleBroken):
        services_on(
            heavy,
            "correct",
            **asked,
            measure="party_warning",
            decided_on=heavy.decided_on - timedelta(days=1),
        )
    new = services_on(heavy, "correct", **asked, measure="party_warning")
    old = Outcome.objects.get(pk=heavy.pk)
    assert (old.state, old.counts, old.measure, new.corrects) == ("replaced", False, "party_removal", old)
    assert running(old) == set()
    assert [row.pk for row in Outcome.objects.counted()] == [new.pk]
    gone = services_on(new, "correct", **asked | {"correction": "revoke"})
    assert (gone.measure, gone.state, gone.form) == ("none_revoked", "executed", 0)
    assert Outcome.objects.counted().get().measure == "admin_warning"
    with pytest.raises(WrongState):
        services_on(old, "correct", **asked, measure="party_warning")


def test_who_is_recused_from_the_lead_sees_none_of_its_outcomes(make, people):
    lead = tried(make)
    outcome = decide(make, lead, "admin_warning")
    seen = Outcome.objects.visible_to
    assert seen(people.adjudicator).exists()
    assert seen(people.casemgr).exists()
    assert not seen(people.neighbour).exists()
    Recusal.objects.create(
        person=people.casemgr.person, target_label="cases.lead", target_id=lead.pk, reason="亲属",
        declared_by=people.leader, declared_at=moment.now(),
    )  # fmt: skip
    assert not seen(people.casemgr).filter(pk=outcome.pk).exists()


def test_the_neighbour_and_other_offices_record_nothing(make, people):
    lead = tried(make)
    for who in (people.neighbour, people.inspector1, people.petition):
        with pytest.raises(NotAllowed):
            services.decide(lead, by=who, subject=lead.subjects.get(), measure="none_no_sanction")


def test_no_text_of_an_outcome_may_say_who_complained(make, people):
    lead = tried(make, identity_status="claimed", complainant={"name": "欧阳明远", "phone": "13812345678"})
    for told in ({"facts": "据欧阳明远反映。"}, {"note": "联系 138 1234 5678 核实。"}):
        assert refused(make, lead, "admin_warning", **told).code == "vault.leak"
    outcome = decide(make, lead, "admin_warning")
    with pytest.raises(RuleBroken) as refusal:
        services_on(
            outcome,
            "record_execution",
            by=people.adjudicator,
            duty=outcome.duties.first(),
            paper="告知欧阳明远",
        )
    assert refusal.value.code == "vault.leak"
