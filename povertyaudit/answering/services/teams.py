"""A term in a village team goes with the village person whose days are counted: one begins and ends with the other."""

from typing import Any

from inspections.models import VillagePerson
from inspections.services import attendance
from povertyaudit.answering.models import Responsibility, ResponsibilityState
from povertyaudit.answering.workflow.responsibilities import RESPONSIBILITY
from povertyaudit.core import moment, rows
from povertyaudit.core.models import User


def person_of(row: Responsibility, by: User) -> VillagePerson:
    """Who serves there under this name already and has no term, else registered now. Raises as `attendance.register`."""
    found: VillagePerson | None = (
        VillagePerson.objects.serving().filter(region=row.region_id, name=row.called, term=None).first()
    )
    if found is not None:
        return found
    assert row.home_unit is not None  # noqa: S101 — checked before
    return attendance.register(
        by=by, name=row.called, region=row.region, unit=row.home_unit, role=row.capacity.team, starts_on=row.starts_on,
    )  # fmt: skip


def end_person(row: Responsibility, by: User, note: str) -> None:
    """The service in the village ends with the term, at the latest today."""
    person = row.village_person
    if person is None or person.state != VillagePerson.State.SERVING or row.ends_on is None:
        return
    day = max(min(row.ends_on, moment.today()), person.starts_on)
    attendance.end(person, by=by, ends_on=day, note=note)


def follow_person(person: VillagePerson, *, by: User, note: str, recalled: bool) -> None:
    """驻村结束 or 召回 noted with the attendance: the term that goes with it is over. `settings.VILLAGE_TERM_FOLLOWERS`."""
    term: Any = Responsibility.objects.serving().filter(village_person=person).first()
    if term is None:
        return
    row = rows.lock(term)
    last = max(person.ends_on or moment.today(), row.starts_on)
    changes = {
        "state": ResponsibilityState.RECALLED if recalled else ResponsibilityState.ENDED,
        "ends_on": min(last, row.ends_on) if row.ends_on else last,
    }
    rows.write(row, verb=f"{RESPONSIBILITY.name}.person_ended", by=by, note=note, changes=changes)
