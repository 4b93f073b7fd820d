"""Reads of public notices of projects that have a name."""

from typing import Self

from django.db.models import F, Q

from povertyaudit.core.scope import ScopedQuerySet


class ProjectNoticeQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Those that were not entered wrongly."""
        return self.filter(voided_on=None)

    def up(self) -> Self:
        """Still on the board."""
        return self.standing().filter(down_on=None)

    def long_enough(self) -> Self:
        """Up, or taken down when their days were over."""
        return self.standing().filter(Q(down_on=None) | Q(down_on__gte=F("full_on")))

    def for_list(self) -> Self:
        return self.select_related("project", "unit", "posted_by__person")


class ObjectionQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Not answered, or the result not published; of notices that stand."""
        return self.filter(result_on=None, notice__voided_on=None)

    def for_list(self) -> Self:
        return self.select_related("notice__project", "answered_by__person", "posted_by__person")
