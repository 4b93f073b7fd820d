"""The view of a list, asked from inside as an account would ask it: by a job or a command."""

from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from rest_framework.request import Request

from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


def view_of(things: str, query: str, user: User) -> Any:
    """The viewset of the ledger `things` under the conditions `query`, with the scope `user` has now.

    Raises RuleBroken for a ledger that is none.
    """
    plain = HttpRequest()
    plain.method, plain.GET = "GET", QueryDict(query)
    request = Request(plain)
    request.user = user
    try:
        found: Any = resolve(f"/api/v1/{things}/ledger.digest").func
        view = found.cls(**found.initkwargs)
        view.ledger_columns  # noqa: B018 — any other address below the API has none
    except (Resolver404, Http404, AttributeError):
        raise RuleBroken("ledger.unknown", f"没有“{things}”这个台账，请写接口文档里的名称。") from None
    view.request, view.kwargs, view.args, view.action, view.format_kwarg = (
        request,
        {},
        (),
        "ledger_xlsx",
        None,
    )
    return view
