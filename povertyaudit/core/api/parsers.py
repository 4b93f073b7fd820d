"""The door for bodies and for what is answered."""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import JSONParser

DEEPEST = 32  # levels; ours have five at most


class StrictJSONParser(JSONParser):
    """JSON, unless it is nested deeper than anything of ours."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            found = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError from None
        if too_deep(found):
            raise ParseError
        return found


def too_deep(data: Any) -> bool:
    """Whether `data` has more than DEEPEST levels; without recursion of its own."""
    level = [data]
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                inner.extend(one.values())
            elif isinstance(one, list):
                inner.extend(one)
        if not inner:
            return False
        level = inner
    return True


class AlwaysOurs(BaseContentNegotiation):
    """The body is read by its declared type; the answer is what the view gives, whatever the caller accepts."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        sent = (request.content_type or "").split(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == sent), None)

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type
