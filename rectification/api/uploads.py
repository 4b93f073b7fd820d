"""Verbs that also take files: the body may be JSON or a multipart form."""

from typing import Any

from rest_framework.parsers import MultiPartParser

from povertyaudit.core.api.parsers import StrictJSONParser


def with_files(method: Any) -> Any:
    """Decorator above `@verb(...)`."""
    method.kwargs["parser_classes"] = [StrictJSONParser, MultiPartParser]
    return method
