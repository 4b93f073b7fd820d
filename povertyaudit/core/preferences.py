"""提醒方式: what each person wants to hear outside the inbox, and when he is left alone. The inbox has everything at once."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from povertyaudit.core import audit
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.errors import RuleBroken, Stale, from_validation
from povertyaudit.core.models import Channel, NoticePreference, User
from povertyaudit.core.models.channels import ChannelKind, NoticeGroup

MAIL, PUSH = "mail", "push"
LAST_DAY = "due.today_law"  # the last day of a period that a law or party rule sets (dated rows of 期限规则)
MEDIA = {MAIL: "邮件", PUSH: "群机器人或推送"}
CHOICES = tuple(f"{group}.{medium}" for group in NoticeGroup.values for medium in MEDIA)
USUAL = NoticePreference()  # of a group robot, and of everybody who chose nothing
LONGEST_REST = 30  # days looked ahead for the next working day


def group_of(kind: str) -> NoticeGroup:
    """The group a kind of message belongs to; an overdue date is an escalation."""
    words = set(kind.replace(".", "_").split("_"))
    if "overdue" in words or "press" in words:
        return NoticeGroup.PRESS
    if "due" in words:
        return NoticeGroup.DUE
    if words & {"comment", "mention", "mentioned"}:
        return NoticeGroup.MENTION
    return NoticeGroup.SYSTEM if words & {"system", "account"} else NoticeGroup.TASK


def medium_of(channel: Channel) -> str:
    return MAIL if channel.kind == ChannelKind.MAIL else PUSH


def wants(preference: NoticePreference, group: str, medium: str) -> bool:
    return f"{group}.{medium}" not in preference.muted


def last_day_of(kind: str, told: datetime) -> date | None:
    """The day a reminder that passes quiet hours is about: it is told of on that very day."""
    return timezone.localtime(told).date() if kind == LAST_DAY else None


def wake(
    now: datetime, preference: NoticePreference, calendar: NationalCalendar, last_day: date | None = None
) -> datetime:
    """`now`, or the end of the quiet hours and rest days it lies in.

    `last_day`: a statutory period ends then, and the reminder is no use afterwards. It still waits for the end of a
    night that ends that day; where calm would last beyond it, it goes out.
    """
    calm = _calm(now, preference, calendar)
    local = timezone.localtime(now)
    if last_day is None or local.date() > last_day or timezone.localtime(calm).date() <= last_day:
        return calm
    morning = _at(local, preference.quiet_to)
    return morning if _is_night(local.time(), preference) and morning > local else now


def _calm(now: datetime, preference: NoticePreference, calendar: NationalCalendar) -> datetime:
    if not preference.quiet:
        return now
    local = timezone.localtime(now)
    for _ in range(LONGEST_REST):
        if preference.quiet_rest_days and not calendar.day(local.date()).works:
            local = _at(local + timedelta(days=1), time(0))
            if _is_night(local.time(), preference):
                local = _at(local, preference.quiet_to)
        elif _is_night(local.time(), preference):
            later = local + timedelta(days=1) if local.time() >= preference.quiet_to else local
            local = _at(later, preference.quiet_to)
        else:
            break
    return max(local, now)


def _at(day: datetime, hour: time) -> datetime:
    return day.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)


def _is_night(hour: time, preference: NoticePreference) -> bool:
    start, end = preference.quiet_from, preference.quiet_to
    return start <= hour < end if start < end else hour >= start or hour < end


def of(user: User) -> NoticePreference:
    """The person's choices; an unsaved row with the usual ones when he made none."""
    return NoticePreference.objects.filter(user=user).first() or NoticePreference(user=user)


@transaction.atomic
def change(user: User, *, by: User, expected_version: int | None = None, **changes: Any) -> NoticePreference:
    """Set `muted`, `quiet`, `quiet_from`, `quiet_to`, `quiet_rest_days`, `digest`, `digest_at` of one's own.

    Raises Stale, RuleBroken: a digest at night would break the calm that was asked for.
    """
    NoticePreference.objects.bulk_create([NoticePreference(user=user, version=0)], ignore_conflicts=True)
    row = NoticePreference.objects.select_for_update().get(user=user)
    seen = max(row.version, 1)
    if expected_version is not None and expected_version != seen:
        current = {name: getattr(row, name) for name in changes}
        raise Stale("提醒方式已在别处修改。请核对现在的内容后重新提交。", current=current, version=seen)
    if unknown := set(changes.get("muted", ())) - set(CHOICES):
        raise RuleBroken("notices.unknown", f"没有“{min(unknown)}”这一项，请核对。", field="muted")
    if "muted" in changes:
        changes["muted"] = sorted(set(changes["muted"]))
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    if row.digest and row.quiet and _is_night(row.digest_at, row):
        raise RuleBroken(
            "notices.digest_at_night", "摘要时间在夜间不打扰的时间以内，请换一个时间。", field="digest_at"
        )
    row.version = seen + 1
    try:
        row.full_clean(exclude=("user",))
    except ValidationError as refused:
        raise from_validation(refused) from refused
    row.save()
    pairs = {name: (str(before[name]), str(getattr(row, name))) for name in changes}
    audit.record("account.notices", user, by=by, changes=pairs)
    return row
