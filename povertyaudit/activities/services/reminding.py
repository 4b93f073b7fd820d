"""Each morning: what is planned for the next days, plans whose day is past, and who held no lesson in 警示教育月.

Messages have a key each, so that the job bears being run again.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from povertyaudit.activities.models import Activity, Participant, Regulation
from povertyaudit.activities.querysets import OF_UNITS
from povertyaudit.activities.services import rules
from povertyaudit.activities.warning_month import lacking
from povertyaudit.core import jobs, moment, notify
from povertyaudit.core.models import Level, Post, Region, Role, Unit, User

AFTER = time(7, 0)
JOB = "activity_reminders"
WEEK = 7
OVERSEERS = (Role.SUPERVISION, Role.CASE_MANAGER)


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to each day: (key, kind, payload)."""
    if timezone.localtime(now).time() < AFTER:
        return []
    return [(f"activities:{day}", JOB, {"day": day.isoformat()})]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler."""
    day = max(date.fromisoformat(payload["day"]), moment.today())
    told = coming(day)
    lease.renew()
    return {"told": told + past(day) + warnings(day) + papers(day)}


def people_of(units: Iterable[int]) -> dict[int, list[User]]:
    """Who keeps the log of these units, by unit."""
    found: dict[int, list[User]] = defaultdict(list)
    posts = Post.objects.current().filter(unit__in=set(units), role__in=OF_UNITS)
    for post in posts.select_related("user"):
        found[post.unit_id].append(post.user)
    return found


def coming(day: date) -> int:
    """Planned for within the days of the rule: who keeps the log, and those invited by name. How many activities."""
    last = day + timedelta(days=rules.number("remind_days", day))
    plans = list(
        Activity.objects.planned()
        .filter(starts_on__gte=day, starts_on__lte=last)
        .select_related("recorded_by")
    )
    keepers = people_of(row.unit_id for row in plans)
    invited: dict[int, list[User]] = defaultdict(list)
    for one in Participant.objects.filter(activity__in=plans, user__isnull=False).select_related("user"):
        if one.user is not None:
            invited[one.activity_id].append(one.user)
    for row in plans:
        key = f"activity.coming:{row.public_id}:{row.starts_on}"
        where = f"，{row.place}" if row.place else ""
        text = f"“{row.title}”将于 {row.days} 举办{where}。"
        _tell(row, [row.recorded_by, *keepers[row.unit_id], *invited[row.pk]], key, text)
    return len(plans)


def past(day: date) -> int:
    """Plans whose day is past and of which nothing was said: once a week."""
    plans = list(Activity.objects.planned().filter(ends_on__lt=day).select_related("recorded_by"))
    keepers = people_of(row.unit_id for row in plans)
    for row in plans:
        key = f"activity.past:{row.public_id}:{((day - row.ends_on).days - 1) // WEEK}"
        _tell(
            row, [row.recorded_by, *keepers[row.unit_id]], key,
            f"计划的“{row.title}”日期已过，请登记举办；没有举办的，请取消并写明理由。",
        )  # fmt: skip
    return len(plans)


def _tell(row: Activity, users: list[User], key: str, text: str) -> None:
    notify.tell(
        set(users), key, kind="activity", number=row.number or "", text=text, url=row.get_absolute_url(), target=row
    )  # fmt: skip


def warnings(day: date) -> int:
    """In the last week of the month each unit without a lesson; after its end also those who oversee it, once."""
    month = rules.warning_month(day.year)
    if month is None or not month.last - timedelta(days=WEEK) < day <= month.last + timedelta(days=WEEK):
        return 0
    over, told = day > month.last, 0
    for county in Region.objects.filter(level=Level.COUNTY).order_by("pk"):
        units = lacking(county, month)
        told += len(units)
        _warn(units, month, over=over)
        if over and units:
            _warn_overseers(county, units, month)
    return told


def _warn(units: list[Unit], month: rules.WarningMonth, *, over: bool) -> None:
    keepers = people_of(unit.pk for unit in units)
    text = f"{month.first.month} 月是警示教育月，本单位还没有举办警示教育，请在 {month.last} 前举办并登记。"
    if over:
        text = f"{month.first.year} 年警示教育月已经结束，本单位没有登记警示教育，请补办。"
    for unit in units:
        key = f"warning:{month.first.year}:{unit.public_id}:{'over' if over else 'last'}"
        notify.tell(keepers[unit.pk], key, kind="activity", text=text, url="/activities/warning-month/")


def _warn_overseers(county: Region, units: list[Unit], month: rules.WarningMonth) -> None:
    posts = Post.objects.current().filter(role__in=OVERSEERS, region=county)
    users = User.objects.filter(pk__in=posts.values("user"))
    text = f"{month.first.year} 年警示教育月已经结束，{len(units)} 个单位没有登记警示教育。"
    key = f"warning:{month.first.year}:{county.pk}:over"
    notify.tell(users, key, kind="activity", text=text, url="/activities/warning-month/")


def papers(day: date) -> int:
    """Plans and rules that run out soon, each once; those long in force without an end, once a year."""
    over = list(Regulation.objects.running_out(day, rules.ahead(day)))
    old = list(Regulation.objects.to_review(day, rules.before(day)))
    keepers = people_of(row.unit_id for row in (*over, *old))
    for row in over:
        text = f"“{row.title}”有效期至 {row.valid_to}，请修订或者到期失效。"
        _of_paper(row, keepers[row.unit_id], f"regulation.over:{row.public_id}:{row.valid_to}", text)
    for row in old:
        text = f"“{row.title}”施行已久，请复审并登记复审意见，或者废止。"
        _of_paper(row, keepers[row.unit_id], f"regulation.review:{row.public_id}:{day.year}", text)
    return len(over) + len(old)


def _of_paper(row: Regulation, users: list[User], key: str, text: str) -> None:
    url = row.get_absolute_url()
    notify.tell(users, key, kind="regulation", number=row.number or "", text=text, url=url, target=row)
