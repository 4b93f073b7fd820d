"""The page's FilterSet read as query parameters — strictly: an unknown name or a bad value is refused, not ignored."""

from typing import Any

from django_filters import BooleanFilter
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError

from povertyaudit.core import saved_views
from povertyaudit.core.api.errors import Malformed
from povertyaudit.core.api.pagination import PARAMETERS
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.filters import (
    AccountChoiceFilter,
    DayFilter,
    RecordFilter,
    TermFilter,
    WordsFilter,
    names_of,
)
from povertyaudit.core.limits import SEARCH
from povertyaudit.core.models import SavedView
from povertyaudit.core.scope import scope_choices

ANY = "unknown"  # what the page sends for 不限

extend_schema_field(OpenApiTypes.STR)(
    WordsFilter
)  # searches several columns: the schema cannot guess its type
extend_schema_field(OpenApiTypes.DATE)(DayFilter)
extend_schema_field(OpenApiTypes.STR)(AccountChoiceFilter)
extend_schema_field(OpenApiTypes.STR)(RecordFilter)
extend_schema_field(OpenApiTypes.STR)(TermFilter)  # its codes are rows, which the schema must not depend on


class StrictFilterBackend(DjangoFilterBackend):
    """Choices are narrowed to what the caller may know of; a foreign id is then no valid choice."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        saved = saved_view(request, view)
        if saved is not None:
            queryset = saved_views.in_tab(queryset, saved, request.user)
        filterset = self.get_filterset(request, queryset, view)
        known = names_of(filterset) | PARAMETERS | getattr(view, "extra_parameters", frozenset())
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
            if saved is not None and not set(filterset.errors) & set(request.query_params):
                raise RuleBroken(
                    "view.unavailable", "这个视图里有您不可用的条件，请自己设定条件。", field="view"
                )
            raise ValidationError(_problems(filterset))
        _refuse_neither_yes_nor_no(filterset, request)
        view.asked_filters = filterset
        return filterset.qs

    def get_filterset_kwargs(self, request: Any, queryset: Any, view: Any) -> dict[str, Any]:
        """With `?view=` the conditions of the saved view; what the address says itself goes before them."""
        kwargs: dict[str, Any] = super().get_filterset_kwargs(request, queryset, view)
        saved = saved_view(request, view)
        if saved is not None:
            kwargs["data"] = saved_views.merged(saved, request.query_params)
        return kwargs


def saved_view(request: Any, view: Any) -> SavedView | None:
    """The view named in the address, of this list and within the caller's reach. Raises Malformed for any other."""
    wanted = request.query_params.get("view", "")
    if not wanted:
        return None
    found = saved_views.find(request.user, getattr(view, "basename", ""), wanted)
    if found is None:
        raise Malformed("unknown_view", "没有这个视图，或您不能使用，请核对标识。", "view")
    return found


def _refuse_neither_yes_nor_no(filterset: Any, request: Any) -> None:
    """Django takes anything that is neither true nor false for no condition at all; then more rows come than were asked for."""
    for name, one in filterset.filters.items():
        asked = request.query_params.get(name, "") if isinstance(one, BooleanFilter) else ""
        if asked not in {"", ANY} and filterset.form.cleaned_data.get(name) is None:
            raise Malformed("bad_filter", "这一项只能是 true 或 false。", name)


def _problems(filterset: Any) -> dict[str, list[str]]:
    return {
        name: [str(m) for e in errors.as_data() for m in e.messages]
        for name, errors in filterset.errors.items()
    }
