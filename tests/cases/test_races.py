"""Four people press at once: one wins, three are told the record has moved on. On SQLite (a file) and PostgreSQL."""

import threading

import pytest
from django.db import connection, transaction

from cases import services as real
from cases.models import Lead, LeadPrint, Meeting, Outcome, Resolution, Suspect
from cases.services import repeats
from povertyaudit.core import jobs
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import AuditEntry, Clock, User
from tests import factories
from tests.cases.conftest import Maker, services
from tests.cases.exchange.test_meetings import held
from tests.cases.trial import member, tried

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 4


@pytest.fixture
def stage():
    return Maker(factories.cast())


def at_once(act):
    """What became of `PRESSES` presses at the same moment: a lead or the code of the refusal."""
    start, answers = threading.Barrier(PRESSES), []

    def press(number):
        try:
            start.wait()
            answers.append(act(number))
        except DomainError as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(PRESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize(("state", "verb", "who", "values", "code"), [
    ("dispatched", "sign_for", "inspector1", {}, "lead.propose"),
    ("proposed", "approve", "leader", {}, None),
    ("approved", "start_step", "inspector1", {}, "lead.verify"),
])  # fmt: skip
def test_of_four_presses_one_wins(stage, state, verb, who, values, code):
    lead = stage(state)
    pk = getattr(stage.people, who).pk

    def act(_number):
        return getattr(real, verb)(Lead.objects.get(pk=lead.pk), by=User.objects.get(pk=pk), **values)

    answers = at_once(act)
    assert sorted(a for a in answers if isinstance(a, str)) == [f"{verb}.state"] * (PRESSES - 1)
    assert AuditEntry.objects.of(lead).filter(verb=f"lead.{verb}").count() == 1
    if code:
        assert Clock.objects.of(lead).filter(code=code).count() == 1


def test_four_registrations_at_once_get_four_numbers_without_a_gap(stage):
    pk = stage.people.petition.pk
    made = at_once(lambda _number: stage.register(by=User.objects.get(pk=pk)))
    assert sorted(lead.number[-4:] for lead in made) == ["0001", "0002", "0003", "0004"]


def test_two_leads_merged_into_each_other_at_once_neither_lock_nor_vanish(stage):
    first, second = stage(), stage()
    pk = stage.people.casemgr.pk
    pairs = [(first, second), (second, first)] * 2

    def act(number):
        lead, into = (Lead.objects.get(pk=row.pk) for row in pairs[number])
        return real.merge(lead, by=User.objects.get(pk=pk), into=into)

    answers = at_once(act)
    assert sum(isinstance(answer, Lead) for answer in answers) == 1
    states = sorted(Lead.objects.filter(pk__in=(first.pk, second.pk)).values_list("state", flat=True))
    assert states == ["merged", "registered"]


def test_four_repeats_are_counted_as_four(stage):
    main, repeats = stage("signed_for"), [stage() for _ in range(PRESSES)]
    pk = stage.people.casemgr.pk
    at_once(
        lambda number: real.merge(
            Lead.objects.get(pk=repeats[number].pk),
            by=User.objects.get(pk=pk),
            into=Lead.objects.get(pk=main.pk),
        )
    )
    assert Lead.objects.get(pk=main.pk).repeats == PRESSES


def test_what_was_pressed_in_vain_leaves_nothing(stage):
    lead = stage("registered")
    with pytest.raises(DomainError):
        services.forward(lead, by=stage.people.casemgr, forwarded_to=" ")
    assert AuditEntry.objects.of(lead).count() == 1
    assert Lead.objects.get(pk=lead.pk).version == 1


def test_decisions_on_one_person_recorded_at_once_wait_for_each_other(stage):
    people, lead = stage.people, tried(stage, subjects=member())
    person, by = lead.subjects.get(), people.adjudicator.pk
    made = [
        services.suggest(lead, by=people.adjudicator, subject=person, measure="org_remove", body="县委组织部")
        for _ in range(PRESSES)
    ]

    def act(number):
        row = Outcome.objects.get(pk=made[number].pk)
        return real.record_decision(row, by=User.objects.get(pk=by), document_number=f"青组 {number}")

    assert [row.state for row in at_once(act)] == ["pending"] * PRESSES
    assert Outcome.objects.counted().count() == 1


def test_a_meeting_is_not_closed_while_a_resolution_of_it_is_opened_again(stage):
    people = stage.people
    meeting = held(people)
    row = meeting.resolutions.get()
    real.finish_resolution(row, by=people.official, done_text="已办。")
    pk = people.casemgr.pk

    def act(number):
        by = User.objects.get(pk=pk)
        if number % 2:
            return real.close_meeting(Meeting.objects.get(), by=by)
        return real.reopen_resolution(Resolution.objects.get(), by=by, note="没有附名单。")

    at_once(act)
    assert (Meeting.objects.get().state, Resolution.objects.get().state) in {
        ("open", "open"),
        ("closed", "done"),
    }


def test_the_search_for_repeats_leaves_out_what_is_just_being_written(stage):
    if not connection.features.has_select_for_update_skip_locked:
        pytest.skip("nothing to lock")
    busy, free = stage(), stage()

    def search():
        try:
            jobs.run(repeats.ask().pk)
        finally:
            connection.close()

    LeadPrint.objects.update(rules=0)
    with transaction.atomic():
        Lead.objects.select_for_update().get(pk=busy.pk)
        thread = threading.Thread(target=search)
        thread.start()
        thread.join(timeout=30)
        assert not thread.is_alive()
        assert list(repeats.unindexed()) == [busy]
    jobs.run(repeats.ask().pk)
    assert not repeats.unindexed().exists()
    assert Suspect.objects.filter(other=busy, lead=free).exists()
