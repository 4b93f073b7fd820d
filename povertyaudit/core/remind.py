"""The morning scan: who is reminded of which date today. Set-based, over a range, once per person and stage.

A missed morning is made good by the next scan (the latest stage only); a second scan is silent, because a message
is unique per person and key; two scans at once cannot double anything, and one killed in the middle is completed by
the next. Each scan that ran leaves one record entry with counts.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from povertyaudit.core import audit, expiring, moment, notify
from povertyaudit.core.deadlines import FIRST_STAGE_DAYS, light, stage
from povertyaudit.core.jobs import Lease, LeaseLost
from povertyaudit.core.models import (
    OFFICERS,
    Clock,
    Delivery,
    LadderStep,
    Notification,
    Post,
    Recusal,
    Role,
    ScanRun,
    User,
)
from povertyaudit.core.models.channels import ChannelKind, DeliveryState
from povertyaudit.core.models.ladder import Audience
from povertyaudit.core.models.outbox import ScanState
from povertyaudit.core.models.rules import of_law
from povertyaudit.core.preferences import LAST_DAY
from povertyaudit.core.scan_range import changed_since_last
from povertyaudit.core.scope import dossier_models, prefix_of, recusals_of, region_under

LEASE = timedelta(seconds=45)  # shorter than that of the job, so that the next worker finds the day free
BATCH = 1000  # clocks at a time: one transaction, one renewal of the lease
KIND = "due"
LEADERS = frozenset({Role.UNIT_HEAD, Role.DEPUTY, Role.SECRETARY, Role.COUNTY_LEADER})
HANDLERS = [r for r in Role if r not in LEADERS | OFFICERS and r != Role.SERVICE]
OFFICE = [r for r in Role if r not in OFFICERS and r != Role.SERVICE]
COLUMNS = (
    "pk", "public_id", "number", "url", "due_on", "provisional", "target_label", "target_id", "rule__region_id",
    "rule__source",
)  # fmt: skip


@dataclass(frozen=True)
class ScanResult:
    """What a scan did: clocks looked at, messages sent by this run, people who got one; `ran` false: another is at it."""

    ran: bool
    clocks: int = 0
    messages: int = 0
    people: int = 0


def scan(today: date, *, by: User | None = None, lease: Lease | None = None) -> ScanResult:
    """Send every reminder owed on `today`: of dates, and of terms that end. `by` is the person who asked for it, None the clock."""
    run = _claim(today)
    if run is None:
        return ScanResult(ran=False)
    already = run.counts.get("messages", 0)
    steps = ladder(today)
    clocks = 0
    for ids in _batches(today, changed_since_last(today)):
        clocks += len(ids)
        with transaction.atomic():
            _renew(run)
            notify.put(_owed(ids, steps, today, run))
        if lease is not None:
            lease.renew()
    expiring.warn(today)
    return _finish(run, clocks, already, by)


def job(payload: dict[str, Any], lease: Lease) -> dict[str, Any]:
    """Job handler: `payload` {"day": ISO date}. A job that waited over midnight scans for the day it is now."""
    result = scan(max(date.fromisoformat(payload["day"]), moment.today()), lease=lease)
    if not result.ran:
        raise ScanBusyError
    return {"clocks": result.clocks, "messages": result.messages}


class ScanBusyError(Exception):
    """Another scan of the day holds the lease; the job is tried again until one has finished."""


def _claim(today: date) -> ScanRun | None:
    """Take the day by one conditional UPDATE; None while another scan's lease runs."""
    ScanRun.objects.bulk_create([ScanRun(day=today)], ignore_conflicts=True)
    now, token = moment.now(), secrets.token_hex(16)
    free = ~Q(state=ScanState.RUNNING) | Q(lease_until__lt=now) | Q(lease_until=None)
    taken = ScanRun.objects.filter(free, day=today).update(
        state=ScanState.RUNNING,
        claim=token,
        lease_until=now + LEASE,
        started_at=now,
        attempts=F("attempts") + 1,
    )
    # Read after the day is taken: what the scan before sent is then whole.
    return ScanRun.objects.get(day=today, claim=token) if taken else None


def _renew(run: ScanRun) -> None:
    """Raises LeaseLost when another scan has taken the day over."""
    mine = ScanRun.objects.filter(pk=run.pk, claim=run.claim, state=ScanState.RUNNING)
    if not mine.update(lease_until=moment.now() + LEASE):
        raise LeaseLost(str(run.day))


def _batches(today: date, where: Q) -> Iterator[list[int]]:
    """Primary keys of the clocks in range for which `where` holds, a batch at a time."""
    last = 0
    while True:
        rows = Clock.objects.in_reminder_range(today, FIRST_STAGE_DAYS).filter(where, pk__gt=last)
        ids = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not ids:
            return
        yield ids
        last = ids[-1]


def ladder(today: date) -> list[tuple[str, int, Q]]:
    """Audience, days left from which it is reminded, and the clocks it holds for: a local step replaces the general."""
    latest: dict[tuple[str, str], LadderStep] = {}
    for step in LadderStep.objects.reminders().in_force(today):
        latest[step.audience, step.region_id or ""] = step
    found = []
    for audience in Audience.values:
        mine = [(code, step) for (who, code), step in latest.items() if who == audience]
        nearer = Q(pk__in=())
        for code, step in sorted(mine, key=lambda pair: -len(prefix_of(pair[0]) if pair[0] else "")):
            here = region_under("region_id", code) if code else Q()
            if not step.unused:
                found.append((audience, step.days_left, here & ~nearer))
            nearer |= here
    return found


