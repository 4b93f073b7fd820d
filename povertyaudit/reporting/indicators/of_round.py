"""What one round came to: the same indicators, over the rows that grew out of it."""

from dataclasses import dataclass
from typing import Any

from cases.models import Case, Lead, Outcome, Responsible
from inspections.models import Finding, ImmediateNotice, Opinion, Round, RoundObject
from povertyaudit.reporting.indicators.base import Indicator
from rectification.models import Item

# table → path from its rows to the round, or to the lead the round handed on
TO_ROUND: dict[type[Any], str] = {
    Finding: "round", Opinion: "round", ImmediateNotice: "round", RoundObject: "round", Item: "finding__round",
}  # fmt: skip
TO_LEAD: dict[type[Any], str] = {
    Lead: "pk", Case: "lead", Outcome: "lead", Responsible: "accountability__lead",
}  # fmt: skip


@dataclass(frozen=True)
class OfRound:
    """Rows that grew out of a round; of a table that knows no round, none."""

    round: Round

    def of(self, indicator: Indicator) -> Any:
        rows = indicator.model._default_manager.order_by()
        if path := TO_ROUND.get(indicator.model):
            return rows.filter(**{path: self.round})
        if path := TO_LEAD.get(indicator.model):
            handed = self.round.handed_leads.exclude(row__lead=None).order_by().values("row__lead")
            return rows.filter(**{f"{path}__in": handed})
        return rows.none()
