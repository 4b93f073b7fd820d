"""处分宣布情况报告: each quarter the registry reports to the party committee how far sanctions were announced (clock #22)."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q

from cases.filing_querysets import OutcomeQuerySet
from cases.models import Outcome, Period
from cases.models.summaries import in_words
from povertyaudit.core.models import Clock, Region
from povertyaudit.core.scope import region_under

Days = tuple[date, date]


def sanctions(county: Region, last: date) -> OutcomeQuerySet:
    """Those of the county that stand, decided by that day."""
    rows: OutcomeQuerySet = Outcome.objects.to_announce().filter(region_under("region_id", county.code))
    return rows.filter(decided_on__lte=last)


def anything(county: Region, days: Days) -> bool:
    """Whether there is something to report: decided or announced within the days, or left to be announced."""
    rows = sanctions(county, days[1])
    return any(
        found.exists()
        for found in (
            rows.filter(decided_on__gte=days[0]),
            rows.announced_in(*days),
            rows.unannounced_on(days[1]),
        )
    )


def counted(county: Region, days: Days, earlier: Days) -> list[dict[str, Any]]:
    """The figures of the quarter, with those of the one before for what happened in it; each with its list of now."""
    rows, last = sanctions(county, days[1]), days[1]
    left = rows.unannounced_on(last)
    late = Clock.objects.filter(code="sanction.announce", target_label="cases.outcome", due_on__lt=last)
    overdue = left.aggregate(n=Count("pk", filter=Q(pk__in=late.values("target_id"))))["n"]
    announced = {"announced_from": days[0], "announced_to": last}
    then = sanctions(county, earlier[1])
    return [
        _figure(
            county, "decided", "作出处分决定", rows.filter(decided_on__gte=days[0]).count(),
            then.filter(decided_on__gte=earlier[0]).count(), decided_from=days[0], decided_to=last, to_announce="true",
        ),
        _figure(
            county, "announced", "宣布处分决定", rows.announced_in(*days).count(),
            then.announced_in(*earlier).count(), **announced,
        ),
        _figure(county, "unannounced", "期末未宣布", left.count(), None, unannounced_on=last),
        {"key": "late", "label": "其中已超过宣布期限", "value": overdue, "before": None, "url": ""},
    ]  # fmt: skip


def _figure(
    county: Region, key: str, label: str, value: int, past: int | None, **said: Any
) -> dict[str, Any]:
    where = urlencode({"region": county.code, **said})
    return {"key": key, "label": label, "value": value, "before": past, "url": f"/outcomes/?{where}"}


def worded(days: Days, figures: list[dict[str, Any]]) -> str:
    """The figures in sentences. Nobody by his name: the paper goes to readers who do not see the cases."""
    at = {one["key"]: one["value"] for one in figures}
    late = f"，其中已超过宣布期限 {at['late']} 件" if at["late"] else ""
    return (
        f"{in_words(Period.SANCTION, *days)}，作出处分决定 {at['decided']} 件，宣布处分决定 {at['announced']} 件，"
        f"期末未宣布 {at['unannounced']} 件{late}。"
    )
