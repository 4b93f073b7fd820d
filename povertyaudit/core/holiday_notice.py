"""载入放假安排: take over a State Council notice, and count anew every date it touches."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from povertyaudit.core import audit, hashing, moment
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.counting import recount
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.holiday_file import Line, read
from povertyaudit.core.models import CalendarDay, CalendarYear, Clock, Role, User
from povertyaudit.core.models.calendar import DayKind

WHOLE_YEAR = 10  # days off a notice names at least; fewer are single days and do not make a year published
BATCH = 500


@dataclass(frozen=True)
class Move:
    """A due date that a notice moved."""

    clock: Clock
    old: date
    new: date

    def __str__(self) -> str:
        return f"{self.clock.number or '（未编号）'} {self.clock.rule.name}：{self.old} → {self.new}"


@dataclass(frozen=True)
class Loaded:
    """What a load did: rows added and changed, years now published, dates moved, dates no longer provisional."""

    added: int
    changed: int
    years: list[int]
    moved: list[Move]
    settled: int

    def __str__(self) -> str:
        years = "、".join(map(str, self.years))
        published = (
            f"{years} 年的放假安排已齐。" if years else "没有哪一年的放假安排是完整的，只载入了单独的日期。"
        )
        return (
            f"新增 {self.added} 天，修改 {self.changed} 天；{published}"
            f"到期日变动 {len(self.moved)} 个，由暂定转为确定 {self.settled} 个。"
        )


@transaction.atomic
def load(data: bytes, *, by: User | None, source: str = "") -> Loaded:
    """Upsert the days of the file, mark whole years as published, count anew what they touch; one record entry.

    Raises RuleBroken/Several (nothing is saved) for a file with mistakes; NotAllowed unless `by` is 系统管理员 or
    the command line (None).
    """
    if by is not None and Role.SYSADMIN not in by.roles:
        raise NotAllowed("calendar.role", "放假安排由系统管理员载入。")
    lines = read(data, source=source)
    added, changed = _upsert(lines)
    years = _publish(lines)
    moved, settled = recount_touched(min(x.day for x in lines), max(x.day for x in lines))
    loaded = Loaded(added, changed, [year.year for year in years], moved, settled)
    target = years[0] if years else CalendarDay.objects.get(day=lines[0].day)
    facts = {
        "days": len(lines),
        "added": added,
        "changed": changed,
        "years": loaded.years,
        "moved": len(moved),
        "settled": settled,
        "digest": hashing.digest([[x.day, x.kind.value, x.name, x.source] for x in lines]),
        "moved_digest": hashing.digest([[m.clock.public_id, m.old, m.new] for m in moved]),
    }
    audit.record("calendar.load", target, by=by, facts=facts)
    return loaded


def _upsert(lines: Sequence[Line]) -> tuple[int, int]:
    known = {
        row.day: (row.kind, row.name)
        for row in CalendarDay.objects.filter(day__in=[line.day for line in lines])
    }
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=x.day, kind=x.kind, name=x.name, source=x.source) for x in lines],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["kind", "name", "source"],
    )
    changed = sum(1 for x in lines if x.day in known and known[x.day] != (x.kind.value, x.name))
    return len(lines) - len(known), changed


def _publish(lines: Sequence[Line]) -> list[CalendarYear]:
    """Mark the years of which the file holds a whole notice; a make-up day in December makes no year whole."""
    off = Counter(x.day.year for x in lines if x.kind == DayKind.HOLIDAY)
    sources = {x.day.year: x.source for x in lines}
    return [
        CalendarYear.objects.update_or_create(
            year=year, defaults={"source": sources[year], "loaded_at": moment.now()}
        )[0]
        for year in sorted(off)
        if off[year] >= WHOLE_YEAR
    ]


def recount_touched(first: date, last: date) -> tuple[list[Move], int]:
    """Count anew the open clocks that are provisional or run over the days between `first` and `last`."""
    near = Q(started_on__lte=last, due_on__gte=first)
    touched = Clock.objects.open().filter(Q(provisional=True) | near).order_by("pk")
    _lock_followers(touched)
    pks = list(touched.values_list("pk", flat=True))
    calendar, moved, settled = NationalCalendar(), [], 0
    for at in range(0, len(pks), BATCH):
        rows = Clock.objects.select_for_update(of=("self",)).select_related("rule").order_by("pk")
        batch = list(rows.filter(pk__in=pks[at : at + BATCH]))
        for clock in batch:
            old, was_provisional = clock.due_on, clock.provisional
            recount(clock, calendar)
            settled += was_provisional and not clock.provisional
            if clock.due_on != old:
                moved.append(Move(clock, old, clock.due_on))
        Clock.objects.bulk_update(batch, ["due_on", "provisional"])
    _follow(moved)
    return moved, settled


def _lock_followers(touched: Any) -> None:
    """Lock the rows that may have to follow, before their clocks: whoever signs or stops takes the row first as well.

    Label by label in the order of settings.CLOCK_FOLLOWERS (an item before its reports), each by its key.
    """
    for label in settings.CLOCK_FOLLOWERS:
        ids = sorted(touched.filter(target_label=label).values_list("target_id", flat=True))
        rows: Any = apps.get_model(label)._base_manager.select_for_update(of=("self",)).order_by("pk")
        for at in range(0, len(ids), BATCH):
            list(rows.filter(pk__in=ids[at : at + BATCH]).values_list("pk", flat=True))


def _follow(moved: Sequence[Move]) -> None:
    """Rows that keep a due date of their own follow: settings.CLOCK_FOLLOWERS, label → function(list of Move)."""
    for label, path in settings.CLOCK_FOLLOWERS.items():
        mine = [move for move in moved if move.clock.target_label == label]
        if mine:
            import_string(path)(mine)
