"""By which day a row belongs to a period: to the database and to the list of its rows, in the same words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from funds.spans import FIRST, Span

BEGINNING = date(FIRST, 1, 1)
During = Callable[[Span], Q]
Days = Callable[[Span], dict[str, str]]


@dataclass(frozen=True)
class Between:
    """Rows whose day lies in the period."""

    path: str

    def __call__(self, span: Span) -> Q:
        if span.first and span.last:
            return Q(**{f"{self.path}__range": (span.first, span.last)})
        return Q(**{f"{self.path}__gte": BEGINNING})

    def any_of(self, spans: Sequence[Span]) -> Q:
        """One stretch of days that holds all periods: an index is read from its first to its last, under OR it is not."""
        known = [(span.first, span.last) for span in spans if span.first and span.last]
        if len(known) < len(spans):
            return Q(**{f"{self.path}__gte": BEGINNING})
        return Q(
            **{f"{self.path}__range": (min(first for first, _ in known), max(last for _, last in known))}
        )


def from_to(name: str) -> Days:
    """The conditions of the list that say the same: `received_from`, `received_to`."""

    def days(span: Span) -> dict[str, str]:
        if span.first is None or span.last is None:  # a row without its day is in no period
            return {f"{name}_from": BEGINNING.isoformat()}
        return {f"{name}_from": span.first.isoformat(), f"{name}_to": span.last.isoformat()}

    return days


def through(path: str) -> During:
    """Rows of any day up to the last of the period."""

    def during(span: Span) -> Q:
        return Q(**{f"{path}__lte": span.last}) if span.last else Q()

    return during


def up_to(name: str) -> Days:
    def days(span: Span) -> dict[str, str]:
        return {name: span.last.isoformat()} if span.last else {}

    return days


def at_end(rows: Callable[[date | None], Q]) -> During:
    """Rows that stand so when the last day of the period is over."""
    return lambda span: rows(span.last)
