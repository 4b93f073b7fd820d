"""The router: lists, records and verbs of the framework, plus the ledgers beside a list."""

from typing import Any

from django.urls import URLPattern, path
from rest_framework.routers import SimpleRouter


class ApiRouter(SimpleRouter):
    def get_urls(self) -> list[Any]:
        return [*self._ledgers(), *super().get_urls()]

    def _ledgers(self) -> list[URLPattern]:
        """`<things>/ledger.csv` and its sisters, without a closing slash."""
        return [
            path(
                f"{prefix}/ledger.{kind}",
                view.as_view({"get": f"ledger_{kind}"}, detail=False, basename=basename),
                name=f"{basename}-ledger-{kind}",
            )
            for prefix, view, basename in self.registry
            for kind in getattr(view, "ledger_kinds", ())
        ]
