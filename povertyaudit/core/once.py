"""A form is carried out once: a double click or a repeated POST goes to the result of the first.

The token stands in a hidden field. It is claimed in the service's own transaction, so a refused form may be sent
again, and of two presses at the same moment the second waits and then goes where the first went.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from povertyaudit.core import moment
from povertyaudit.core.models import IdempotencyRecord

FIELD = "once"
KEPT = timedelta(days=1)


def token(request: Any) -> str:
    """A fresh token; a refused form keeps its own."""
    return given(request) or secrets.token_urlsafe(12)


def given(request: Any) -> str:
    """The token the form came with; empty when it is none of ours (PostgreSQL stores no NUL)."""
    mark: str = request.POST.get(FIELD, "")[:40]
    return mark if mark.isascii() and mark.isprintable() else ""


def carry_out(request: Any, act: Callable[[], str]) -> str:
    """Run `act` unless this form has been carried out before; the address to go to either way."""
    mark = given(request)
    if not mark:
        return act()
    key = f"page:{mark}:{hashlib.sha256(request.path.encode()).hexdigest()[:16]}"  # of this form alone
    try:
        with transaction.atomic():
            claim = IdempotencyRecord.objects.create(
                user=request.user, key=key, path=request.path[:500], body_digest="", status=302,
                expires_at=moment.now() + KEPT,
            )  # fmt: skip
            url = act()
            IdempotencyRecord.objects.filter(pk=claim.pk).update(headers={"Location": url})
            return url
    except IntegrityError:
        earlier = IdempotencyRecord.objects.filter(user=request.user, key=key).first()
        if earlier is None:
            raise
        return str(earlier.headers.get("Location") or request.path)
