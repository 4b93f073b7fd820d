"""Every refusal as `{code, message, field}`, with `errors` when there are several and `current` when stale."""

import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from povertyaudit.core.errors import NEUTRAL_CLASH, DomainError, Several, Stale, from_validation

log = logging.getLogger(__name__)

# Sentences by the framework's own error code; anything not here keeps its sentence.
FIELD_SENTENCES = {
    "required": "请填写这一项。",
    "null": "这一项不能为空，请填写。",
    "blank": "请填写这一项。",
    "empty": "请至少填写一项。",
    "not_a_list": "这一项应是列表。",
    "not_a_dict": "这一项应是一组字段。",
    "invalid_choice": "所选的值不可用，请从列出的值中选择。",
    "does_not_exist": "所选记录不可用，请重新选择。",
    "incorrect_type": "这一项的格式不对，请填写文字形式的编号标识。",
    "no_match": "所选记录不可用，请重新选择。",
    "null_characters_not_allowed": "内容里有看不见的控制字符，请删除后重新填写。",
    "surrogate_characters_not_allowed": "内容里有无法保存的字符，请删除后重新填写。",
    "max_string_length": "数字位数太多，请核对后填写。",
}
NOT_YOURS = "您无权办理这项操作；如在网页上操作，请刷新页面后重试。"
SENTENCES: dict[type[Exception], tuple[int, str, str]] = {
    Http404: (404, "not_found", "没有找到这条记录，或您无权查看。请核对地址。"),
    exceptions.NotFound: (404, "not_found", "没有找到这条记录，或您无权查看。请核对地址。"),
    PermissionDenied: (403, "not_allowed", NOT_YOURS),
    exceptions.PermissionDenied: (403, "not_allowed", NOT_YOURS),
    exceptions.NotAuthenticated: (
        401,
        "not_signed_in",
        "请先登录：在 tokens/ 取得令牌后放入 Authorization 请求头。",
    ),
    exceptions.MethodNotAllowed: (405, "method_not_allowed", "这个地址不支持所用的请求方法。"),
    exceptions.UnsupportedMediaType: (
        415,
        "unsupported_media_type",
        "请以 application/json 格式提交（上传文件时用表单格式）。",
    ),
    exceptions.Throttled: (429, "too_many_requests", "请求过于频繁，请稍后再试。"),
    exceptions.ParseError: (400, "malformed", "提交的内容无法解析，请检查 JSON 或表单格式。"),
    RequestDataTooBig: (413, "too_large", "提交的内容过大，请精简或分批提交。"),
    SuspiciousOperation: (400, "malformed", "请求内容不符合规范，请检查后重新提交。"),
    DataError: (400, "out_of_range", "有数值或文字超出可保存的范围，请核对后重新提交。"),
    OverflowError: (400, "out_of_range", "有数值或文字超出可保存的范围，请核对后重新提交。"),
    IntegrityError: (409, "clash", NEUTRAL_CLASH),
    OperationalError: (503, "busy", "系统正忙，数据没有改动，请几秒后重试。"),
}


class Malformed(exceptions.APIException):
    """A request that cannot be understood: 400 with one sentence."""

    status_code = 400

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message, code)
        self.code, self.message, self.field = code, message, field


def problem(code: str, message: str, field: str | None = None, **more: Any) -> dict[str, Any]:
    """The one shape of a refusal."""
    return {"code": code, "message": message, "field": field, **more}


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """The answer for `exc`; None lets a true fault of ours be reported as such."""
    if isinstance(exc, ValidationError):
        exc = from_validation(exc)
    if isinstance(exc, DomainError):
        return _domain(exc)
    if isinstance(exc, Malformed):
        return Response(problem(exc.code, exc.message, exc.field), status=400)
    if isinstance(exc, exceptions.ValidationError):
        return Response(_many(list(flatten(exc.detail))), status=400)
    return _framework(exc)


def _domain(exc: DomainError) -> Response:
    errors = exc.errors if isinstance(exc, Several) else []
    body = _many([_told(e) for e in errors] or [_told(exc)])
    headers: dict[str, str] = {}
    if isinstance(exc, Stale):
        body["current"] = exc.current
        headers["ETag"] = etag(exc.version)
    if (seconds := getattr(exc, "retry_after", None)) is not None:
        headers["Retry-After"] = str(seconds)
    return Response(body, status=exc.status, headers=headers)


def _told(exc: DomainError) -> dict[str, Any]:
    """With the page where it can be put right, where there is one."""
    return problem(exc.code, exc.message, exc.field, **({"mend": exc.mend} if exc.mend else {}))


def _framework(exc: Exception) -> Response | None:
    found = next((SENTENCES[kind] for kind in type(exc).__mro__ if kind in SENTENCES), None)
    if found is None and isinstance(exc, exceptions.APIException):
        found = (exc.status_code, str(exc.default_code), str(exc.detail))
    if found is None:
        return None
    status, code, message = found
    if status in {409, 503}:
        log.warning("%s answered %s", type(exc).__name__, status)  # its text may hold personal values
    headers = {}
    if shown := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = shown
    if (wait := getattr(exc, "wait", None)) or status == 503:
        headers["Retry-After"] = str(int(wait or 2))
    return Response(problem(code, message), status=status, headers=headers)


def _many(found: list[dict[str, Any]]) -> dict[str, Any]:
    first = dict(found[0])
    if len(found) > 1:
        first["errors"] = found
    return first


def flatten(detail: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """Nested serializer errors as a flat list; `field` is a dotted path ("persons.0.name")."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            here = path if name == "non_field_errors" else f"{path}.{name}".strip(".")
            yield from flatten(inner, here)
    elif isinstance(detail, list | tuple):
        for number, inner in enumerate(detail):
            yield from flatten(inner, f"{path}.{number}" if isinstance(inner, dict) else path)
    else:
        code = getattr(detail, "code", "invalid")
        yield problem(f"invalid.{code}", FIELD_SENTENCES.get(code, str(detail)), path or None)


def etag(version: int) -> str:
    """The entity tag of a record: its version. Weak, because `actions` differ by reader."""
    return f'W/"{version}"'
