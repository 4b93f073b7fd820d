"""The morning's ladder: which late items take a step today. Selected by queries over indexes, worked off in batches.

Repeated on the same day it takes nothing twice; killed in the middle, the next run takes what is left. It runs before the
reminders and speaks under their keys, so that nobody hears the same thing twice in a morning.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone

from povertyaudit.core import jobs, ladder, moment, numbering, rows
from povertyaudit.core.models import LadderStep
from povertyaudit.core.models.ladder import DECIDED, Channel
from rectification.models import UNCOUNTED, Item, Measure, MeasureState, State
from rectification.models.escalation import Escalation, EscalationPause, EscalationState, Holder, Pursuit
from rectification.services import escalation_words as words
from rectification.services.escalation_messages import Messages
from rectification.services.escalation_people import addressee
from rectification.services.ladder_moves import Act, late_days, move, pace
from rectification.services.lateness import BESIDE, Stand, stand, why
from rectification.workflow.who import PRESSED, SIGNED

AFTER = time(6, 30)  # after the reports are opened, before the morning's reminders
BATCH = 200
OVER = (State.CLOSED, State.LONG_TERM, *UNCOUNTED)


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to each day: (key, kind, payload)."""
    if timezone.localtime(now).time() < AFTER:
        return []
    return [(f"escalate:{day}", "escalate", {"day": day.isoformat()})]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler: `payload` {"day": ISO date}. A job that waited over midnight works for the day it is now."""
    day, taken = max(date.fromisoformat(payload["day"]), moment.today()), 0
    for ids in batches(due_items(day)):
        taken += take_batch(ids, day)
        lease.renew()
    return {"taken": taken}


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """In the order of their keys: two workers lock them in the same order."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def due_items(day: date) -> set[int]:
    """Keys of the items the ladder must look at on the day: those that came under it, those whose next step is due, those
    that are over, in other hands or have another date."""
    return {*_to_begin(day), *_to_go_on(day), *_to_settle()}


def _to_begin(day: date) -> Iterator[int]:
    """Late by the mildest step of any place, themselves or in a measure, and not under the ladder yet."""
    days = [late_days(step) for step in ladder.in_force(day) if not step.unused]
    if not days:
        return
    cut = day - timedelta(days=min(days))
    known, paused = Pursuit.objects.filter(item=OuterRef("pk")), EscalationPause.objects.of_outer_item(day)
    items = Item._base_manager.exclude(state__in=OVER).filter(state__in=PRESSED)
    yield from items.filter(~Exists(known), ~paused, due_on__lte=cut).order_by().values_list("pk", flat=True)
    known = Pursuit.objects.filter(item=OuterRef("item"))
    paused_too = EscalationPause.objects.on(day).filter(item=OuterRef("item"))
    late = Measure._base_manager.exclude(state=MeasureState.DONE).filter(due_on__lte=cut)
    found = late.filter(~Exists(known), ~Exists(paused_too), item__state__in=PRESSED)
    yield from found.order_by().values_list("item", flat=True).distinct()


def _to_go_on(day: date) -> Any:
    paused = EscalationPause.objects.on(day).filter(item=OuterRef("item"))
    return Pursuit.objects.filter(~Exists(paused), next_on__lte=day).values_list("item", flat=True)


def _to_settle() -> Any:
    moved = (
        Q(holder=Holder.MAIN, item__state__in=SIGNED)
        | Q(holder=Holder.LEAD) & ~Q(item__state=State.CLOSURE_APPLIED)
        | Q(holder=Holder.BODY) & ~Q(item__state=State.SECTOR_REVIEWED)
    )
    changed = Q(item__state__in=OVER) | ~Q(item__due_on=F("item_due_on")) | moved
    return Pursuit.objects.filter(changed).values_list("item", flat=True)


@transaction.atomic
def take_batch(ids: Sequence[int], day: date) -> int:
    """Take the steps these items are due for on the day; returns how many."""
    batch = _Batch(_locked(ids), day)
    for item in batch.items:
        batch.look_at(item)
    return batch.write()


def _locked(ids: Sequence[int]) -> list[Item]:
    found = Item.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    related = ("region", "lead_unit", "body_unit", "leading_leader__person", "finding")
    return list(found.select_related(*related).prefetch_related(*BESIDE))


