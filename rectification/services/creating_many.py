"""登记 of many items at once: each judged as `opening.create_item` judges one, then written with units, money and measures
in a handful of queries. Only a finding that an item comes of is handed on by an entry of its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from funds.models import Misuse
from inspections import services as inspections
from povertyaudit.core import numbering, rows, secrecy
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import Row, User
from rectification.models import Item, ItemMisuse, ItemUnit, Measure, SourcePaper
from rectification.services.creating import judged
from rectification.services.money import locked, standing

VERB = "item.create"
Judged = tuple[Item, list[Row]] | DomainError
Values = Mapping[str, Any]
BESIDE = ("main_unit", "other_units", "region", "misuses", "measures")  # what is no column of the item


class Creating:
    """For one person and one run."""

    def __init__(self, by: User) -> None:
        self.by = by

    @transaction.atomic
    def judged(self, given: Sequence[Values]) -> list[Judged]:
        """For each the item with the rows below it, unsaved, or what is wrong with it. Nothing is written."""
        papers, money = _locked(given), locked(m for one in given for m in one.get("misuses") or ())
        findings = {one["finding"].pk: one["finding"] for one in given if one.get("finding") is not None}
        prefetch_related_objects(list(findings.values()), "round", "object")
        taken: set[int] = set()
        return [self._one(values, papers, findings, money, taken) for values in given]

    @transaction.atomic
    def made(self, given: Sequence[Values]) -> list[Any]:
        """Those nothing is wrong with are registered as drafts, numbered and recorded."""
        found = self.judged(given)
        good = [one for one in found if not isinstance(one, DomainError)]
        items, below = [item for item, _ in good], {id(item): rows_ for item, rows_ in good}
        numbering.number_each("item", items)
        for item in items:
            if item.finding is not None:
                inspections.hand_on(item.finding, by=self.by)
        for item, rows_ in good:
            item.units_new = [row.unit_id for row in rows_ if isinstance(row, ItemUnit)]  # type: ignore[attr-defined]
        tables = [_of(model, below) for model in (ItemUnit, ItemMisuse, Measure)]
        rows.create_many(items, verb=VERB, by=self.by, below=tables)
        for item in items:
            del item.units_new  # type: ignore[attr-defined]
        return [one if isinstance(one, DomainError) else one[0] for one in found]

    def _one(
        self,
        values: Values,
        papers: Mapping[int, SourcePaper],
        findings: Mapping[int, Any],
        money: Mapping[int, Misuse],
        taken: set[int],
    ) -> Judged:
        said, beside = dict(values), {}
        for name in BESIDE:
            if name in said:
                beside[name] = said.pop(name)
        try:
            if said.get("paper") is not None:
                said["paper"] = papers[said["paper"].pk]
            beside["misuses"] = standing(beside.get("misuses") or (), money)
            if said.get("finding") is not None:
                said["finding"] = finding = findings[said["finding"].pk]
                inspections.may_hand_on(finding, taken=finding.pk in taken)
            item, below = judged(self.by, said, **beside)
            secrecy.refuse(item, secrecy.texts_of([item, *below]), by=self.by)
        except DomainError as refused:
            return refused
        if item.finding_id is not None:
            taken.add(item.finding_id)
        return item, below


def _locked(given: Sequence[Values]) -> dict[int, SourcePaper]:
    """The papers as they lie there, locked before the items that are to hang on them."""
    keys = {one["paper"].pk for one in given if one.get("paper") is not None}
    found = SourcePaper.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {paper.pk: paper for paper in found} if keys else {}


def _of(model: type[Row], below: Mapping[int, list[Row]]) -> Callable[[Item], Iterable[Row]]:
    """Of an item its new rows in one table."""

    def rows_of(item: Item) -> list[Row]:
        mine = [row for row in below[id(item)] if isinstance(row, model)]
        for row in mine:
            row.item = item  # type: ignore[attr-defined]
        return mine

    return rows_of
