"""Deliveries: queued in the statements that fill the inbox, sent by a job, tried again, given up, and all of it seen.

A delivery is claimed by one conditional UPDATE that pushes its next attempt on. Killed after sending and before
noting it, the same batch goes out once more under the same id, by which receivers drop it. A channel that fails rests
until the next run; a host that fails three times running is left alone for minutes, then for up to an hour.
"""

import logging
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.views.decorators.debug import sensitive_variables

from povertyaudit.core import audit, channels, messengers, moment, notify, preferences
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.errors import Stale
from povertyaudit.core.jobs import Lease
from povertyaudit.core.models import (
    Channel,
    Delivery,
    OutboundHost,
    Recusal,
    Role,
    User,
)
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.models.channels import KEPT, DeliveryState
from povertyaudit.core.models.outbox import DIGEST
from povertyaudit.core.outbound import Answer
from povertyaudit.core.vault import KeyMissing
from povertyaudit.core.workflow import Transition, Workflow

WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 2 * 60, 12 * 60))  # after each failure; then given up
CLAIM = timedelta(seconds=60)  # longer than the longest attempt
BUNDLE = 100  # messages in one letter at most
TURN = 20  # letters of one channel before the next channel has its turn
RUN = timedelta(minutes=5)
HOST_FAILURES = 3
log = logging.getLogger(__name__)
HOST_RESTS = tuple(timedelta(minutes=m) for m in (5, 10, 20, 40, 60))

DELIVERY = Workflow(
    "delivery",
    "外发",
    (
        Transition(
            name="retry",
            label="重新发送",
            sources=frozenset({DeliveryState.FAILED, DeliveryState.EXPIRED}),
            target=DeliveryState.QUEUED,
            roles=frozenset({Role.SYSADMIN}),
            primary=True,
        ),
    ),
)


def waiting() -> bool:
    """True when something is due at a host that is not resting."""
    now = moment.now()
    return bool(Delivery.objects.due(now).exclude(channel__host__in=_resting(now)).exists())


def job(_payload: dict[str, Any], lease: Lease) -> dict[str, Any]:
    """Job handler: send what is due, channel by channel in turn; what is not sent in one run is left to the next."""
    run = Run(lease)
    put_away(run.began)
    due = Delivery.objects.due(run.began).exclude(channel__host__in=_resting(run.began))
    first = due.filter(channel=OuterRef("pk")).order_by("next_at").values("next_at")[:1]
    ways = deque(Channel.objects.filter(pk__in=due.values("channel_id")).order_by(Subquery(first), "pk"))
    while ways and moment.now() - run.began < RUN:
        channel = ways.popleft()
        if channel.host not in run.down and run.turn(channel):
            ways.append(channel)
    return dict(run.counts)


def put_away(now: datetime) -> None:
    """What need not or may not go out any more: read, too old, its reader gone or recused, its channel shut."""
    due = Delivery.objects.due(now)
    over = {"finished_at": now}
    open_ways = [channel.pk for channel in channels.in_use()]
    due.exclude(channel__in=open_ways).update(state=DeliveryState.SUPPRESSED, answer="not_allowed", **over)
    due.filter(expires_at__lt=now).update(state=DeliveryState.EXPIRED, **over)
    read = Q(notification__read_at__isnull=False)
    due.filter(read).update(state=DeliveryState.SUPPRESSED, answer="read", **over)
    able = User.objects.filter(notify.able_to_receive(), pk=OuterRef("user_id"))
    recused = Recusal.objects.filter(
        person_id=OuterRef("user__person_id"),
        target_label=OuterRef("notification__target_label"),
        target_id=OuterRef("notification__target_id"),
        ended_at=None,
    )
    gone = due.filter(~Exists(able) | Exists(recused))
    gone.update(state=DeliveryState.SUPPRESSED, answer="not_entitled", **over)


