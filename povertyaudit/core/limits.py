"""How often, and how many at once: right with several processes, on both databases.

Counters are rows, not entries of a cache: without Redis every web process has a cache of its own. Each count is one
statement, so two at the same moment never read the same number. Why no library: docs/decisions, "hardening".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.db import connection

from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import Tally, User

MINUTE = 60  # seconds
# A ledger is written within the web process's patience (120 seconds) or not at all.
EXPORT_LEASE = 150  # seconds
_COUNT = """
INSERT INTO core_tally (key, count, until) VALUES (%(key)s, 1, %(until)s)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN core_tally.until <= %(now)s THEN 1 ELSE core_tally.count + 1 END,
  until = CASE WHEN core_tally.until <= %(now)s THEN excluded.until ELSE core_tally.until END
RETURNING count, until
"""


class TooMany(DomainError):
    """Too often, or too many at once; `retry_after` in seconds."""

    status = 429

    def __init__(self, code: str, message: str, retry_after: int) -> None:
        super().__init__(code, message)
        self.retry_after = max(1, retry_after)


@dataclass(frozen=True)
class Limit:
    """At most settings.`most` counts of one key within `seconds`; above it the sentence."""

    name: str
    most: str
    seconds: int
    sentence: str

    def count(self, who: object) -> None:
        """Count once. Raises TooMany from the first one above the limit on."""
        number, until = count(f"{self.name}:{who}", self.seconds)
        if number > getattr(settings, self.most):
            raise self._refusal(until)

    def check(self, who: object) -> None:
        """Raises TooMany when the limit is used up; counts nothing."""
        full = Tally.objects.filter(
            key=f"{self.name}:{who}", until__gt=_now(), count__gte=getattr(settings, self.most)
        ).first()
        if full is not None:
            raise self._refusal(full.until)

    def _refusal(self, until: int) -> TooMany:
        return TooMany(f"limit.{self.name}", self.sentence, until - _now())


SEARCH = Limit("search", "SEARCHES_PER_MINUTE", MINUTE, "查找过于频繁，请等一分钟再试。")
FAILURES_OF_ADDRESS = Limit(
    "address",
    "SIGN_IN_FAILURES_PER_ADDRESS",
    15 * MINUTE,
    "这个网络地址连续登录失败过多，请 15 分钟后再试；如一直这样，请告诉本单位的系统管理员。",
)


class Held:
    """The lines of a ledger, and one of the account's places for ledgers until they are closed."""

    def __init__(self, lines: Iterator[bytes], place: Tally) -> None:
        self.lines, self.place = lines, place

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        return next(self.lines)

    def close(self) -> None:
        """Called by the server whatever ended the answer; a place whose process was killed is free after its lease.

        The lines first: they may hold a transaction open, which an answer broken off undoes.
        """
        if (end := getattr(self.lines, "close", None)) is not None:
            end()
        Tally.objects.filter(key=self.place.key, until=self.place.until).delete()


def hold_export(user: User, lines: Iterator[bytes]) -> Held:
    """`lines`, while the account has a place free. Raises TooMany when settings.EXPORTS_AT_ONCE are being written."""
    for number in range(settings.EXPORTS_AT_ONCE):
        key = f"export:{user.pk}:{number}"
        taken, until = count(key, EXPORT_LEASE)
        if taken == 1:
            return Held(lines, Tally(key=key, until=until))
    raise TooMany(
        "limit.export",
        f"您已有 {settings.EXPORTS_AT_ONCE} 份台账正在导出，请等其中一份完成后再试。",
        EXPORT_LEASE // 10,
    )


def sweep() -> int:
    """Delete counters that have ended; returns how many."""
    return Tally.objects.filter(until__lte=_now()).delete()[0]


def count(key: str, seconds: int) -> tuple[int, int]:
    """Count once under `key`: how many it makes, and the second of the epoch at which it starts anew."""
    now = _now()
    values: dict[str, Any] = {"key": key, "now": now, "until": now + seconds}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        number, until = cursor.fetchall()[0]
    return number, until


def seconds_left(key: str) -> int:
    """How long `key` still counts; 0 when it does not."""
    until = Tally.objects.filter(key=key, until__gt=_now()).values_list("until", flat=True).first()
    return until - _now() if until else 0


def forget(key: str) -> None:
    """Start `key` anew."""
    Tally.objects.filter(key=key).delete()


def _now() -> int:
    return int(moment.now().timestamp())
