"""Rows of the leads a round handed over (巡察移交), for every list of leads and of what came of them."""

from typing import Any

import django_filters
from django.conf import settings
from django.utils.module_loading import import_string
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field


def _ask(question: str, *about: Any) -> Any:
    """Rounds are known to a layer above: `settings.LEADS_OF_ROUNDS` says which of its functions answers."""
    return import_string(settings.LEADS_OF_ROUNDS[question])(*about)


@extend_schema_field(OpenApiTypes.STR)
class RoundFilter(django_filters.ModelChoiceFilter):
    """By the round, of those the reader may know of; the same leads as the page of the round counts."""

    def __init__(self, path: str) -> None:
        """`path`: from the row to its lead."""
        super().__init__(
            queryset=lambda request: _ask("rounds"),
            to_field_name="public_id",
            label="移交线索的巡察轮次",
            empty_label="不限",
        )
        self.path = path

    def filter(self, qs: Any, value: Any) -> Any:
        if not value:
            return qs
        return qs.filter(**{f"{self.path}__in": _ask("leads", value, self.parent.request.user)})
