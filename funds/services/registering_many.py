"""登记 of many misuses at once: each judged as `registering.register_misuse` judges one, then written with their books in a
handful of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from funds.models import Misuse
from funds.services import registering, slips
from funds.services.registering import VERB, Known
from povertyaudit.core import numbering, rows, secrecy
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import Row, User
from povertyaudit.core.models.terms import Days

Judged = tuple[Misuse, list[Row]] | DomainError
Values = Mapping[str, Any]
ORIGINS = ("project", "lead", "finding")
BESIDE = {"found_on": None, "region": None, "owed_fen": None, "owed_reason": "", "confirmed": False}


class Registering:
    """For one person and one run: the terms and the sums of the neighbours are read once, the origins once a batch."""

    def __init__(self, by: User) -> None:
        self.by = by
        self._near = slips.Near(registering.sums_near)
        self._days: dict[Any, Days] = {}
        self._seen: dict[Any, set[int]] = {}
        self._known = Known(self._of_day, lambda by, row: row.pk in self._seen[type(row)])

    def judged(self, given: Sequence[Values]) -> list[Judged]:
        """For each the misuse with its first entry, unsaved, or what is wrong with it. Nothing is written."""
        self._look_up(given)
        return [self._one(values) for values in given]

    @transaction.atomic
    def made(self, given: Sequence[Values]) -> list[Any]:
        """Those nothing is wrong with are registered, numbered and recorded."""
        found = self.judged(given)
        good = [one for one in found if not isinstance(one, DomainError)]
        misuses, books = [misuse for misuse, _ in good], {id(misuse): entries for misuse, entries in good}
        numbering.number_each("misuse", misuses, registering.office_of(self.by))

        def entries_of(misuse: Misuse) -> list[Row]:
            for entry in books[id(misuse)]:
                entry.misuse = misuse  # type: ignore[attr-defined]
            return books[id(misuse)]

        rows.create_many(misuses, verb=f"misuse.{VERB}", by=self.by, below=(entries_of,))
        return [one if isinstance(one, DomainError) else one[0] for one in found]

    def _one(self, values: Values) -> Judged:
        said = dict(values)
        beside = {name: said.pop(name, empty) for name, empty in BESIDE.items()}
        try:
            misuse, entries = registering.judged(self.by, said, known=self._known, near=self._near, **beside)
            secrecy.refuse(misuse, secrecy.texts_of([misuse, *entries]), by=self.by)
        except DomainError as refused:
            return refused
        self._near.take(misuse.region.county_code(), misuse.amount_fen)
        return misuse, entries

    def _of_day(self, model: Any, term: Any, day: date) -> Any:
        if model not in self._days:
            self._days[model] = Days(model.objects.all())
        return self._days[model].of_day(term, day)

    def _look_up(self, given: Sequence[Values]) -> None:
        """Which of the origins the person may know of."""
        named = defaultdict(set)
        for values in given:
            for name in ORIGINS:
                if (row := values.get(name)) is not None:
                    named[type(row)].add(row.pk)
        findings = [values["finding"] for values in given if values.get("finding") is not None]
        prefetch_related_objects(findings, "object", "round")
        for model, keys in named.items():
            seen = model._default_manager.visible_to(self.by).filter(pk__in=keys)
            self._seen[model] = self._seen.get(model, set()) | set(seen.values_list("pk", flat=True))
