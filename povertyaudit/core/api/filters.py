"""The page's FilterSet read as query parameters — strictly: an unknown name or a bad value is refused, not ignored."""

from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError

from povertyaudit.core.api.errors import Malformed
from povertyaudit.core.api.pagination import PARAMETERS
from povertyaudit.core.filters import DayFilter, TermFilter, WordsFilter
from povertyaudit.core.limits import SEARCH
from povertyaudit.core.scope import scope_choices

extend_schema_field(OpenApiTypes.STR)(
    WordsFilter
)  # searches several columns: the schema cannot guess its type
extend_schema_field(OpenApiTypes.DATE)(DayFilter)
extend_schema_field(OpenApiTypes.STR)(TermFilter)  # its codes are rows, which the schema must not depend on


class StrictFilterBackend(DjangoFilterBackend):
    """Choices are narrowed to what the caller may know of; a foreign id is then no valid choice."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        filterset = self.get_filterset(request, queryset, view)
        known = _names(filterset) | PARAMETERS | getattr(view, "extra_parameters", frozenset())
        for name in request.query_params:
            if name not in known:
                listed = "、".join(sorted(known))
                raise Malformed(
                    "unknown_filter", f"没有“{name[:40]}”这个筛选条件，可用的有：{listed}。", name[:40]
                )
        if request.query_params.get("q"):
            SEARCH.count(request.user.pk)
        if filterset is None:
            return queryset
        scope_choices(filterset.form, request.user)
        if not filterset.is_valid():
            raise ValidationError(_problems(filterset))
        return filterset.qs


def _problems(filterset: Any) -> dict[str, list[str]]:
    return {
        name: [str(m) for e in errors.as_data() for m in e.messages]
        for name, errors in filterset.errors.items()
    }


def _names(filterset: Any) -> frozenset[str]:
    """Query names of a filter set, ranges included ("found_on_after")."""
    names: set[str] = set()
    for name, field in filterset.form.fields.items() if filterset is not None else ():
        suffixes = getattr(field.widget, "suffixes", None)
        names |= {f"{name}_{suffix}" if suffix else name for suffix in suffixes} if suffixes else {name}
    return frozenset(names)
