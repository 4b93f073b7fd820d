"""The pages for what goes wrong. None of them says whether something exists."""

import sys

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

NOT_YOURS = "您无权办理这项操作；如在网页上操作，请刷新页面后重试。"
NOT_FOUND = "没有找到这条记录，或您无权查看。请核对地址。"
MALFORMED = "请求内容不符合规范，请检查后重新提交。"
BUSY = "系统正忙，刚才的内容没有保存，请稍等几秒再试。"
BROKEN = "系统暂时不能处理，没有保存任何内容，请过一两分钟再试。"
FOR_PROGRAMS = ("/api/", "/choose/")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if for_program(request):
        return plain(request, 403, "not_allowed", NOT_YOURS)
    return drawn(request, 403, "不能办理")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if for_program(request):
        return plain(request, 404, "not_found", NOT_FOUND)
    return drawn(request, 404, "没有找到")


def drawn(request: HttpRequest, status: int, title: str) -> HttpResponse:
    """The page of the refusal in its frame, which counts nothing for it (povertyaudit.home.frame)."""
    request.is_refused = True  # type: ignore[attr-defined]
    return render(request, f"{status}.html", {"title": title}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if is_busy(exception):
        return broken(request)
    if isinstance(exception, RequestDataTooBig):
        return plain(request, 413, "too_large", "提交的文字过多，没有保存。请精简或分几次提交。")
    if for_program(request):
        return plain(request, 400, "malformed", MALFORMED)
    if isinstance(exception, DisallowedHost):  # the page's frame would ask for the host again
        return plain(request, 400, "malformed", "访问用的网址不对，请从单位公布的网址进入。")
    return render(request, "400.html", {"title": "没有收到完整的内容"}, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """A database that is busy or away is a matter of a minute, not a fault: 503 and when to come again.

    Drawn without the request: whoever is signed in could not be looked up, and the page about it would fail too.
    """
    busy = is_busy(sys.exc_info()[1])
    if for_program(request):
        return plain(
            request,
            *((503, "busy", BUSY) if busy else (500, "fault", BROKEN)),
            retry_after=5 if busy else None,
        )
    if busy:
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "5"})  # seconds
    return HttpResponse(render_to_string("500.html"), status=500)


def for_program(request: HttpRequest) -> bool:
    """Whether a program reads the answer."""
    return request.path.startswith(FOR_PROGRAMS)


def plain(
    request: HttpRequest, status: int, code: str, sentence: str, *, retry_after: int | None = None
) -> HttpResponse:
    """A refusal that needs neither a session nor a database: JSON for programs and choosers, else a page."""
    if for_program(request):
        answer: HttpResponse = JsonResponse(
            {"code": code, "message": sentence, "field": None}, status=status,
            json_dumps_params={"ensure_ascii": False},
        )  # fmt: skip
    else:
        answer = render(None, "refused.html", {"sentence": sentence}, status=status)
    if retry_after is not None:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def is_busy(error: BaseException | None) -> bool:
    """Whether a database that could not be reached stands behind `error`: the session says so only by way of a cause."""
    while error is not None:
        if isinstance(error, OperationalError):
            return True
        error = error.__context__
    return False
