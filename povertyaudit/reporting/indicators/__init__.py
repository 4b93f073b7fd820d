"""The one catalogue of indicators: boards, reports, the API and docs/indicators.md all read it."""

from dataclasses import replace

from povertyaudit.reporting.indicators import filing, items, leads, money, rounds
from povertyaudit.reporting.indicators.base import (
    County,
    Indicator,
    Mark,
    Rate,
    Reader,
    Sight,
    Way,
    parted,
    values,
)

GROUPS: dict[str, tuple[Indicator, ...]] = {
    "问题线索": leads.INDICATORS,
    "立案处分问责": filing.INDICATORS,
    "巡察": rounds.INDICATORS,
    "整改": items.INDICATORS,
    "资金": money.INDICATORS,
}
CATALOGUE: dict[str, Indicator] = {
    one.code: replace(one, group=heading) for heading, found in GROUPS.items() for one in found
}
RATES: dict[str, Rate] = {
    rate.code: rate
    for rate in (
        Rate("petitions_done_rate", "信访举报办结率", leads.PETITIONS_DONE, leads.PETITIONS, leads.LOCAL, "问题线索"),
        Rate("on_time_rate", "线索按期办结率", leads.ON_TIME, leads.CONCLUDED, leads.LOCAL, "问题线索"),
        Rate("opinions_rate", "整改意见采纳率", rounds.ACCEPTED, rounds.OPINIONS, rounds.RULES, "巡察"),
        Rate("immediate_rate", "立行立改办结率", rounds.AT_ONCE_DONE, rounds.AT_ONCE, rounds.RULES, "巡察"),
        Rate("closed_rate", "整改销号率", items.ALL_CLOSED, items.ALL, items.LOCAL, "整改"),
        Rate("relapse_rate", "回头看反弹率", items.RELAPSED, items.CHECKS, items.LOCAL, "整改"),
    )
}  # fmt: skip

__all__ = [
    "CATALOGUE",
    "GROUPS",
    "RATES",
    "County",
    "Indicator",
    "Mark",
    "Rate",
    "Reader",
    "Sight",
    "Way",
    "parted",
    "values",
]
