"""Verbs that also take files: the body may be JSON or, where it carries them, a multipart form."""

from typing import Any

from rest_framework.parsers import MultiPartParser

from povertyaudit.core.api.parsers import StrictJSONParser

MULTIPART = "multipart/form-data"


def with_files(method: Any) -> Any:
    """Decorator above `@verb(...)`."""
    method.kwargs["parser_classes"] = [StrictJSONParser, MultiPartParser]
    return method