def _owed(ids: list[int], steps: list[tuple[str, int, Q]], today: date, run: ScanRun) -> list[Notification]:
    """The messages these clocks owe today and that were not sent yet, one per person and clock."""
    found: dict[tuple[str, int], Notification] = {}
    # Only the kinds these clocks belong to are asked for recusals: of sixty kinds mostly a few.
    kinds = set(Clock.objects.filter(pk__in=ids).order_by().values_list("target_label", flat=True).distinct())
    for audience, days_left, where in steps:
        rows = Clock.objects.in_reminder_range(today, days_left).filter(where, pk__in=ids)
        for row in _recipients(rows, audience, today, kinds):
            message = _message(row, today, run)
            found.setdefault((message.key, message.user_id), message)
    sent = Notification.objects.filter(key__in={key for key, _ in found}).values_list("key", "user_id")
    for pair in sent:
        found.pop(pair, None)
    return list(found.values())


def _recipients(rows: Any, audience: str, today: date, kinds: set[str]) -> Iterator[tuple[Any, ...]]:
    """`COLUMNS` + user id of each person of the audience; a named person who cannot receive gives way to his unit."""
    if audience == Audience.PERSON:
        yield from _named(rows, "owner_user", kinds)
        left = rows.exclude(_reached("owner_user", kinds))
        yield from _of_unit(left, "owner_unit", HANDLERS, today, kinds)
    elif audience == Audience.UNIT_HEAD:
        yield from _named(rows, "head_user", kinds)
        left = rows.exclude(_reached("head_user", kinds))
        yield from _of_unit(left, "owner_unit", [Role.UNIT_HEAD], today, kinds)
    elif audience == Audience.LEADER:
        yield from _named(rows, "leader_user", kinds)
    else:
        yield from _of_unit(rows, "body_unit", OFFICE, today, kinds)


def _reached(path: str, kinds: set[str]) -> Q:
    """Clocks whose named person can be told: active, in office, not recused from the matter."""
    told = Q(**{f"{path}__isnull": False}) & notify.able_to_receive(path)
    return told & ~_recused(f"{path}__person_id", kinds)


def _recused(person_path: str, kinds: set[str]) -> Q:
    """Clocks from whose matter the person is recused, or from one it belongs to."""
    recusals = Recusal.objects.filter(person_id=OuterRef(person_path), ended_at=None)
    own = recusals.filter(target_label=OuterRef("target_label"), target_id=OuterRef("target_id"))
    found = Q(Exists(own))
    for model in (one for one in dossier_models() if one._meta.label_lower in kinds):
        for label, path in recusals_of(model)[1:]:
            matter = model._base_manager.filter(pk=OuterRef(OuterRef("target_id"))).values(path)[:1]
            there = recusals.filter(target_label=label, target_id=Subquery(matter))
            found |= Q(Exists(there), target_label=model._meta.label_lower)
    return found


def _named(rows: Any, path: str, kinds: set[str]) -> Any:
    return rows.filter(_reached(path, kinds)).values_list(*COLUMNS, f"{path}_id")


def _of_unit(
    rows: Any, path: str, roles: Sequence[Role], today: date, kinds: set[str]
) -> Iterator[tuple[Any, ...]]:
    """Everybody who holds one of the roles in the unit today."""
    posts = Post.objects.current(today).filter(role__in=roles, user__is_active=True, user__is_service=False)
    post = f"{path}__posts"
    named = rows.filter(Q(**{f"{post}__in": posts}), ~_recused(f"{post}__user__person_id", kinds))
    return iter(named.values_list(*COLUMNS, f"{post}__user_id").distinct())


def _message(row: tuple[Any, ...], today: date, run: ScanRun) -> Notification:
    clock = dict(zip(COLUMNS, row[:-1], strict=True))
    step = stage(clock["due_on"], today) or ""
    return Notification(
        user_id=row[-1],
        key=f"clock:{clock['public_id']}:{clock['due_on']}:{step}",
        kind=_kind(clock, step),
        number=clock["number"],
        text=_text(clock, today),
        url=clock["url"],
        target_label=clock["target_label"],
        target_id=clock["target_id"],
        scan=run,
        created_at=moment.now(),
    )


def _kind(clock: dict[str, Any], step: str) -> str:
    """due.7d … due.today, due.overdue; of the last day of a statutory period the kind that passes quiet hours."""
    last = step == "today" and of_law(clock["rule__region_id"], clock["rule__source"])
    return LAST_DAY if last else f"{KIND}.{step.split('-')[0]}"


def _text(clock: dict[str, Any], today: date) -> str:
    """Number, days, date — nothing else (a message may be read over a shoulder)."""
    when = f"{clock['due_on']}{'，暂定' if clock['provisional'] else ''}"
    return f"{clock['number'] or '您经办的一项工作'} {light(clock['due_on'], today).words}（{when}）。"


def _finish(run: ScanRun, clocks: int, already: int, by: User | None) -> ScanResult:
    """Count what the day's scan sent and record it, once per scan that ran."""
    mine = Notification.objects.filter(scan=run)
    stages = dict(mine.values_list("kind").annotate(n=Count("pk")).order_by())
    total = sum(stages.values())
    people = mine.values("user_id").distinct().count()
    mail = Delivery.objects.filter(notification__scan=run, channel__kind=ChannelKind.MAIL)
    letters = mail.exclude(state=DeliveryState.SUPPRESSED).count()
    counts = {"clocks": clocks, "messages": total, "people": people, "letters": letters, "stages": stages}
    with transaction.atomic():
        _renew(run)
        ScanRun.objects.filter(pk=run.pk).update(
            state=ScanState.DONE, lease_until=None, finished_at=moment.now(), counts=counts
        )
        audit.record("remind.scan", run, by=by, facts={**counts, "sent_now": total - already})
    return ScanResult(True, clocks, total - already, people)
