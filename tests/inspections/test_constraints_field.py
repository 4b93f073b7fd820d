"""What the database refuses of field work, whoever asks; every constraint is broken here once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from inspections.models import (
    AttendanceMonth,
    PlanMember,
    PlanPlace,
    Sample,
    VillagePerson,
    Visit,
    VisitCheck,
    VisitPlan,
    Worksheet,
    WorksheetSignature,
)
from povertyaudit.core import moment
from tests.inspections import field_makers as makers
from tests.inspections import makers as rounds

pytestmark = pytest.mark.django_db


def changed(**values):
    def act(row, people):
        type(row).objects.filter(pk=row.pk).update(**values)

    return act


def _sample(row, people):
    Sample.objects.create(
        plan=row, kind="places", seed="一", size=0, population=[], drawn=[], drawn_by=people.patrol1,
        drawn_at=moment.now(),
    )  # fmt: skip


PLANS = {
    "plan_ends_after_start": changed(ends_on=date(2000, 1, 1)),
    "plan_two_persons": lambda row, people: VisitPlan.objects.filter(pk=row.pk).update(
        approver=people.patroloffice
    ),
    "plan_number_only_at_the_end": changed(number="AF-1"),
    "plan_goes_out_approved": changed(state="under_way"),
    "plan_finished_is_dated": changed(finished_on=date(2026, 3, 9)),
    "sample_size_sensible": _sample,
    "plan_member_once": lambda row, people: PlanMember.objects.create(plan=row, user=people.patrol1),
    "plan_place_once": lambda row, people: PlanPlace.objects.create(plan=row, region=row.places.get().region),
}


def _twice(row, people):
    for _ in range(2):
        values = {"region": row.region, "visited_on": makers.DAY, "recorded_by": people.patrol1}
        Visit.objects.create(submission="a", **values)


VISITS = {
    "visit_sent_once": _twice,
    "visit_counts_sensible": changed(talks=10_001),
    "visit_position_is_whole": changed(latitude=29.5),
}


def test_the_database_refuses_of_visits(people):
    all_refused(VISITS, makers.visit(people), people)


def _signed_twice(row, people):
    for _ in range(2):
        WorksheetSignature.objects.create(
            worksheet=row, step="sign", person=people.patrol1.person, user=people.patrol1, role="组长", digest="0",
            fields_version=1,
        )  # fmt: skip


SHEETS = {
    "worksheet_belongs_somewhere": changed(round=None),
    "worksheet_recorded_has_finding": changed(state="recorded"),
    "worksheet_signed_once_by_each": _signed_twice,
}


def test_the_database_refuses_of_worksheets(people):
    all_refused(SHEETS, makers.worksheet(people, round=rounds.round_(people)), people)


MONTHS = {
    "village_person_once": lambda row, people: VillagePerson.objects.create(
        name=row.person.name, region=row.region, unit=row.person.unit, starts_on=makers.DAY
    ),
    "village_person_ended_is_dated": lambda row, people: changed(state="ended")(row.person, people),
    "attendance_once_a_month": lambda row, people: AttendanceMonth.objects.create(
        person=row.person, region=row.region, month=row.month
    ),
    "attendance_first_of_month": changed(month=date(2026, 3, 2)),
    "attendance_days_in_a_month": changed(days_present=32),
    "attendance_notice_is_dated": changed(state="noticed"),
    "check_once_a_visit": lambda row, people: VisitCheck.objects.bulk_create(
        [VisitCheck(visit=seen, person=row.person, found="absent") for seen in [makers.visit(people)] * 2]
    ),
}


def test_the_database_refuses_of_village_teams(people):
    all_refused(MONTHS, makers.month(people), people)


def test_every_constraint_of_field_work_is_broken_here():
    models = (VisitPlan, PlanMember, PlanPlace, Sample, Visit, Worksheet, WorksheetSignature)
    models += (AttendanceMonth, VillagePerson, VisitCheck)
    names = {one.name for model in models for one in model._meta.constraints}
    assert names == {*PLANS, *VISITS, *SHEETS, *MONTHS}


def test_the_database_refuses(people):
    all_refused(PLANS, makers.plan(people), people)


def all_refused(broken, row, people):
    """One row serves them all: what an act wrote is rolled back."""
    passed = []
    for name, act in broken.items():
        try:
            with transaction.atomic():
                act(type(row).objects.get(pk=row.pk), people)
                transaction.set_rollback(True)
            passed.append(name)
        except IntegrityError as refusal:
            if name not in str(refusal) and "UNIQUE" not in str(refusal):
                passed.append(f"{name}: {refusal}")
    assert passed == []
