"""What surrounds a call without being passed through it."""

from contextvars import ContextVar

# Set by the middleware for a request, by the worker for a job; written into every record entry.
request_id: ContextVar[str] = ContextVar("request_id", default="")
