"""驻村考勤: days reported month by month, held to a dated figure; absent at a visit → notice → explanation → recall."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from inspections.attendance_querysets import REPORTERS
from inspections.models import AttendanceMonth, VillagePerson, Visit, VisitCheck
from inspections.services.quotas import amount
from inspections.workflow.attendance import ATTENDANCE, DECIDED, KEEPERS, VILLAGE_PERSON
from povertyaudit.core import moment, notify, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Level, Region, Unit, User

OLDEST = date(2013, 1, 1)


@transaction.atomic
def register(
    *, by: User, name: str, region: Region, unit: Unit, starts_on: date, role: str = VillagePerson.Role.MEMBER,
    note: str = "",
) -> VillagePerson:  # fmt: skip
    """登记驻村人员 of a village. Raises NotAllowed, RuleBroken."""
    if by.post_as(KEEPERS) is None:
        raise NotAllowed("register.role", "驻村人员由乡镇、派出单位和监督检查、巡察部门登记。")
    row = VillagePerson(name=name, region=region, unit=unit, role=role, starts_on=starts_on)
    _check_person(row)
    row.number = numbering.take("village_person", region)
    return rows.create(row, verb="villageperson.register", by=by, note=note)


def _check_person(row: VillagePerson) -> None:
    if row.region.level != Level.VILLAGE:
        raise RuleBroken("register.region", "请选择驻村人员所在的村。", field="region")
    if not OLDEST <= row.starts_on <= moment.today():
        raise RuleBroken("register.starts_on", "驻村开始日期不能晚于今天，请核对。", field="starts_on")


@transaction.atomic
def amend_person(
    person: VillagePerson, *, by: User, note: str = "", expected_version: int | None = None, **values: Any
) -> VillagePerson:
    """修改: the village stays; another village is another term."""
    row = VILLAGE_PERSON.begin(person, "amend", by=by, note=note, expected_version=expected_version)
    starts_on = values.get("starts_on", row.starts_on)
    if not OLDEST <= starts_on <= moment.today():
        raise RuleBroken("register.starts_on", "驻村开始日期不能晚于今天，请核对。", field="starts_on")
    done: VillagePerson = VILLAGE_PERSON.finish(row, "amend", by=by, note=note, changes=values)
    return done


@transaction.atomic
def end(
    person: VillagePerson,
    *,
    by: User,
    ends_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
    recalled: bool = False,
) -> VillagePerson:
    """结束驻村; what goes with it ends too (`settings.VILLAGE_TERM_FOLLOWERS`)."""
    row = VILLAGE_PERSON.begin(person, "end", by=by, note=note, expected_version=expected_version)
    day = ends_on or moment.today()
    if not row.starts_on <= day <= moment.today():
        text = f"结束日期应在开始驻村的 {row.starts_on} 之后，且不晚于今天。"
        raise RuleBroken("end.day", text, field="ends_on")
    done: VillagePerson = VILLAGE_PERSON.finish(row, "end", by=by, note=note, changes={"ends_on": day})
    for path in settings.VILLAGE_TERM_FOLLOWERS:
        import_string(path)(done, by=by, note=note, recalled=recalled)
    return done


@transaction.atomic
def record(
    *, by: User, person: VillagePerson, month: str, days_present: int, days_leave: int = 0, note: str = ""
) -> AttendanceMonth:
    """登记考勤 of a month ("2026-03"). A month opened because a visit found him absent is filled in. Raises RuleBroken."""
    if by.post_as(KEEPERS) is None:
        raise NotAllowed("attendance.role", "驻村考勤由乡镇、派出单位和监督检查、巡察部门登记。")
    first = _first(month, person)
    _check_days(first, days_present, days_leave)
    days = {"days_present": days_present, "days_leave": days_leave}
    person = rows.lock(person)  # of two that report the same month, the second finds it reported
    known = AttendanceMonth.objects.filter(person=person, month=first).first()
    if known is not None:
        if known.state in DECIDED:
            raise WrongState("attendance.decided", "这个月的考勤已经处理完毕，不能再登记天数。")
        if known.days_present is not None:
            raise RuleBroken("attendance.twice", "这个月的考勤已经登记，请打开修改。", field="month")
        locked = rows.lock(known)
        changes = {**days, "recorded_by": by}
        filled: AttendanceMonth = rows.write(
            locked, verb="attendancemonth.record", by=by, note=note, changes=changes
        )
        return filled
    row = AttendanceMonth(
        person=person, region=person.region, month=first, recorded_by=by, **days,
        number=numbering.take("attendance", person.region),
    )  # fmt: skip
    return rows.create(row, verb="attendancemonth.record", by=by, note=note)


def _first(month: str, person: VillagePerson) -> date:
    first = date(int(month[:4]), int(month[5:7]), 1)
    today = moment.today()
    last = person.ends_on or today
    if not person.starts_on.replace(day=1) <= first <= last.replace(day=1):
        raise RuleBroken("attendance.month", "这个月他不在该村驻村，请核对月份。", field="month")
    return first


def days_of(first: date) -> int:
    """Days of the month."""
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return (following - first).days


def _check_days(first: date, present: int, leave: int) -> None:
    most = days_of(first)
    if present + leave > most:
        text = f"驻村和请假天数共 {present + leave} 天，这个月只有 {most} 天，请核对。"
        raise RuleBroken("attendance.days", text, field="days_present")


@transaction.atomic
def amend(
    month: AttendanceMonth, *, by: User, days_present: int, days_leave: int | None = None, note: str = "",
    expected_version: int | None = None,
) -> AttendanceMonth:  # fmt: skip
    """修改天数. Without `days_leave` the days of leave stay as they are."""
    row = ATTENDANCE.begin(month, "amend", by=by, note=note, expected_version=expected_version)
    leave = row.days_leave if days_leave is None else days_leave
    _check_days(row.month, days_present, leave)
    changes = {"days_present": days_present, "days_leave": leave, "recorded_by": by}
    done: AttendanceMonth = ATTENDANCE.finish(row, "amend", by=by, note=note, changes=changes)
    return done


def figures(month: AttendanceMonth) -> tuple[int, int | None]:
    """(visits that found the person absent, days that lack) under the rule of that month."""
    days = amount("village_days", month.month)
    row = AttendanceMonth.objects.filter(pk=month.pk).with_figures(days).get()
    return row.absences, row.lacking


@transaction.atomic
def notify_sender(
    month: AttendanceMonth, *, by: User, note: str = "", expected_version: int | None = None
) -> AttendanceMonth:
    """发出通知 to the unit that sent the person: absent at a visit, or too few days. Raises RuleBroken otherwise."""
    row = ATTENDANCE.begin(month, "notify", by=by, note=note, expected_version=expected_version)
    absences, lacking = figures(row)
    if not absences and not lacking:
        raise RuleBroken("notify.ground", "没有查到不在岗，驻村天数也没有不足，不需通知。")
    changes = {"notice": note, "noticed_on": moment.today()}
    done: AttendanceMonth = ATTENDANCE.finish(row, "notify", by=by, note=note, changes=changes)
    users = User.objects.holding(REPORTERS, unit=done.person.unit)
    _tell(done, users, f"{done.number} 驻村考勤有情况，请说明。")
    return done


@transaction.atomic
def explain(
    month: AttendanceMonth, *, by: User, note: str = "", expected_version: int | None = None
) -> AttendanceMonth:
    """说明情况 by the unit that sent the person."""
    row = ATTENDANCE.begin(month, "explain", by=by, note=note, expected_version=expected_version)
    done: AttendanceMonth = ATTENDANCE.finish(row, "explain", by=by, note=note, changes={"explanation": note})
    return done


@transaction.atomic
def suggest_recall(
    month: AttendanceMonth, *, by: User, note: str = "", expected_version: int | None = None
) -> AttendanceMonth:
    """建议召回: often enough absent within twelve months, by the rule of the day, or too few days. Raises RuleBroken."""
    row = ATTENDANCE.begin(month, "suggest_recall", by=by, note=note, expected_version=expected_version)
    _, lacking = figures(row)
    times, wanted = absences_of(row.person, row.month), amount("absent_recall")
    if times < wanted and not lacking:
        text = f"近十二个月查到不在岗 {times} 次，未达 {wanted} 次，本月天数也没有不足，还不能建议召回。"
        raise RuleBroken("recall.ground", text)
    done: AttendanceMonth = ATTENDANCE.finish(
        row, "suggest_recall", by=by, note=note, changes={"suggestion": note}
    )
    users = User.objects.holding(REPORTERS, unit=done.person.unit)
    _tell(done, users, f"{done.number} 已建议召回驻村人员，请研究处理。")
    return done


def absences_of(person: VillagePerson, month: date) -> int:
    """Visits, none that is secret now, that found the person absent in the twelve months up to this one."""
    last = month.replace(day=days_of(month))
    first = month.replace(year=month.year - 1) + timedelta(days=31)  # some day of the month after
    visits = Visit.objects.all().counted().filter(visited_on__gte=first.replace(day=1), visited_on__lte=last)
    found = VisitCheck.objects.filter(person=person, found=VisitCheck.Found.ABSENT, visit__in=visits)
    return int(found.count())


@transaction.atomic
def recall(
    month: AttendanceMonth, *, by: User, note: str = "", expected_version: int | None = None
) -> AttendanceMonth:
    """登记召回: decided elsewhere, noted here; the term in the village ends."""
    rows.lock(VillagePerson(pk=month.person_id))  # the person before his months
    row = ATTENDANCE.begin(month, "recall", by=by, note=note, expected_version=expected_version)
    changes = {"decision": note, "decided_on": moment.today()}
    done: AttendanceMonth = ATTENDANCE.finish(row, "recall", by=by, note=note, changes=changes)
    if done.person.state == VillagePerson.State.SERVING:
        end(done.person, by=by, note=note, recalled=True)
    return done


@transaction.atomic
def clear(
    month: AttendanceMonth, *, by: User, note: str = "", expected_version: int | None = None
) -> AttendanceMonth:
    """不再追究, with the reason."""
    row = ATTENDANCE.begin(month, "clear", by=by, note=note, expected_version=expected_version)
    changes = {"decision": note, "decided_on": moment.today()}
    done: AttendanceMonth = ATTENDANCE.finish(row, "clear", by=by, note=note, changes=changes)
    return done


def checks_of(visit: Visit, said: Iterable[Mapping[str, Any]]) -> list[VisitCheck]:
    """Unsaved checks {name, found} of a visit: each name is one of those who serve in the village. Raises RuleBroken."""
    serving = {one.name: one for one in VillagePerson.objects.serving().filter(region=visit.region)}
    found: dict[str, VisitCheck] = {}
    for one in said:
        person = serving.get(one["name"])
        if person is None:
            raise RuleBroken("checks.name", _not_serving(visit, one["name"]), field="checks")
        if person.name in found:
            raise RuleBroken("checks.twice", f"“{person.name}”只能登记一次。", field="checks")
        found[person.name] = VisitCheck(visit=visit, person=person, found=one["found"])
    return list(found.values())


def _not_serving(visit: Visit, name: str) -> str:
    """The refusal of a name; it lists those who serve there as far as the recorder may see them."""
    seen = VillagePerson.objects.visible_to(visit.recorded_by).serving().filter(region=visit.region)
    names = "、".join(seen.order_by("pk").values_list("name", flat=True))
    known = f"您可以查看的有：{names}。" if names else "请核对姓名，或者先登记驻村人员。"
    return f"{visit.region.name}没有驻村人员“{name}”。{known}"


def note_absences(visits: Iterable[Visit]) -> None:
    """Open the month of everybody a visit found absent. Call when the visit is secret no more."""
    checks = VisitCheck.objects.filter(
        visit__in=visits, visit__state=Visit.State.RECORDED, found=VisitCheck.Found.ABSENT
    )  # a visit that was withdrawn found nobody
    # Everybody is locked before the first number is taken: who reports a month locks the person, then takes a number.
    absent = VillagePerson.objects.filter(pk__in=checks.values("person_id")).order_by("pk")
    list(absent.select_for_update(of=("self",)))
    for check in checks.select_related("person__region", "visit").order_by("pk"):
        first = check.visit.visited_on.replace(day=1)
        if not AttendanceMonth.objects.filter(person=check.person, month=first).exists():
            row = AttendanceMonth(
                person=check.person, region=check.person.region, month=first,
                number=numbering.take("attendance", check.person.region),
            )  # fmt: skip
            rows.create(row, verb="attendancemonth.found_absent", by=None)


def _tell(row: AttendanceMonth, users: Iterable[User], text: str) -> None:
    entry = row._last_entry  # type: ignore[attr-defined]
    notify.tell(
        users, f"{entry.verb}:{entry.public_id}", kind=entry.verb, number=row.number or "", text=text,
        url=row.get_absolute_url(), target=row,
    )  # fmt: skip
