"""What an indicator is: what is counted, of whom, in which days, by which article; and the list that holds exactly its rows.

`values` answers any number of indicators for any number of periods with one question for each table, or for each of its days.
Who asks is a `Sight`: a person, within scope, or the whole of a county, without what is secret now (frozen reports).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Protocol
from urllib.parse import urlencode

from django.db.models import Count, Q

from funds.spans import Span
from povertyaudit.core import few
from povertyaudit.core.models import Region, User
from povertyaudit.core.scope import region_under
from povertyaudit.reporting.indicators.days import Between


class Sight(Protocol):
    """Whose figures: which rows of a table are counted at all."""

    def of(self, indicator: "Indicator") -> Any: ...


@dataclass(frozen=True)
class Reader:
    """What one person may see, as it is now."""

    user: User

    def of(self, indicator: "Indicator") -> Any:
        return indicator.model._default_manager.visible_to(self.user).order_by()


@dataclass(frozen=True)
class County:
    """A county and all below it, whoever asks; what only a few may know of now is not in it."""

    region: Region

    def of(self, indicator: "Indicator") -> Any:
        rows = indicator.model._default_manager.filter(region_under(indicator.region, self.region.code))
        return rows.filter(indicator.known()).order_by()


@dataclass(frozen=True)
class Mark:
    """One part of a figure: a bar, a point, a line of the table, with the list of its rows."""

    key: str
    label: str
    value: int
    url: str


@dataclass(frozen=True)
class Way:
    """How an indicator is taken apart. `asked`: key → conditions of the list; `words`: keys → what they are called."""

    key: str
    label: str
    by: Any
    asked: Callable[[Any], dict[str, str]]
    words: Callable[[Iterable[Any]], Mapping[Any, str]]


def always() -> Q:
    return Q()


def rows_of(among: Q) -> Any:
    """How many rows."""
    return Count("pk", filter=among)


@dataclass(frozen=True)
class Indicator:
    """One figure with its definition.

    counts      what the figure is the number of, in words; `unit`: 件, 人, 人次, 个, 元 (money is held in 分)
    period      by which day a row belongs to a period; `during` says the same to the database, `days` to the list
    standing    as of the last day of the period, not a sum over it
    """

    code: str
    name: str
    unit: str
    counts: str
    period: str
    source: str
    model: type[Any]
    path: str
    during: Callable[[Span], Q]
    days: Callable[[Span], dict[str, str]]
    narrow: Callable[[], Q] = always
    asked: Mapping[str, str] = field(default_factory=dict)
    total: Callable[[Q], Any] = rows_of
    region: str = "region_id"
    known: Callable[[], Q] = always
    ways: Sequence[Way] = ()
    standing: bool = False
    once: int = 0  # one of the four forms: each person once in the period, at the heaviest
    group: str = ""  # heading it stands under: given by the catalogue

    @property
    def is_money(self) -> bool:
        return self.unit == "元"

    def among(self, span: Span) -> Q:
        return self.during(span) & self.narrow()

    def rows(self, sight: Sight, span: Span) -> Any:
        """Exactly the rows the figure is made of."""
        found = sight.of(self).filter(self.among(span))
        return found.once().filter(form=self.once) if self.once else found

    def value(self, sight: Sight, span: Span) -> int:
        return values([self], sight, [span])[self.code, span.key]

    def address(self, span: Span, **more: str) -> str:
        """The list of exactly those rows."""
        return f"/{self.path}/?{urlencode({**self.asked, **self.days(span), **more, 'view': 'all'})}"

    def way(self, key: str) -> Way:
        return next(way for way in self.ways if way.key == key)

    def parts(self, sight: Sight, span: Span, key: str) -> list[Mark]:
        """The figure taken apart, the most first; each part opens its rows. What belongs nowhere is left out."""
        way = self.way(key)
        grouped = sight.of(self).filter(self.among(span)).annotate(part=way.by).values("part")
        return self.marks(
            span, way, {row["part"]: row["n"] for row in grouped.annotate(n=self.total(Q())).order_by()}
        )

    def marks(self, span: Span, way: Way, numbers: Mapping[Any, int]) -> list[Mark]:
        """Part → number, as marks."""
        found = {part: number for part, number in numbers.items() if number and part not in {None, ""}}
        words = way.words(list(found))
        marks = [
            Mark(str(part), words.get(part, str(part)), number, self.address(span, **way.asked(part)))
            for part, number in found.items()
        ]
        return sorted(marks, key=lambda mark: (-mark.value, mark.key))


@dataclass(frozen=True)
class Rate:
    """A share of two indicators, always said with both numbers."""

    code: str
    name: str
    part: Indicator
    whole: Indicator
    source: str
    group: str = ""
    unit: str = "%"


def parted(one: Indicator, sight: Sight, span: Span, ways: Sequence[Way]) -> list[dict[Any, int]]:
    """Rows of the figure by the parts of several ways, in one pass over them; for figures that are numbers of rows."""
    by = {f"part{place}": way.by for place, way in enumerate(ways)}
    with _reading([span]):
        grouped = sight.of(one).filter(one.among(span)).annotate(**by).values(*by).annotate(n=Count("pk"))
    found: list[dict[Any, int]] = [{} for _ in ways]
    for row in grouped.order_by():
        for name, numbers in zip(by, found, strict=True):
            numbers[row[name]] = numbers.get(row[name], 0) + row["n"]
    return found


def values(wanted: Sequence[Indicator], sight: Sight, spans: Sequence[Span]) -> dict[tuple[str, str], int]:
    """(code, key of the period) → figure: one question for each table, or for each of its days (`_groups`)."""
    if not spans:
        return {}
    found = _forms([one for one in wanted if one.once], sight, spans)
    for among, group in _groups([one for one in wanted if not one.once], spans):
        asked = {
            f"{one.code}__{place}": one.total(one.among(span))
            for one in group
            for place, span in enumerate(spans)
        }
        with _reading(spans):
            answer = sight.of(group[0]).filter(among).aggregate(**asked)
        found |= {
            (one.code, span.key): int(answer[f"{one.code}__{place}"] or 0)
            for one in group
            for place, span in enumerate(spans)
        }
    return found


def _reading(spans: Sequence[Span]) -> AbstractContextManager[None]:
    """Of a period without bounds all rows of a table pass by."""
    return nullcontext() if all(span.first and span.last for span in spans) else few.for_many()


def _forms(wanted: Sequence[Indicator], sight: Sight, spans: Sequence[Span]) -> dict[tuple[str, str], int]:
    """The four forms: each person of the period once, so that one period is asked for all of them."""
    found: dict[tuple[str, str], int] = {}
    for span in spans if wanted else ():
        rows = sight.of(wanted[0]).filter(wanted[0].among(span)).once()
        numbers = dict(rows.order_by().values_list("form").annotate(n=Count("pk")))
        found |= {(one.code, span.key): numbers.get(one.once, 0) for one in wanted}
    return found


def _groups(wanted: Sequence[Indicator], spans: Sequence[Span]) -> Iterable[tuple[Q, list[Indicator]]]:
    """(rows that may count, figures counted in one pass over them).

    Figures by different days are asked apart, each out of the index of its day. Not where some pass reads the whole
    table anyway: for a figure as of a day, or for a period without bounds.
    """
    tables: dict[tuple[type[Any], str], list[Indicator]] = {}
    for one in wanted:
        tables.setdefault((one.model, one.region), []).append(one)
    bounded = all(span.first and span.last for span in spans)
    for group in tables.values():
        days = {one.during for one in group if isinstance(one.during, Between)}
        if bounded and days.issuperset(one.during for one in group):
            for day in sorted(days, key=lambda day: day.path):
                yield day.any_of(spans), [one for one in group if one.during == day]
        else:
            either = [one.during(span) for one in group for span in spans]
            yield reduce(or_, either) if all(either) else Q(), group
