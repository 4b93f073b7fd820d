"""Stored bytes that no row names, left by an upload whose act was rolled back: removed at night, a day later.

The row is looked for first, the age of the file last and under the lock: whoever keeps the same bytes again makes
the file young before his row is written, so a file is never taken from under a row that is yet to be committed.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.db import models

from povertyaudit.core import moment, store

GRACE = timedelta(days=1)  # longer than any transaction
BATCH = 500  # files asked about at once
NAMING = "sha256"  # how a column is called that names a file; such a column has an index


def sweep(renew: Callable[[], None] = lambda: None) -> int:
    """Remove what is older than GRACE and named by no row; returns how many. `renew` is called between batches."""
    removed, old = 0, _old_files()
    while batch := list(islice(old, BATCH)):
        named = named_among([path.name for path in batch])
        removed += sum(_remove(path) for path in batch if path.name not in named)
        renew()
    return removed


def named_among(hashes: list[str]) -> set[str]:
    """Those of `hashes` that a row names: every column called so, of every model there is or will be."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField) and field.name.endswith(NAMING):
                rows = model._base_manager.filter(**{f"{field.name}__in": hashes})
                found.update(rows.values_list(field.name, flat=True))
    return found


def _old_files() -> Iterator[Path]:
    """Every file under its hash, and every draft a crash left beside them, older than GRACE."""
    return (path for path in store.root().glob("??/??/*") if _is_old(path))


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < (moment.now() - GRACE).timestamp()
    except FileNotFoundError:
        return False


def _remove(path: Path) -> bool:
    with store.locked(alone=True):
        if not _is_old(path):
            return False
        path.unlink(missing_ok=True)
    return True
