"""`Idempotency-Key`: the same POST or PATCH sent again gives the same answer and does nothing twice.

The key's row is inserted in the transaction that does the work, so the two are kept or lost together, and a second
post at the same moment waits for the first (unique constraint on PostgreSQL, single writer on SQLite) and then reads
its answer, or after five seconds a 409 that says when to come again. Refusals are not kept: sent again, they are judged anew. The body is kept only as a keyed digest; vault
fields are struck from the answer before it is kept.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import moment
from povertyaudit.core.api.errors import Malformed
from povertyaudit.core.api.renderers import Renderer
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import IdempotencyRecord, User
from povertyaudit.core.vault import IDENTITY_FIELDS

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
KEPT_HEADERS = ("ETag", "Location")
LONGEST_KEPT = 256 * 1024  # bytes
MARKS = ("id", "number", "version", "state")  # what is left of a longer answer
WAITED = "5s"  # for the first of two posts at the same moment
PROTECTED = frozenset({"identity", "complainant", "one_time_password"})
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


class OncePerKey:
    """Mixin for API views: every POST or PATCH with the header runs once. `keeps_answers = False` where answers are secret."""

    keeps_answers = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        name = str(request.method).lower()
        do: Callable[..., Response] | None = getattr(self, name, None) if name in {"post", "patch"} else None
        if do is not None and HEADER in request.headers and self.keeps_answers:
            setattr(self, name, lambda *a, **k: once(request, lambda: do(*a, **k)))


def once(request: Request, do: Callable[[], Response]) -> Response:
    """The kept answer for this key, or `do()` with its answer kept. Raises RuleBroken for a key used for another body."""
    key = request.headers[HEADER].strip()
    if not _KEY.fullmatch(key):
        raise Malformed("bad_idempotency_key", "Idempotency-Key 应为 1 到 200 个可见的英文字符。")
    digest = _body_digest(request)
    _kept(request, key).filter(expires_at__lte=moment.now()).delete()
    try:
        with transaction.atomic():
            return _first(request, key, digest, do)
    except _Repeated:
        return _again(request, key, digest)


class InFlight(WrongState):
    """The first post with this key is still at work; `retry_after` in seconds."""

    retry_after = 5

    def __init__(self) -> None:
        super().__init__(
            "idempotency.in_flight", "同一次提交还在办理，请几秒后用同一个 Idempotency-Key 再试。"
        )


def _wait_no_longer(period: str = WAITED) -> None:
    """PostgreSQL lets the second post wait for the first one's key; not for ever, a web process is waiting with it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [period])


class _Repeated(Exception):
    """The key's row is already there."""


def _first(request: Request, key: str, digest: str, do: Callable[[], Response]) -> Response:
    record = IdempotencyRecord(
        user=cast("User", request.user), key=key, path=request.path[:500], body_digest=digest,
        expires_at=moment.now() + KEPT_FOR,
    )  # fmt: skip
    try:
        with transaction.atomic():
            _wait_no_longer()
            record.save(force_insert=True)
            _wait_no_longer("0")
    except IntegrityError as error:
        raise _Repeated from error
    except OperationalError as error:
        if connection.vendor != "postgresql":
            raise
        raise InFlight from error
    response = do()
    if response.status_code >= 400:
        transaction.set_rollback(True)
        return response
    record.status = response.status_code
    record.answer = _kept_answer(response.data)
    record.headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    record.save(update_fields=["status", "answer", "headers"])
    return response


def _again(request: Request, key: str, digest: str) -> Response:
    kept = _kept(request, key).first()
    if kept is None:  # the first one failed meanwhile: nothing was done
        raise RuleBroken("idempotency.retry", "上一次提交没有成功，请再试一次。")
    if (kept.path, kept.body_digest) != (request.path[:500], digest):
        raise RuleBroken("idempotency.reused", "这个 Idempotency-Key 已用于另一次提交，请换一个新的。")
    return Response(kept.answer, status=kept.status, headers=kept.headers | {"Idempotency-Replayed": "true"})


def _kept(request: Request, key: str) -> QuerySet[IdempotencyRecord]:
    return IdempotencyRecord.objects.filter(user=cast("User", request.user), key=key)


def _body_digest(request: Request) -> str:
    """A keyed digest of the body: without the server's key nothing can be guessed from it."""
    data = request.data
    if isinstance(data, QueryDict):
        data = {name: data.getlist(name) for name in data}
    text = json.dumps(data, sort_keys=True, default=_plain, separators=(",", ":"))
    return salted_hmac("povertyaudit.idempotency", text, algorithm="sha256").hexdigest()


def _plain(value: Any) -> str:
    if not isinstance(value, UploadedFile):
        return str(value)
    seen = hashlib.sha256()
    for chunk in value.chunks():
        seen.update(chunk)
    value.seek(0)
    return f"{value.name}:{seen.hexdigest()}"


def _kept_answer(data: Any) -> Any:
    """What a repetition is answered with: the answer without protected fields; a very long one by its marks alone."""
    text = Renderer().render(_struck(data))
    if len(text) <= LONGEST_KEPT:
        return json.loads(text or b"null")
    return {name: data[name] for name in MARKS if name in data} if isinstance(data, dict) else None


def _struck(data: Any) -> Any:
    """`data` without anything that belongs in the vault."""
    if isinstance(data, dict):
        kept = {k: _struck(v) for k, v in data.items() if k not in PROTECTED}
        return {} if set(kept) and set(kept) <= set(IDENTITY_FIELDS) else kept
    return [_struck(item) for item in data] if isinstance(data, list | tuple) else data
