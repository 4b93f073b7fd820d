"""What every request and answer must keep to: sizes, how often one searches, and that no cache keeps an answer."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from povertyaudit.core.limits import SEARCH, TooMany
from povertyaudit.core.views.refusals import plain

DRAINED_MOST = 32 * settings.MB  # bytes read and dropped so that the caller hears the refusal
DENIED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
    "payment", "usb",
)  # fmt: skip
TOO_LARGE = "提交的内容过大，没有保存。请精简、压缩或分批提交。"
TOO_LONG = "地址里的查询条件过长或过多，请减少条件后重试。"
Answer = Callable[[HttpRequest], HttpResponseBase]


def permissions(asked: str) -> str:
    """What the browser may not do here: everything, save what the page itself asked for (`geolocation=(self)`)."""
    denied = [f"{what}=()" for what in DENIED if not asked.startswith(f"{what}=")]
    return ", ".join([*denied, *([asked] if asked else [])])


class PrivateAnswersMiddleware:
    """No answer made for somebody stays anywhere: after signing out, the way back shows nothing."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Permissions-Policy"] = permissions(response.headers.get("Permissions-Policy", ""))
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class SizeMiddleware:
    """A body or an address that is too large is refused before anything of it is kept in memory."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > settings.QUERY_MOST or query.count("&") >= settings.QUERY_VALUES_MOST:
            return plain(request, 414, "query_too_long", TOO_LONG)
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            return plain(request, 411, "length_required", "请求须注明长度（Content-Length），请重新提交。")
        length = length_of(request)
        if length > most_of(request):
            drain(request, length)
            return plain(request, 413, "too_large", TOO_LARGE)
        return self.get_response(request)


def length_of(request: HttpRequest) -> int:
    """Declared bytes of the body; what is no number counts as none, as Django does."""
    text = str(request.META.get("CONTENT_LENGTH") or "")
    return int(text[:18]) if text.isascii() and text.isdigit() else 0


def most_of(request: HttpRequest) -> int:
    """The largest body of the declared kind, in bytes."""
    kinds = {"application/json": settings.JSON_MOST, "multipart/form-data": settings.MULTIPART_MOST}
    return kinds.get(request.content_type or "", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def drain(request: HttpRequest, length: int) -> None:
    """A server that closes on unread bytes resets the connection, and the answer with it."""
    left = min(length, DRAINED_MOST)
    with suppress(OSError):  # he may be gone
        while left > 0 and (piece := request.read(min(left, 64 * 1024))):
            left -= len(piece)


class SearchLimitMiddleware:
    """Counts the words looked for on pages and in choosers; REST counts where it filters. Too many of anything: 429."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if not request.GET.get("q") or request.path.startswith("/api/") or not request.user.is_authenticated:
            return None
        try:
            SEARCH.count(request.user.pk)
        except TooMany as refusal:
            return plain(request, 429, refusal.code, str(refusal), retry_after=refusal.retry_after)
        return None
