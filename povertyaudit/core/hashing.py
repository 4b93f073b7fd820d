"""Canonical form and digests of the record.

The canonical form is JSON with sorted keys, no white space, UTF-8 and no escaping of Chinese. Dates are ISO 8601,
moments ISO 8601 in UTC, times of the day likewise, bytes lower-case hex. The same value always gives the same bytes on both databases. What is
hashed and how stands in proof/check.py, the script that checks a bundle elsewhere: there is no second copy.
"""

import hashlib
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings

from povertyaudit.core.proof import check

DEFAULT = "sha256"
AS_THEY_ARE = frozenset({str, int, bool, float})


def plain(value: Any) -> Any:
    """`value` as something JSON can hold, in the one form used for digests."""
    if value is None or type(value) in AS_THEY_ARE:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(v) for v in value)
    return value


def canonical(value: Any) -> bytes:
    """The canonical bytes of `value`."""
    return check.canonical(plain(value))


def algorithm() -> str:
    """`sha256`, or `sm3` where the operator asked for it and OpenSSL has it."""
    wanted = getattr(settings, "AUDIT_HASH", DEFAULT)
    return wanted if wanted in hashlib.algorithms_available else DEFAULT


def digest(value: Any, name: str = DEFAULT) -> str:
    """Hex digest of the canonical form of `value` (bytes are taken as they are)."""
    return check.digest(value if isinstance(value, bytes) else canonical(value), name)
