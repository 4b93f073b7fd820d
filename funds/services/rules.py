"""The figures projects and payments are held to, as they stand on a day."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from funds.models import FundRule
from povertyaudit.core import moment

DEFAULTS = {
    "change": 10,
    "retention_most": 10,
    "advance": 40,
    "completion": 50,
    "final": 10,
    "retention_months": 12,
    "lag": 5,
    "held_days": 30,
    "slip_times": 1000,
    "bracket_1": 10,
    "bracket_2": 50,
    "bracket_3": 100,
    "notice_days": 10,
    "notice_gaps": 0,
}


def amount(kind: str, day: date | None = None) -> int:
    """The figure of the rule in force on the day (today). One query."""
    rule = FundRule.objects.on(day).filter(code=kind).first()
    return int(rule.amount) if rule else DEFAULTS[kind]


def amounts(kinds: Sequence[str], day: date | None = None) -> list[int]:
    """The figures of several rules in force on the day (today), in the order asked. One query."""
    found = dict(FundRule.objects.on(day).filter(code__in=kinds).order_by("pk").values_list("code", "amount"))
    return [int(found.get(kind, DEFAULTS[kind])) for kind in kinds]


def amount_each(kind: str, days: Iterable[date]) -> dict[date, int]:
    """The figure of one rule in force on each of the days. One query."""
    spans = list(FundRule.objects.named().filter(code=kind).values_list("valid_from", "valid_to", "amount"))

    def on(day: date) -> int:
        found = (sum_ for start, end, sum_ in spans if (start or day) <= day <= (end or day))
        return int(next(found, DEFAULTS[kind]))

    return {day: on(day) for day in days}


def held_since() -> date:
    """Money that came on this day or before and was not used is held (滞留)."""
    return moment.today() - timedelta(days=amount("held_days"))
