"""The kinds of documents there are: lists named in `settings.DOCUMENT_KINDS`, in that order."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from povertyaudit.core.models import User
from povertyaudit.documents.kinds.base import Ask, Kind, Source

__all__ = ["Ask", "Kind", "Source", "kinds", "labels", "offered"]


@cache
def kinds() -> dict[str, Kind]:
    """Code → kind."""
    found = [kind for path in settings.DOCUMENT_KINDS for kind in import_string(path)]
    return {kind.code: kind for kind in found}


@cache
def labels() -> dict[str, list[Kind]]:
    """Label of a model → the kinds made of its rows."""
    found: dict[str, list[Kind]] = {}
    for kind in kinds().values():
        for source in kind.sources:
            found.setdefault(source.label, []).append(kind)
    return found


def offered(row: Any, user: User) -> list[Kind]:
    """The kinds this user may make of this row as it is now. Asks the database for nothing but what the row knows."""
    label = row._meta.label_lower
    found = []
    for kind in labels().get(label, ()):
        source = kind.source_of(label)
        if source is not None and source.maker(row, user) is not None:
            found.append(kind)
    return found
