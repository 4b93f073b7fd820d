"""Addresses of verbs: the underscore of the API and the hyphen of pages lead to the same view."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path


def verb_paths(things: str, verb: str, view: Callable[..., Any]) -> list[URLPattern]:
    """`/<things>/<id>/<verb>/` named `<things>_<verb>`, and its hyphen spelling."""
    spelt = dict.fromkeys((verb, verb.replace("_", "-")))
    return [
        path(f"{things}/<str:id>/{word}/", view, name=f"{things}_{verb}") for word in reversed(list(spelt))
    ]
