"""What pages of figures share: who may open them, and the period asked for."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from funds import spans
from povertyaudit.core import moment
from povertyaudit.core.views import Page
from povertyaudit.reporting.indicators import Reader
from povertyaudit.reporting.roles import READERS


class Reading(Page):
    """A page of figures within what its reader may see."""

    readers: frozenset[str] = READERS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & self.readers:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def span(self) -> spans.Span:
        return spans.span(self.request.GET.get("period", ""), moment.today())

    @cached_property
    def sight(self) -> Reader:
        return Reader(self.user)

    def wants_part(self) -> bool:
        """htmx fetches what the page did not wait for; by hand the address gives the page with it."""
        return self.asks_part and self.request.headers.get("HX-Request") == "true"

    @property
    def asks_part(self) -> bool:
        return bool(self.request.GET.get("part"))

    def part_url(self, name: str = "rest") -> str:
        """This page with what it did not wait for; of several parts `name` is one that htmx fetches alone."""
        asked = self.request.GET.copy()
        asked["part"] = name
        return f"?{asked.urlencode()}"

    def periods(self) -> list[tuple[str, list[spans.Span]]]:
        """What may be chosen; what was asked for by its address alone stands first."""
        found = spans.choices(moment.today())
        known = self.span in [one for _, ones in found for one in ones]
        return found if known else [("所选期间", [self.span]), *found]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(periods=self.periods(), span=self.span, view=self, **kwargs)
