"""The pages for what goes wrong. None of them says whether something exists."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"title": "不能办理"}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"title": "没有找到"}, status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if is_busy(exception):
        return broken(request)
    return render(request, "400.html", {"title": "没有收到完整的内容"}, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """A database that is busy or away is a matter of a minute, not a fault: 503 and when to come again."""
    if is_busy(sys.exc_info()[1]):
        answer = render(request, "503.html", status=503)
        answer.headers["Retry-After"] = "5"  # seconds
        return answer
    return render(request, "500.html", status=500)


def is_busy(error: BaseException | None) -> bool:
    """Whether a database that could not be reached stands behind `error`: the session says so only by way of a cause."""
    while error is not None:
        if isinstance(error, OperationalError):
            return True
        error = error.__context__
    return False
