"""Reads of what hangs below an item: measures, results, evidence, papers."""

from datetime import date
from typing import Any, Self

from django.db.models import Q

from povertyaudit.core.scope import ScopedQuerySet
from rectification.querysets import CLOSED, DRAFT, LONG_TERM
from rectification.states import UNCOUNTED


class ItemPartQuerySet(ScopedQuerySet):
    """Rows below an item: seen exactly when the item is."""

    def standing(self) -> Self:
        """Of items that were not split or merged (their measures go on in others) or voided."""
        return self.exclude(item__state__in=UNCOUNTED)

    def for_lists(self) -> Self:
        """Measures with what a line of the four lists shows."""
        return self.select_related(
            "unit", "item__lead_unit", "item__leading_leader__person"
        ).prefetch_related("item__units__unit", "results")

    def of_unit(self, unit: Any) -> Self:
        """Measures this unit carries out: its own, and those without a unit of items it is the main unit of."""
        main = self._links().filter(unit=unit, is_main=True)
        return self.filter(Q(unit=unit) | Q(unit=None, item__in=main.values("item")))

    def _links(self) -> Any:
        items: Any = self.model._meta.get_field("item").related_model
        return items._meta.get_field("units").related_model._base_manager.all()

    def to_do(self, until: date) -> Self:
        """Not carried out, of items at work, due before `until` (by the item's day where it has none)."""
        open_ones = self.exclude(state="done").exclude(item__state__in=(DRAFT, CLOSED, LONG_TERM, *UNCOUNTED))
        return open_ones.filter(Q(due_on__lt=until) | Q(due_on=None, item__due_on__lt=until))

    def for_measures(self) -> Self:
        """Measures with their item, results and evidence."""
        return self.select_related("item", "unit").prefetch_related(
            "item__units__unit",
            "results__measure",
            "evidence__attachment__uploaded_by__person",
            "evidence__measure",
            "evidence__before",
        )

    def for_list(self) -> Self:
        """Evidence with what a line of it shows."""
        return self.select_related("item", "measure", "attachment__uploaded_by__person")

    def for_past(self) -> Self:
        """Evidence of before, likewise."""
        return self.select_related("item", "attachment", "ended_by__person")
