"""What surrounds a call without being passed through it."""

from contextvars import ContextVar
from typing import Any

# Set by the middleware for a request, by the worker for a job; written into every record entry.
request_id: ContextVar[str] = ContextVar("request_id", default="")


def memory_of(user: Any) -> dict[Any, Any]:
    """What this request has found out about the user; outside a request nothing is remembered: each time a new one."""
    now = request_id.get()
    if not now:
        return {}
    kept: tuple[str, dict[Any, Any]] | None = user.__dict__.get("_memory")
    if kept is None or kept[0] != now:
        kept = user.__dict__["_memory"] = (now, {})
    return kept[1]
