"""整改清单: class → aspect → problem → measures with their results in parallel, of one paper or one round.

The rows are read in a fixed number of questions, however many there are; who may not know of an item does not find it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from povertyaudit.core.models import User
from povertyaudit.core.papers import ordinal
from rectification.models import Completion, Item, MeasureState, Result, State
from rectification.words import share


@dataclass(frozen=True)
class Line:
    """（n）: a measure beside its results; without measure what was done beyond them (举一反三)."""

    measure: Any
    results: list[Result]

    @property
    def no(self) -> int:
        return int(self.measure.no if self.measure else self.results[0].no)


@dataclass(frozen=True)
class Problem:
    """One item with its number, which runs on through all classes."""

    no: int
    item: Item
    lines: list[Line]


@dataclass(frozen=True)
class Aspect:
    no: int
    name: str
    problems: list[Problem]

    @property
    def heading(self) -> str:
        return f"（{ordinal(self.no)}）{self.name}"


@dataclass(frozen=True)
class ProblemClass:
    no: int
    name: str
    aspects: list[Aspect]

    @property
    def heading(self) -> str:
        return f"{ordinal(self.no)}、{self.name}"


@dataclass(frozen=True)
class Share:
    """A figure that is never shown without what it is a part of."""

    key: str
    label: str
    part: int
    whole: int

    @property
    def words(self) -> str:
        return share(self.part, self.whole, "0/0")


@dataclass(frozen=True)
class Tree:
    classes: list[ProblemClass]
    shares: list[Share]
    items: int
    measures: int

    @property
    def sentence(self) -> str:
        count = sum(len(one.aspects) for one in self.classes)
        return f"{len(self.classes)} 大类、{count} 个方面，整改事项共 {self.items} 项，整改措施共 {self.measures} 条。"


def tree_of(user: User, **where: Any) -> Tree:
    """The items `where` says (`paper=…`, `finding__round=…`) that the user may know of, in the order registered."""
    items = list(Item.objects.visible_to(user).standing().filter(**where).order_by("pk").for_tree())
    return Tree(_classes(items), _shares(items), len(items), sum(len(item.measures.all()) for item in items))


def _classes(items: Iterable[Item]) -> list[ProblemClass]:
    """Classes and aspects in the order in which they first come."""
    sorted_in: dict[str, dict[str, list[Item]]] = {}
    for item in items:
        sorted_in.setdefault(item.problem_class, {}).setdefault(item.aspect, []).append(item)
    found: list[ProblemClass] = []
    number = 0
    for klass, aspects in sorted_in.items():
        below: list[Aspect] = []
        for aspect, rows in aspects.items():
            problems = [Problem(number + at, row, lines_of(row)) for at, row in enumerate(rows, start=1)]
            number += len(rows)
            below.append(Aspect(len(below) + 1, aspect, problems))
        found.append(ProblemClass(len(found) + 1, klass, below))
    return found


def lines_of(item: Item) -> list[Line]:
    """Measures (1…n) beside their results, then what belongs to no measure. Makes no question when prefetched."""
    results = list(item.results.all())
    lines = [Line(one, [r for r in results if r.measure_id == one.pk]) for one in item.measures.all()]
    return [*lines, *(Line(None, [r]) for r in results if not r.measure_id)]


def _shares(items: list[Item]) -> list[Share]:
    """完成, 基本完成, 长期坚持 and 销号 are four figures; 逾期销号 is a part of those ever closed."""
    measures = [one for item in items for one in item.measures.all()]
    ever = [item for item in items if item.closings.all()]
    whole = len(items)
    return [
        Share("measures_done", "措施已落实", _n(m.state == MeasureState.DONE for m in measures), len(measures)),
        Share("done", "完成", _n(i.completion == Completion.DONE for i in items), whole),
        Share("mostly_done", "基本完成", _n(i.completion == Completion.MOSTLY for i in items), whole),
        Share("long_term", "长期坚持", _n(i.state == State.LONG_TERM for i in items), whole),
        Share("closed", "已销号", _n(i.state == State.CLOSED for i in items), whole),
        Share("closed_late", "逾期销号（含销号后重新打开的）", _n(i.was_late for i in ever), len(ever)),
    ]  # fmt: skip


def _n(found: Iterable[bool]) -> int:
    return sum(found)
