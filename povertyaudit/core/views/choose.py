"""Answers to the choosers: at most 20 rows of what the user may know of, found by any syllable of the name."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.generic import View
from django.views.generic.list import MultipleObjectMixin

from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.models import Region, Unit
from povertyaudit.core.scope import ScopedMixin

MOST = 20


def typed(request: HttpRequest) -> str:
    """What was typed so far, made clean."""
    return to_halfwidth(request.GET.get("q", "")).replace("\x00", "").strip()[:60]


def listed(results: list[dict[str, str]]) -> JsonResponse:
    response = JsonResponse({"results": results})
    response["Cache-Control"] = "private, no-store"
    return response


class Choose(ScopedMixin, MultipleObjectMixin, View):
    """`?q=` → `{"results": [{value, text, hint}]}`."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        words = typed(request).replace("/", " ").strip()
        rows = self.find(self.get_queryset(), words) if words else []
        return listed([self.line(row) for row in rows[:MOST]])

    def find(self, rows: Any, words: str) -> Any:
        raise NotImplementedError

    def line(self, row: Any) -> dict[str, str]:
        raise NotImplementedError


class ChooseRegion(Choose):
    queryset = Region.objects.current()

    def find(self, rows: Any, words: str) -> Any:
        return rows.named(words).order_by("level", "code")

    def line(self, row: Region) -> dict[str, str]:
        return {"value": row.code, "text": row.path_name, "hint": row.code}


class ChooseUnit(Choose):
    queryset = Unit.objects.current().select_related("region")

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        kinds = {"answering": rows.answering, "offices": rows.offices}
        narrow = kinds.get(self.request.GET.get("kinds", ""))
        return narrow() if narrow else rows

    def find(self, rows: Any, words: str) -> Any:
        for word in words.split():
            rows = rows.filter(Q(name__icontains=word) | Q(aliases__name__icontains=word) | Q(public_id=word))
        return rows.distinct()

    def line(self, row: Unit) -> dict[str, str]:
        return {"value": row.public_id, "text": row.name, "hint": row.region.path_name}
