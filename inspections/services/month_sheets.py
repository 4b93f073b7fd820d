"""月考勤表: the month of all who serve in one village, reported in one act; each row by the verb that reports one person."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from inspections.models import AttendanceMonth, VillagePerson
from inspections.services import attendance
from inspections.services.quotas import amount
from inspections.workflow.attendance import ATTENDANCE
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import Region, User

MOST = 100  # rows of one sheet


def first_of(month: str) -> date:
    """ "2026-03" → its first day."""
    return date(int(month[:4]), int(month[5:7]), 1)


def serving_in(first: date, user: User) -> Any:
    """Who serves in the month that begins `first`, as far as the user may know, in order of village and name."""
    last = first.replace(day=attendance.days_of(first))
    rows = VillagePerson.objects.visible_to(user).filter(starts_on__lte=last)
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=first)).order_by("region_id", "role", "pk")


def months_of(people: Iterable[VillagePerson], first: date) -> dict[int, Any]:
    """Key of the person → the month as it stands, with its figures."""
    rows = AttendanceMonth.objects.filter(month=first, person__in=[one.pk for one in people])
    return {one.person_id: one for one in rows.with_figures(amount("village_days", first))}


def as_seen(month: AttendanceMonth | None) -> str:
    """What is reported, as a form has it before its eyes: "21/2"; nothing yet: ""."""
    if month is None or month.days_present is None:
        return ""
    return f"{month.days_present}/{month.days_leave}"


@transaction.atomic
def record_sheet(
    *, by: User, region: Region, month: str, rows: Iterable[Mapping[str, Any]], note: str = ""
) -> list[AttendanceMonth]:
    """登记月考勤表. Each of `rows` is {"person", "days_present", "days_leave"} and may have `seen` (`as_seen` when the form
    was opened). Nothing is saved while one row is wrong; a row without days is not reported, one unchanged stays.

    Raises NotAllowed, and every refusal at its row (rows-0-days_present).
    """
    first, said = (
        first_of(month),
        [{"days_present": None, "days_leave": None, "seen": None, **row} for row in rows],
    )
    if first > moment.today():
        raise RuleBroken("sheet.month", "这个月还没有开始，请核对月份。", field="month")
    if not said:
        raise RuleBroken("sheet.empty", "请填写驻村人员和天数。", field="rows")
    people = serving_in(first, by).filter(region=region)
    known = {row.person_id: row for row in AttendanceMonth.objects.filter(person__in=people, month=first)}
    there, done, wrong = {one.pk for one in people}, [], []
    in_order = sorted(
        enumerate(said), key=lambda pair: pair[1]["person"].pk
    )  # people are locked in one order
    for number, one in in_order:
        try:
            refuse_row(one, there, known.get(one["person"].pk), [other["person"].pk for other in said])
            with transaction.atomic():
                made = _report(one, known.get(one["person"].pk), month, by, note)
        except DomainError as refused:
            field = refused.field if refused.field in {"days_present", "days_leave"} else "days_present"
            refused.field = f"rows-{number}-{field}"
            wrong.append((number, refused))
        else:
            done += [made] if made else []
    raise_all([refused for _, refused in sorted(wrong, key=lambda pair: pair[0])])
    return done


def refuse_row(
    one: Mapping[str, Any], there: set[int], standing: AttendanceMonth | None, named: list[int]
) -> None:
    """Raise RuleBroken for who does not serve there, who stands twice, days that are half said or taken back."""
    if one["person"].pk not in there:
        raise RuleBroken(
            "sheet.person", f"“{one['person'].name}”这个月不在该村驻村，请核对。", field="person"
        )
    if named.count(one["person"].pk) > 1:
        raise RuleBroken("sheet.twice", f"“{one['person'].name}”在表里出现了两次。", field="person")
    if one["days_present"] is None and (one["days_leave"] or as_seen(standing)):
        text = "请填写驻村天数；整月不在村的填 0。"
        raise RuleBroken("sheet.days", text, field="days_present")
    meanwhile = as_seen(standing)
    if one["seen"] is not None and one["seen"] != meanwhile and wanted_of(one) != meanwhile:
        present, _, leave = meanwhile.partition("/")
        text = (
            f"您打开本页后，已有人登记为驻村 {present} 天、请假 {leave} 天；仍按您填写的登记的，请再次提交。"
        )
        raise RuleBroken("sheet.meanwhile", text, field="days_present")


def wanted_of(one: Mapping[str, Any]) -> str:
    return "" if one["days_present"] is None else f"{one['days_present']}/{one['days_leave'] or 0}"


def _report(
    one: Mapping[str, Any], standing: AttendanceMonth | None, month: str, by: User, note: str
) -> AttendanceMonth | None:
    """The verb that is due for the row: reported, mended, or left as it is."""
    if wanted_of(one) == as_seen(standing):
        return None
    days = {"days_present": one["days_present"], "days_leave": one["days_leave"] or 0}
    if standing is not None and standing.days_present is not None:
        ATTENDANCE.transitions["amend"].check_state(standing)
        return attendance.amend(standing, by=by, note=note, **days)
    return attendance.record(by=by, person=one["person"], month=month, note=note, **days)
