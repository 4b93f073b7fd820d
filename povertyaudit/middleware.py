"""One id per request: on every log line, in every record entry, in the answer."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from povertyaudit.core import kept
from povertyaudit.core.context import request_id

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
log = logging.getLogger("povertyaudit.request")


class RequestIdMiddleware:
    """Takes a well-formed `X-Request-ID` from the caller (a proxy, another system), else makes one.

    At level DEBUG every request leaves a line: method, path without its query, status, milliseconds.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        current = given if GIVEN.fullmatch(given) else secrets.token_hex(16)
        token = request_id.set(current)
        began = time.monotonic()
        try:
            response = self.get_response(request)
            took = int((time.monotonic() - began) * 1000)
            log.debug("%s %s %d %d ms", request.method, request.path, response.status_code, took)
        finally:
            request_id.reset(token)
        response.headers[HEADER] = current
        return response


class PlainAddressMiddleware:
    """An address with a control character in it is no address of ours: 404 before a database is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if any(isinstance(value, str) and not value.isprintable() for value in kwargs.values()):
            raise Http404


class FirstPasswordMiddleware:
    """A password somebody else set is changed before anything else is seen. The API says so in its own words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not getattr(view, "login_required", True) or name in {"password", "sign_out"}:
            return None
        must = getattr(request.user, "must_change_password", False)
        return HttpResponseRedirect("/account/password/") if must else None


class OwnActsMiddleware:
    """Whoever has done something sees the numbers that follow from it: those kept for him are counted anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in {"GET", "HEAD", "OPTIONS"} and request.session.session_key:
            kept.drop(request.session)
        return response


class CompressMiddleware(GZipMiddleware):
    """Pages, answers and ledgers go out compressed; files do not: they are compressed already.

    A secret beside text of the visitor's choice could be guessed by length (BREACH): Django pads each answer by a random
    length and masks the token of forms anew each time, and no answer repeats any other secret.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if not kind.startswith(("text/", "application/json", "application/x-ndjson")):
            return response
        return super().process_response(request, response)
