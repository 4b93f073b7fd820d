"""办结情况通报: each quarter a handling office tells the petition office what became of its complaints (clock #25).

Also the clocks of all that is reported each quarter: three months from the last one that was sent.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, QuerySet

from cases.models import CloseKind, Lead, Period, State, WorkSummary
from cases.models.summaries import TELLERS, in_words
from cases.services.telling import registry_of
from povertyaudit.core import clocks, secrecy
from povertyaudit.core.models import Post, Region, Role, Unit, User
from povertyaudit.core.scope import region_under

RULE = "lead.report_quarter"
RULES: dict[str, str] = {Period.TOLD: RULE, Period.SANCTION: "sanction.report_quarter"}
EVENTS: dict[str, str] = {Period.TOLD: "上次通报", Period.SANCTION: "上次报告"}
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


def keep_secret(row: WorkSummary, texts: Mapping[str, str], *, by: User) -> None:
    """What an office writes of its complaints may not say who complained in one of them: leaders read it too.

    Raises Leaked. A total of the county is of no complaints in particular and is not compared.
    """
    if row.unit is not None:
        secrecy.refuse_each(finished(row.unit, (row.first_day, row.last_day)), texts, by=by)


def start_clock(row: WorkSummary) -> None:
    """Three months from the last one that was sent; for the first, and where quarters between had nothing to report, from
    the end of the quarter it tells of."""
    earlier = _of_kind(row).filter(first_day__lt=row.first_day)
    list(
        earlier.filter(state="draft").select_for_update(of=("self",))
    )  # one that is being sent just now counts
    last = earlier.filter(state="sent").aggregate(last=Max("sent_on"))["last"]
    registry = registry_of(row.region_id)
    follows = (
        last is not None and last >= row.first_day
    )  # else it would be overdue before its quarter is over
    clocks.start(
        row, RULES[row.period], on=last if follows else row.last_day, event=EVENTS[row.period] if follows else "季度终了",
        owner_unit=row.unit or registry, body_unit=registry,
    )  # fmt: skip


def end_clock(sent: WorkSummary, verb: str) -> None:
    """Sent: its own period ends; where the next one is drafted already, its three months begin today all the same."""
    day: Any = sent.sent_on
    clocks.stop(sent, RULES[sent.period], day, verb)
    for row in _of_kind(sent).filter(state="draft", first_day__gt=sent.first_day):
        clocks.restart(row, RULES[sent.period], on=day, event=EVENTS[sent.period])


def _of_kind(row: WorkSummary) -> QuerySet[WorkSummary]:
    return WorkSummary.objects.filter(region=row.region_id, unit=row.unit, period=row.period)


def quarter_before(day: date) -> Days:
    """The last quarter that was over before `day`."""
    first = day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1)
    last = first - timedelta(days=1)
    return last.replace(day=1, month=last.month - 2), last
