"""零搁置: open items nothing was done about for so many days — and who did something last, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from povertyaudit.core import moment
from povertyaudit.core.models import AuditEntry
from povertyaudit.core.workflow import verb_label
from rectification import standing
from rectification.models import PeriodReport
from rectification.services.ranking import amount
from rectification.workflow import ITEM, UNIT

LABEL = "rectification.item"
SIGNED = frozenset({"apply", "review", "verify", "send_back"})
ASKING = frozenset({"request_extension", "request_split", "request_merge"})  # asks for time and moves nothing
MOVES = tuple(
    sorted(
        f"item.{step.name}"
        for step in ITEM.transitions.values()
        if step.name in SIGNED or (step.roles & UNIT and step.name not in ASKING)
    )
) + ("item.carry_over",)  # a part is looked at from the day it was split off


@dataclass(frozen=True)
class Last:
    """The last thing done: day, who, what."""

    on: date
    who: str
    what: str


def days(on: date | None = None) -> int:
    """After how many days an item counts as lying still (dated rule)."""
    return amount("still_days", on)


def _over(day: date) -> datetime:
    """The moment the day was over."""
    return timezone.make_aware(datetime.combine(day, time.max))


def still(rows: Any, through: date | None = None) -> Any:
    """Items open on the day (today) with no act of the unit, no signature and no report for as long as the rule says.

    One anti-join over the entries of those days (index on `at`), not one question an item.
    """
    day = through or moment.today()
    since = day - timedelta(days=days(day))
    acts = AuditEntry.objects.filter(
        target_label=LABEL, target_id=OuterRef("pk"), at__gt=_over(since), at__lte=_over(day), verb__in=MOVES
    )
    reports = PeriodReport._base_manager.filter(item=OuterRef("pk"))
    told = reports.filter(
        Q(filled_on__gt=since, filled_on__lte=day) | Q(signed_on__gt=since, signed_on__lte=day)
    )
    begun = rows.filter(standing.conditions(day)["open"]).in_hand()
    return begun.filter(~Exists(acts), ~Exists(told), in_hand_since__lte=since)


def in_words(item: Any, last: Last | None, day: date) -> tuple[str, str]:
    """How long, and the last thing done by whom."""
    since = last.on if last else item.in_hand_since
    said = f"{last.on} {last.who} {last.what}" if last else f"{since} 下发后没有办理"
    return f"{(day - since).days} 天", said


def last_acts(ids: Iterable[int], through: date | None = None) -> dict[int, Last]:
    """Item → the last thing done about it by the end of the day. Three questions for all."""
    keys, day = list(ids), through or moment.today()
    entries = AuditEntry.objects.filter(
        target_label=LABEL, target_id__in=keys, verb__in=MOVES, at__lte=_over(day)
    )
    newest = entries.order_by().values("target_id").annotate(last=Max("pk")).values("last")
    found = {
        entry.target_id: Last(moment.day_of(entry.at), entry.actor_name, verb_label(entry.verb))
        for entry in AuditEntry.objects.filter(pk__in=newest)
    }
    filled = PeriodReport._base_manager.filter(item__in=keys, filled_on__lte=day)
    for report in filled.select_related("filled_by__person").order_by("filled_on", "pk"):
        earlier = found.get(report.item_id)
        if report.filled_on and (earlier is None or earlier.on < report.filled_on):
            who = report.filled_by.display_name if report.filled_by else ""
            found[report.item_id] = Last(report.filled_on, who, "填报定期报告")
    return found
