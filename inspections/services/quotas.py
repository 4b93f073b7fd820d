"""走访定额: every leader goes out once a year, a cross visit takes place every quarter. Only what is over counts."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.models import PlanMember, VisitPlan, VisitRule
from povertyaudit.core import jobs, moment, notify
from povertyaudit.core.models import Level, Post, Region, Role, User
from povertyaudit.core.scope import region_under

LEADERS = frozenset({Role.DEPUTY, Role.SECRETARY, Role.COUNTY_LEADER})
AFTER = time(7, 0)


@dataclass(frozen=True)
class Leader:
    """One leader's year: how often he went out, and how often he should."""

    user: User
    done: int
    owed: int


def amount(code: str, day: date | None = None) -> int:
    """The figure of the rule in force on the day (today); 0 when there is none."""
    rule = VisitRule.objects.on(day).filter(code=code).first()
    return int(rule.amount) if rule else 0


def leaders_of(county: Region) -> list[User]:
    """Who leads in this county today, each person once."""
    posts = Post.objects.current().filter(role__in=LEADERS, area=None, region=county)
    users = User.objects.filter(pk__in=posts.values("user_id"), is_active=True).select_related("person")
    return list({user.person_id: user for user in users.order_by("-pk")}.values())


def year_of(county: Region, year: int, plans: Any = None) -> list[Leader]:
    """Leaders of the county with what they did in the year; `plans` narrows to those a reader may see."""
    over: Any = (VisitPlan.objects.all() if plans is None else plans).counted()
    over = over.filter(region_under("region_id", county.code), finished_on__year=year)
    went = PlanMember.objects.filter(plan_id__in=over.values("pk")).values_list("user__person_id", "plan_id")
    times = Counter(person for person, _ in set(went))
    owed = amount("leader_year", min(date(year, 12, 31), moment.today()))
    found = [Leader(user, times[user.person_id], owed) for user in leaders_of(county)]
    return sorted(found, key=lambda one: (one.done - one.owed, one.user.pk))


def quarter(day: date) -> tuple[date, date]:
    """First and last day of the quarter."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return first, (first + timedelta(days=100)).replace(day=1) - timedelta(days=1)


def crossed(county: Region, day: date, plans: Any = None) -> int:
    """交叉暗访 that were over in the quarter of the day."""
    over = (VisitPlan.objects.all() if plans is None else plans).counted()
    over = over.filter(region_under("region_id", county.code), kind=VisitPlan.Kind.CROSS)
    return int(over.filter(finished_on__range=quarter(day)).count())


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to each day: (key, kind, payload)."""
    if timezone.localtime(now).time() < AFTER:
        return []
    return [(f"visit-quotas:{day}", "visit_quotas", {"day": day.isoformat()})]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler: bears being run again, each message goes once."""
    day = max(date.fromisoformat(payload["day"]), moment.today())
    told = 0
    posts = Post.objects.current().filter(role=Role.PATROL_OFFICE, region__level=Level.COUNTY)
    for county in Region.objects.filter(pk__in=posts.values("region_id")).order_by("pk"):
        told += remind(county, day)
        lease.renew()
    return {"told": told}


@transaction.atomic
def remind(county: Region, day: date) -> int:
    """Remind whoever has not done what the year or the quarter asks; how many were told now or before."""
    return _leaders(county, day) + _crossing(county, day)


def _leaders(county: Region, day: date) -> int:
    end = date(day.year, 12, 31)
    if (end - day).days >= amount("leader_remind", day):
        return 0
    late = [one for one in year_of(county, day.year) if one.done < one.owed]
    for one in late:
        text = f"按规定您今年应暗访 {one.owed} 次，已完成 {one.done} 次，请在年底前安排。"
        notify.tell(
            [one.user], f"visit_quota.leader:{county.code}:{day:%Y-%m}", kind="visit_quota", text=text,
            url="/visit-quotas/",
        )  # fmt: skip
    return len(late)


def _crossing(county: Region, day: date) -> int:
    wanted, done = amount("cross_quarter", day), crossed(county, day)
    if (quarter(day)[1] - day).days >= amount("cross_remind", day) or done >= wanted:
        return 0
    posts = Post.objects.current().filter(role=Role.PATROL_OFFICE, region=county)
    users = list(User.objects.filter(pk__in=posts.values("user_id")))
    week = day.isocalendar()
    text = f"本季度应开展交叉暗访 {wanted} 次，已完成 {done} 次，请在季末前安排。"
    notify.tell(
        users, f"visit_quota.cross:{county.code}:{week.year}-{week.week}", kind="visit_quota", text=text,
        url="/visit-quotas/?by=quarter",
    )  # fmt: skip
    return len(users)
