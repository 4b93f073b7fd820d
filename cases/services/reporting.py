"""办结情况通报: each quarter a handling office tells the petition office what became of its complaints (clock #25)."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, QuerySet

from cases.models import CloseKind, Lead, Period, State, WorkSummary
from cases.models.summaries import TELLERS, in_words
from cases.services.telling import registry_of
from povertyaudit.core import clocks
from povertyaudit.core.models import Post, Region, Role, Unit
from povertyaudit.core.scope import region_under

RULE = "lead.report_quarter"
Days = tuple[date, date]


def tellers(county: Region, days: Days) -> list[Unit]:
    """The offices that concluded complaints of the petition office within the days."""
    posts = Post.objects.current().filter(region_under("unit__region_id", county.code), role__in=TELLERS)
    units = Unit.objects.filter(pk__in=posts.values("unit")).order_by("pk")
    return [unit for unit in units if finished(unit, days).exists()]


def finished(unit: Unit, days: Days) -> QuerySet[Lead]:
    """Complaints a petition office registered, this office handled, and that ended within the days."""
    desks = Post.objects.filter(role=Role.PETITION).values("unit")
    rows = Lead.objects.counted().filter(
        handling_unit=unit, registering_unit__in=desks, state=State.CONCLUDED
    )
    found: QuerySet[Lead] = rows.filter(concluded_on__range=days)
    return found


def counted(unit: Unit, days: Days) -> list[dict[str, Any]]:
    """How many ended, and how; each figure with the list that holds its rows now."""
    kinds = (
        finished(unit, days)
        .order_by()
        .values("close_kind")
        .annotate(n=Count("pk"))
        .order_by("-n", "close_kind")
    )
    ways = [_figure(unit, days, f"kind.{row['close_kind']}", CloseKind(row["close_kind"]).label, row["n"],
                    close_kind=row["close_kind"]) for row in kinds]  # fmt: skip
    return [_figure(unit, days, "concluded", "办结", sum(one["value"] for one in ways)), *ways]


def _figure(unit: Unit, days: Days, key: str, label: str, value: int, **more: str) -> dict[str, Any]:
    said = {
        "handling_unit": unit.public_id, "concluded_from": days[0], "concluded_to": days[1], "by_petition": "true", **more,
    }  # fmt: skip
    return {"key": key, "label": label, "value": value, "before": None, "url": f"/leads/?{urlencode(said)}"}


def worded(unit: Unit, days: Days, figures: list[dict[str, Any]]) -> str:
    """The figures in sentences. No lead by its number: who stands aside from one reads this as well."""
    kinds = "、".join(f"{one['label']} {one['value']} 件" for one in figures[1:])
    told = f"办结信访部门登记的检举控告 {figures[0]['value']} 件{f'，其中{kinds}' if kinds else ''}。"
    return f"{in_words(Period.TOLD, *days)}，{unit.name}{told}各件情况请点开数字逐件核对。"


def start_clock(row: WorkSummary) -> None:
    """Three months from the last one the office sent; for its first, from the end of the quarter it tells of."""
    earlier = WorkSummary.objects.filter(unit=row.unit, period=Period.TOLD, first_day__lt=row.first_day)
    list(
        earlier.filter(state="draft").select_for_update(of=("self",))
    )  # one that is being sent just now counts
    last = earlier.filter(state="sent").aggregate(last=Max("sent_on"))["last"]
    clocks.start(
        row, RULE, on=last or row.last_day, event="上次通报" if last else "季度终了", owner_unit=row.unit,
        body_unit=registry_of(row.region_id),
    )  # fmt: skip


def restart_later(sent: WorkSummary) -> None:
    """Where the next one was drafted before this one was sent, its three months begin today all the same."""
    later = WorkSummary.objects.filter(
        unit=sent.unit, period=Period.TOLD, state="draft", first_day__gt=sent.first_day
    )
    day: Any = sent.sent_on
    for row in later:
        clocks.restart(row, RULE, on=day, event="上次通报")


def quarter_before(day: date) -> Days:
    """The last quarter that was over before `day`."""
    first = day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1)
    last = first - timedelta(days=1)
    return last.replace(day=1, month=last.month - 2), last
