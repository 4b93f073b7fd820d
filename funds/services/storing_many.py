"""申报入库 of many projects at once: each judged as `projects.store` judges one, then written in a handful of queries."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db import transaction

from funds.models import Project, ProjectKind
from funds.services import projects, slips
from povertyaudit.core import numbering, rows
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import User
from povertyaudit.core.models.terms import Days


class Storing:
    """For one person and one run: the kinds and the sums of the neighbours are read once."""

    def __init__(self, by: User) -> None:
        self.by = by
        self._near = slips.Near(projects.sums_near)

    @cached_property
    def _kinds(self) -> Days:
        return Days(ProjectKind.objects.all())

    def judged(self, given: Sequence[Mapping[str, Any]]) -> list[Project | DomainError]:
        """For each the project, unsaved, or what is wrong with it. Nothing is written."""
        return [self._one(values) for values in given]

    @transaction.atomic
    def made(self, given: Sequence[Mapping[str, Any]]) -> list[Project | DomainError]:
        """Those nothing is wrong with are stored, numbered and recorded."""
        found = self.judged(given)
        good = [one for one in found if isinstance(one, Project)]
        numbering.number_each("project", good)
        rows.create_many(good, verb="project.store", by=self.by)
        return found

    def _one(self, values: Mapping[str, Any]) -> Project | DomainError:
        said = dict(values)
        checked = bool(said.pop("sum_checked", False))
        try:
            row = projects.judged(
                said, self.by, sum_checked=checked, of_day=self._kinds.of_day, near=self._near
            )
        except DomainError as refused:
            return refused
        self._near.take(projects.group_of(said), row.planned_fen)
        return row
