"""Which documents one may know of: exactly those whose file he may open."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, Self

from django.apps import apps
from django.db.models import Q

from povertyaudit.core.models import Attachment
from povertyaudit.core.models.region_rules import RegionRuleQuerySet
from povertyaudit.core.scope import ScopedQuerySet
from povertyaudit.documents.kinds import labels


def _whole(label: str, user: Any) -> Q:
    """Documents of the rows of one kind that the user may read whole: only kinds that have documents are asked."""
    rows = apps.get_model(label)._default_manager.whole_to(user)
    return Q(target_label=label, target_id__in=rows.values("pk"))


class TemplateQuerySet(RegionRuleQuerySet):
    def of_kind(self, code: str) -> Self:
        return self.filter(kind=code)


class DocumentQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of rows the user may read whole; one that was made for a desk alone only for its members."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        desk = Q(attachment__desk_unit=None) | Q(attachment__desk_unit__in=user.unit_ids)
        return self.filter(desk).filter(reduce(or_, (_whole(label, user) for label in labels())))

    def of(self, target: Any, user: Any) -> Self:
        """Those of one row; its own kind alone is asked, not every kind there is."""
        return self.filter(attachment__in=Attachment.objects.seen_of(target, user))

    def for_list(self) -> Self:
        beside = ("attachment", "region", "template__region", "made_by__person", "voided_by__person")
        return self.select_related(*beside)


def with_targets(rows: Sequence[Any]) -> None:
    """Give each document the row it is of, in one query a kind of row."""
    by_label: dict[str, list[Any]] = {}
    for row in rows:
        by_label.setdefault(row.target_label, []).append(row)
    for label, mine in by_label.items():
        targets = apps.get_model(label)._default_manager.select_related("region")
        found = targets.in_bulk({row.target_id for row in mine})
        for row in mine:
            row.dossier = found[row.target_id]
