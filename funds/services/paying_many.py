"""准备报账 of many payments at once: each judged as `paying.open_payment` judges one, then written in a handful of queries."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from funds.models import Payment
from funds.services import paying, rules
from povertyaudit.core import numbering, rows
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import User


class Paying:
    """For one person and one run: the figures of the rules are read once, what is under way once a batch."""

    def __init__(self, by: User) -> None:
        self.by = by
        self._figure = cache(rules.amount)

    def judged(self, given: Sequence[Mapping[str, Any]]) -> list[Payment | DomainError]:
        """For each the payment, unsaved, or what is wrong with it. Nothing is written."""
        projects = {values["project"].pk: values["project"] for values in given}
        prefetch_related_objects(list(projects.values()), "region", "responsible_unit")
        under_way = Payment.objects.under_way().filter(project__in=projects).order_by("-pk")
        standing = {one.project_id: one for one in under_way}
        found = []
        for values in given:
            said = {**values, "project": projects[values["project"].pk]}
            one = self._one(said, standing.get(said["project"].pk))
            if isinstance(one, Payment):
                standing[one.project_id] = one  # one at a time, also within a list
            found.append(one)
        return found

    @transaction.atomic
    def made(self, given: Sequence[Mapping[str, Any]]) -> list[Payment | DomainError]:
        """Those nothing is wrong with are written, numbered and recorded."""
        found = self.judged(given)
        good = [one for one in found if isinstance(one, Payment)]
        numbering.number_each("payment", good)
        rows.create_many(good, verb="payment.open_payment", by=self.by)
        return found

    def _one(self, said: Mapping[str, Any], standing: Payment | None) -> Payment | DomainError:
        try:
            return paying.judged(self.by, standing, figure=self._figure, **said)
        except DomainError as refused:
            return refused