class _Batch:
    """Some items on one day: what is known of them, the steps taken, and where the ladder then stands."""

    def __init__(self, items: list[Item], day: date) -> None:
        self.items, self.day = items, day
        ids = [item.pk for item in items]
        self.messages = Messages(items, day)
        self.pursuits = {
            one.item_id: one for one in Pursuit.objects.filter(item__in=ids).select_related("latest__rule")
        }
        self.turns, self.before = _turns(ids), _before(ids)
        self.ladder, self.places = ladder.in_force(day), dict[str, list[LadderStep]]()
        self.paused = set(EscalationPause.objects.on(day).filter(item__in=ids).values_list("item", flat=True))
        self.kept: list[Pursuit] = []
        self.made: list[tuple[Escalation, Pursuit]] = []
        self.over: list[Pursuit] = []

    def look_at(self, item: Any) -> None:
        pursuit = self.pursuits.get(item.pk)
        if item.state not in PRESSED:
            self._end(pursuit)
            return
        if item.pk in self.paused:
            return
        where = stand(item, self.messages.due, self.day)
        steps = self._steps(item.region_id)
        before = self.before.get((item.pk, item.due_on, where.holder), "")
        todo = move(pursuit, where, item.due_on, steps, self.day, before)
        if todo.act == Act.END:
            self._end(pursuit)
        elif todo.act == Act.TAKE and todo.step is not None:
            self._take(item, pursuit, where, todo.step, steps)
        elif todo.act == Act.ASK_AGAIN and pursuit is not None and pursuit.latest is not None:
            pursuit.latest.item = item
            self._ask_again(pursuit, pursuit.latest)
        elif todo.act == Act.WAIT and todo.on is not None:
            self._lapse(pursuit)
            self._stands(item, pursuit, where, todo.on)

    def _steps(self, code: str) -> list[LadderStep]:
        if code not in self.places:
            self.places[code] = ladder.of_place(self.ladder, code)
        return self.places[code]

    def _take(
        self, item: Any, pursuit: Pursuit | None, where: Stand, rule: LadderStep, steps: Sequence[LadderStep]
    ) -> None:
        self._lapse(pursuit)
        reasons, key = why(item, where, self.day), (item.pk, where.due_on, rule.step)
        self.turns[key] = self.turns.get(key, 0) + 1
        state = _first_state(rule, where)
        spoken = rule.channel == Channel.LETTER and state == EscalationState.TOLD
        made = Escalation(
            region=item.region, item=item, rule=rule, step=rule.step, turn=self.turns[key], taken_on=self.day,
            due_on=where.due_on, item_due_on=item.due_on, measure_no=where.measure_no, days_late=where.days,
            holder=where.holder, why="\n".join(text for _, text in reasons), why_codes=[code for code, _ in reasons],
            channel=Channel.MESSAGE if spoken else rule.channel, addressee=addressee(item, where.holder), state=state,
        )  # fmt: skip
        if state == EscalationState.DRAFTED:
            made.demand, made.contact = words.demand(made), words.contact(item)
        self.messages.of_step(made)
        own = pace(rule, steps, where.due_on, self.day)
        asked = state in (EscalationState.DRAFTED, EscalationState.PROPOSED)
        kept = self._stands(
            item, pursuit, where, self.day + timedelta(days=rule.repeat_days) if asked else own
        )
        self.made.append((made, kept))

    def _stands(self, item: Any, pursuit: Pursuit | None, where: Stand, next_on: date) -> Pursuit:
        kept = pursuit or Pursuit(item=item)
        kept.holder, kept.item_due_on, kept.next_on = where.holder, item.due_on, next_on
        kept.latest, kept.told_again = None, 0
        self.kept.append(kept)
        return kept

    def _ask_again(self, pursuit: Pursuit, latest: Escalation) -> None:
        pursuit.told_again += 1
        pursuit.next_on = self.day + timedelta(days=latest.rule.repeat_days)
        self.messages.again(latest, pursuit.told_again)
        self.kept.append(pursuit)

    def _end(self, pursuit: Pursuit | None) -> None:
        if pursuit is not None:
            self._lapse(pursuit)
            self.over.append(pursuit)

    def _lapse(self, pursuit: Pursuit | None) -> None:
        """What nobody signed or decided on is about days that are somebody else's now, or over."""
        latest = pursuit.latest if pursuit else None
        if latest is not None and latest.state in (EscalationState.DRAFTED, EscalationState.PROPOSED):
            rows.write(
                rows.lock(latest), verb="escalation.lapse", by=None, changes={"state": EscalationState.LAPSED}
            )

    def write(self) -> int:
        """Number and save the steps, then where the ladder stands, then the messages."""
        steps = [made for made, _ in self.made]
        _number(steps)
        self.messages.settle()
        rows.create_many(steps, verb="escalation.take", by=None)
        for made, kept in self.made:
            kept.latest = made
        Pursuit.objects.bulk_create([one for one in self.kept if one.pk is None])
        Pursuit.objects.bulk_update(
            [one for one in self.kept if one.pk is not None],
            ("holder", "item_due_on", "next_on", "latest", "told_again"),
        )
        Pursuit.objects.filter(pk__in=[one.pk for one in self.over]).delete()
        self.messages.put()
        return len(steps)


def _first_state(rule: LadderStep, where: Stand) -> str:
    """A letter is drafted, what a person decides is proposed; the body does not write to itself."""
    if rule.step in DECIDED:
        return EscalationState.PROPOSED
    written = rule.channel == Channel.LETTER and where.holder != Holder.BODY
    return EscalationState.DRAFTED if written else EscalationState.TOLD


def _turns(ids: Sequence[int]) -> dict[tuple[int, date, str], int]:
    """How often each step was taken for the day that was missed."""
    taken = Escalation._base_manager.filter(item__in=ids).order_by().values_list("item", "due_on", "step")
    return {(item, due_on, step): last for item, due_on, step, last in taken.annotate(last=Max("turn"))}


def _before(ids: Sequence[int]) -> dict[tuple[int, date, str], str]:
    """(item, its date, holder) → the step last taken; a part that was split off is where its item was."""
    taken = Escalation._base_manager.order_by("pk")
    own = taken.filter(item__in=ids).values_list("item", "item_due_on", "holder", "step")
    inherited = taken.filter(item__parts__in=ids).values_list("item__parts", "item_due_on", "holder", "step")
    return {(item, on, holder): step for item, on, holder, step in (*inherited, *own)}


def _number(made: Sequence[Escalation]) -> None:
    """Register numbers, county by county in one order, so that two workers cannot wait for each other."""
    counties: dict[str, list[Escalation]] = {}
    for row in made:
        counties.setdefault(row.region.county_code(), []).append(row)
    for code in sorted(counties):
        mine = counties[code]
        numbers = numbering.take_many("escalation", mine[0].region, len(mine))
        for row, number in zip(mine, numbers, strict=True):
            row.number = number