@dataclass
class Run:
    """One run of the job."""

    lease: Lease
    began: datetime = field(default_factory=moment.now)
    calendar: NationalCalendar = field(default_factory=NationalCalendar)
    counts: Counter[str] = field(default_factory=Counter)
    down: set[str] = field(
        default_factory=set
    )  # hosts at fault in this run: their other channels are not tried

    def turn(self, channel: Channel) -> bool:
        """Up to TURN letters of a channel; False when nothing is left or the channel failed."""
        for _ in range(TURN):
            self.lease.renew()
            batch = self.claim(channel)
            if batch is None:
                return False
            if batch and not self.attempt(channel, batch):
                return False
        return True

    def claim(self, channel: Channel) -> list[Delivery] | None:
        """The next batch, ours alone; empty when it was put off or another took it, None when nothing is due."""
        now = moment.now()
        due = Delivery.objects.due(now).filter(channel=channel)
        first = (
            due.select_related("user__notice_preference", "notification").order_by("next_at", "pk").first()
        )
        if first is None:
            return None
        mine = due.filter(batch=first.batch)
        if not first.batch:
            mine = mine.filter(notification__isnull=first.notification_id is None)
            mine = mine.filter(user_id=first.user_id) if channel.personal else mine
            mine = _alike(mine, first)
        if (later := self.wake(channel, first, now)) > now:
            mine.update(next_at=later)
            return []
        batch = first.batch or new_public_id()
        chosen = list(mine.order_by("pk").values_list("pk", flat=True)[:BUNDLE])
        taken = mine.filter(pk__in=chosen)
        if not taken.update(batch=batch, next_at=now + CLAIM, attempts=F("attempts") + 1):
            return []
        ours = Delivery.objects.filter(batch=batch, state=DeliveryState.QUEUED).order_by("pk")
        return list(ours.select_related("notification", "user"))

    def wake(self, channel: Channel, first: Delivery, now: datetime) -> datetime:
        """When it may go out: a test at once, a person's own message outside his quiet hours."""
        if first.notification is None:
            return now
        own = getattr(first.user, "notice_preference", None) if channel.personal else None
        last_day = preferences.last_day_of(first.notification.kind, first.notification.created_at)
        return preferences.wake(now, own or preferences.USUAL, self.calendar, last_day)

    def attempt(self, channel: Channel, batch: list[Delivery]) -> bool:
        """Send one batch and note what came of it."""
        answer = _send(channel, batch)
        self.counts["sent" if answer.ok else "failed"] += 1
        note(channel, batch, answer)
        if answer.fault:
            self.down.add(channel.host)
        return answer.ok


def _alike(mine: Any, first: Delivery) -> Any:
    """What may pass quiet hours goes out in a letter of its own: it takes nothing along and waits for nothing."""
    last_day = Q(notification__kind=preferences.LAST_DAY)
    passes = first.notification is not None and first.notification.kind == preferences.LAST_DAY
    return mine.filter(last_day) if passes else mine.exclude(last_day)


@sensitive_variables("keys")
def _send(channel: Channel, batch: list[Delivery]) -> Answer:
    about = [(row.notification.number, row.notification.url) for row in batch if row.notification]
    told = [row.notification.text for row in batch if row.notification and row.notification.kind == DIGEST]
    said = messengers.say(batch[0].batch, about, test=not about, digest=told[-1] if told else "")
    user = batch[0].user
    try:
        keys = channels.keys_of(channel)
    except (KeyMissing, InvalidTag):
        return Answer(False, "sealed")
    to = user.public_id if channel.personal else ""
    try:
        return messengers.send(channel, keys, said, to=to, address=user.email)
    except Exception as error:  # noqa: BLE001 — one letter nobody can send must not stop the others
        log.error("delivery %s: %s", said.id, type(error).__name__)
        return Answer(False, type(error).__name__[:40])


@transaction.atomic
def note(channel: Channel, batch: list[Delivery], answer: Answer) -> None:
    """Write the outcome: sent, to be tried again later, or given up; and how the host stands."""
    now, tried = moment.now(), batch[0].attempts
    rows = Delivery.objects.filter(batch=batch[0].batch, state=DeliveryState.QUEUED)
    if answer.ok:
        rows.update(state=DeliveryState.SENT, answer=answer.word, finished_at=now)
        OutboundHost.objects.filter(host=channel.host).update(failures=0, open_until=None)
        return
    if tried > len(WAITS):
        rows.update(state=DeliveryState.FAILED, answer=answer.word, finished_at=now)
    else:
        rows.update(answer=answer.word, next_at=now + WAITS[tried - 1])
    if answer.fault:
        _blame(channel.host, now)


def _blame(host: str, now: datetime) -> None:
    """One more failure of the host; after the third it rests, longer each time."""
    OutboundHost.objects.bulk_create([OutboundHost(host=host)], ignore_conflicts=True)
    OutboundHost.objects.filter(host=host).update(failures=F("failures") + 1)
    failures = OutboundHost.objects.get(host=host).failures
    if failures >= HOST_FAILURES:
        rest = HOST_RESTS[min(failures - HOST_FAILURES, len(HOST_RESTS) - 1)]
        OutboundHost.objects.filter(host=host).update(open_until=now + rest)


def circuit_of(host: str) -> OutboundHost | None:
    """How the host stands, when it failed lately."""
    return OutboundHost.objects.filter(host=host, failures__gt=0).first()


def _resting(now: datetime) -> Any:
    return OutboundHost.objects.filter(open_until__gt=now).values("host")


@transaction.atomic
def retry(row: Delivery, *, by: User, note: str = "", expected_version: int | None = None) -> Delivery:
    """重新发送 what was given up: at once, under the same id. Raises WrongState when it is not given up, Stale."""
    step = DELIVERY.transitions["retry"]
    step.check_person(row, by)
    fresh: Delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if expected_version not in {None, fresh.version}:
        text = "您打开页面后，这条外发又有了变化。请核对现在的情况后重新提交。"
        raise Stale(text, current={"state": fresh.state}, version=fresh.version)
    step.check_state(fresh)
    now = moment.now()
    Delivery.objects.filter(pk=fresh.pk).update(
        state=DeliveryState.QUEUED, next_at=now, expires_at=now + KEPT, finished_at=None
    )
    audit.record("delivery.retry", fresh, by=by, note=note)
    channels.soon()
    return fresh
