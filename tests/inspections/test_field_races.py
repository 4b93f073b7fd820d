"""Field work at the same moment: what a round or a plan finishes with is numbered, nobody waits for ever, one sending is one visit."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from inspections import services as rounds
from inspections.models import AttendanceMonth, Round, RoundObject, Team, Visit, VisitPlan, Worksheet
from inspections.services import attendance, plans, visits, worksheets
from povertyaudit.core import rows
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import Attachment, AuditEntry, Region, User
from tests import factories
from tests.inspections import field_makers, makers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.servers]
PRESSES = 4
REACHES = 1.0  # seconds in which the second comes to where it must wait


def thread_of(act, answers, gate=None):
    """`act` with a connection of its own; its answer, or the code of the refusal, goes to `answers`."""

    def press():
        try:
            if gate is not None:
                gate.wait(20)
            answers.append(act())
        except DomainError as refusal:
            answers.append(refusal.code)
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    return threading.Thread(target=press)


def at_once(act):
    gate, answers = threading.Barrier(PRESSES), []
    threads = [thread_of(act, answers, gate) for _ in range(PRESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def overtaken(first, second, *, held=None):
    """`second` begins while `first` has done its work (or only `held` the round) and not committed; its answer."""
    answers = []
    with transaction.atomic():
        if held is None:
            first()
        else:
            rows.lock(held)
        thread = thread_of(second, answers)
        thread.start()
        thread.join(REACHES)
        if held is not None:
            first()
    thread.join(60)
    return answers[0]


def by(name):
    return User.objects.get(username=name)


def one(model, row):
    return model.objects.get(pk=row.pk)


@pytest.fixture
def county(transactional_db):
    """The cast, and a secret round with one object."""
    people = factories.cast()
    secret = makers.round_(people, "机动巡察", secret=True)
    members = [{"user": people.patrol1, "role": "leader"}, {"user": people.inspector1, "role": "member"}]
    rounds.set_team(secret, by=people.patroloffice, members=members)
    makers.objects(people, secret, "石桥坳村")
    people.secret = one(Round, secret)
    people.lone = [{"user": people.patrol1, "role": "leader"}]
    return people


def ends(county):
    return lambda: rounds.finish_round(one(Round, county.secret), by=by("patroloffice"))


def test_a_plan_finished_while_its_round_ends_has_its_number(county):
    plan = field_makers.plan(county, "under_way", round=county.secret, members=county.lone)
    done = overtaken(ends(county), lambda: plans.finish(one(VisitPlan, plan), by=by("patrol1")))
    assert done.number
    assert one(VisitPlan, plan).number == done.number


def signed(county):
    sheet = field_makers.worksheet(county, round=county.secret)
    for who in ("patrol1", "inspector1"):
        sheet = worksheets.sign(sheet, by=by(who))
    return sheet


def test_a_round_that_ends_while_a_sheet_is_registered_waits_for_it(county):
    sheet = signed(county)
    with pytest.raises(DomainError, match="登记为发现问题"):
        ends(county)()
    done = overtaken(lambda: worksheets.to_finding(one(Worksheet, sheet), by=by("patrol1")), ends(county))
    assert done.state == "finished"
    assert one(Worksheet, sheet).number is not None


def test_a_sheet_is_not_signed_while_its_round_ends(county):
    open_one = makers.round_(county, "常规巡察", team=False)  # numbered already: its finish locks no sheet
    members = [{"user": county.patrol1, "role": "leader"}, {"user": county.inspector1, "role": "member"}]
    rounds.set_team(open_one, by=county.patroloffice, members=members)
    sheet = worksheets.sign(field_makers.worksheet(county, round=one(Round, open_one)), by=by("patrol1"))

    def finish():
        return rounds.finish_round(one(Round, open_one), by=by("patroloffice"))

    def second():
        return worksheets.sign(one(Worksheet, sheet), by=by("inspector1"))

    assert overtaken(finish, second) == "sign.state"
    assert one(Worksheet, sheet).signatures.count() == 1


@pytest.mark.parametrize("what", ["visit", "worksheet"])
def test_what_comes_in_late_while_the_round_ends_is_numbered(county, what):
    plan = field_makers.plan(county, "finished", round=county.secret, members=county.lone)
    county.patrol1 = by("patrol1")

    def late():
        here = one(VisitPlan, plan)
        return (
            field_makers.visit(county, here) if what == "visit" else field_makers.worksheet(county, plan=here)
        )

    made = overtaken(ends(county), late, held=county.secret)
    assert type(made)._base_manager.get(pk=made.pk).number is not None
    assert one(VisitPlan, plan).number is not None


@pytest.mark.parametrize("verb", ["enter", "assign_team", "drop"])
def test_an_object_is_not_changed_in_a_round_that_has_ended(county, verb):
    said = {"assign_team": {"team": Team.objects.get()}, "drop": {"note": "另行安排"}}.get(verb, {})

    def press():
        return getattr(rounds, verb)(RoundObject.objects.get(), by=by("patroloffice"), **said)

    assert overtaken(ends(county), press) == f"{verb}.state"
    assert RoundObject.objects.get().state == "not_entered"


def test_an_object_is_left_by_one_of_two(county):
    rounds.enter(RoundObject.objects.get(), by=county.patrol1)

    def leaves():
        return rounds.leave(RoundObject.objects.get(), by=by("patrol1"))

    answer = overtaken(lambda: (leaves(), ends(county)()), leaves, held=county.secret)
    assert answer == "leave.state"


def test_two_rounds_put_below_each_other_at_once_make_no_circle(county):
    pair = [makers.round_(county, name) for name in ("甲", "乙")]

    def link(upper, lower):
        return lambda: rounds.link_round(one(Round, upper), by=by("patroloffice"), below=one(Round, lower))

    assert overtaken(link(*pair), link(*reversed(pair)), held=pair[0]) == "link_round.circle"


def test_a_month_is_reported_once(county):
    person = field_makers.villager(county)
    field_makers.visit(county, checks=[{"name": person.name, "found": "absent"}])

    def report():
        return attendance.record(by=by("patroloffice"), person=person, month="2026-03", days_present=20)

    assert overtaken(report, report) == "attendance.twice"
    row = AttendanceMonth.objects.get()
    assert AuditEntry.objects.of(row).filter(verb="attendancemonth.record").count() == 1


def test_one_sending_that_arrives_four_times_is_one_visit(county):
    person = field_makers.villager(county)
    place = Region.objects.get(code=factories.VILLAGE)

    def send():
        return visits.record(
            by=by("patrol1"), region=place, visited_on=date(2026, 3, 4), submission="phone-1", photos=[field_makers.jpeg()],
            checks=[{"name": person.name, "found": "absent"}],
        )  # fmt: skip

    answers = at_once(send)
    assert {getattr(answer, "pk", answer) for answer in answers} == {Visit.objects.get().pk}
    assert Attachment.objects.of(Visit.objects.get()).count() == 1
    assert Visit.objects.get().number.endswith("-0001")
    assert AttendanceMonth.objects.count() == 1
