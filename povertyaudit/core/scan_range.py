"""Which clocks a morning scan must look at: those that reached a stage since the scan before, and those of which
something changed. Every change of a clock, a post or a recusal stands in the record, so the record says where to look.

What the record could miss is made good on Mondays, when everything near or past its date is looked at again.
"""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from povertyaudit.core.deadlines import FIRST_STAGE_DAYS, stage
from povertyaudit.core.models import AuditEntry, Clock, LadderStep, Post, ScanRun
from povertyaudit.core.models.outbox import ScanState

MONDAY = 0
# Acts that change whom many clocks remind, or when, without an entry at each matter.
WIDE = ("account.hand_over", "unit_change.confirm", "calendar.load")


def changed_since_last(today: date) -> Q:
    """Narrows running clocks near or past their date to those a person may be owed a reminder of that he has not got.

    Empty (everything) where no scan was finished before, on Mondays, and after an act of `WIDE`.
    """
    last = ScanRun.objects.filter(state=ScanState.DONE, day__lt=today).order_by("-day").first()
    if last is None or last.started_at is None or today.weekday() == MONDAY:
        return Q()
    entries = AuditEntry.objects.filter(at__gte=last.started_at)
    ladder = Q(valid_from__gt=last.day, valid_from__lte=today) | Q(valid_to__gte=last.day, valid_to__lt=today)
    if entries.filter(verb__in=WIDE).exists() or LadderStep.objects.filter(ladder).exists():
        return Q()
    return _reached(last.day, today) | _acted_on(entries) | _of_people(entries, last.day, today)


def _reached(last: date, today: date) -> Q:
    """Due dates that came to another stage, or to a step of the ladder, after the last scan."""
    steps = set(LadderStep.objects.reminders().values_list("days_left", flat=True))
    near = Clock.objects.in_reminder_range(today, FIRST_STAGE_DAYS).order_by()
    days = [
        due
        for due in near.values_list("due_on", flat=True).distinct()
        if stage(due, today) != stage(due, last)
        or any(last < due - timedelta(days=step) <= today for step in steps)
    ]
    return Q(due_on__in=days)


def _acted_on(entries: "QuerySet[AuditEntry]") -> Q:
    """Clocks of matters with an entry: begun, moved, given to others, somebody recused."""
    found = Q(pk__in=())
    for label in entries.order_by().values_list("target_label", flat=True).distinct():
        found |= Q(target_label=label, target_id__in=entries.filter(target_label=label).values("target_id"))
    return found


def _of_people(entries: "QuerySet[AuditEntry]", last: date, today: date) -> Q:
    """Clocks that remind people whose posts or accounts changed, by name or through their unit."""
    accounts = entries.filter(target_label="core.user", verb__startswith="account.").values("target_id")
    posts = Post.objects.filter(
        Q(user__in=accounts)
        | Q(starts_on__gt=last, starts_on__lte=today)
        | Q(ends_on__gte=last, ends_on__lt=today)
    )
    units, users = posts.values("unit"), posts.values("user")
    by_unit = Q(owner_unit__in=units) | Q(body_unit__in=units)
    return by_unit | Q(owner_user__in=users) | Q(head_user__in=users) | Q(leader_user__in=users)
