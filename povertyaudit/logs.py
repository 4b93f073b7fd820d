"""What every log line carries, and what none of them may."""

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

from povertyaudit.core.context import request_id

_QUERY = re.compile(r"(/[^\s?'\"]*)\?[^\s'\"]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def configuration(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to stderr, one line per event."""
    line = "{asctime} {levelname} {name} [{request_id}] {message}"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": f"{__name__}.RequestIdFilter"}},
        "formatters": {"line": {"class": f"{__name__}.DiscreetFormatter", "format": line, "style": "{"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]},
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "povertyaudit": {"level": "INFO"},
            "django": {"handlers": [], "propagate": True},  # Django's own console would print errors in full
            "django.server": {"handlers": [], "propagate": True},
            "kombu.connection": {"level": "ERROR"},  # says that a folder has no host name
        },
    }


class RequestIdFilter(logging.Filter):
    """Puts the id of the request or job on the line; "-" outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get() or "-"
        return True


class DiscreetFormatter(logging.Formatter):
    """An error by its kind and place, never by its words: a database puts the row it refused into them.

    Query strings are cut off (people search for names), and nothing a caller sends can start a line of its own.
    """

    def format(self, record: logging.LogRecord) -> str:
        cached, record.exc_text = record.exc_text, None  # another handler's text may say more
        try:
            return super().format(record)
        finally:
            record.exc_text = cached

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 — the library's name
        text = record.message
        for error in _chain(record.exc_info[1]) if record.exc_info else ():
            for words in (repr(error), str(error)):
                text = text.replace(words, _kind(error)) if words else text
        record.message = _CONTROL.sub(" ", _QUERY.sub(r"\1", text))
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 — the library's name
        return "\n".join(
            f"{''.join(traceback.format_tb(error.__traceback__))}{_kind(error)}" for error in _chain(ei[1])
        )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those behind it, at most five."""
    for _ in range(5):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _kind(error: BaseException) -> str:
    """Its type, and the constraint where a database names one."""
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    return f"{type(error).__name__}{f' ({constraint})' if constraint else ''}"
