"""What `full_clean` asks of an instance, asked of many of one model: a column at a time, each value once."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from povertyaudit.core.models import Row
from povertyaudit.core.models.base import new_public_id


def clean(rows: Sequence[Row], known: Callable[[Row], set[str]]) -> None:
    """As `row.full_clean(exclude=known(row), validate_unique=False, validate_constraints=False)` for each in its order.
    `known`: foreign keys that need no look-up. Raises ValidationError of the first row that something is wrong with."""
    try:
        for field in type(rows[0])._meta.fields:
            _clean_column(field, rows)
    except ValidationError:
        for row in rows:
            row.full_clean(exclude=known(row), validate_unique=False, validate_constraints=False)
        raise
    if type(rows[0]).clean is not models.Model.clean:
        for row in rows:
            row.clean()


def _clean_column(field: Any, rows: Sequence[Row]) -> None:
    if getattr(field, "generated", False) or field.default is new_public_id:
        return
    name, empty = field.attname, field.empty_values if field.blank else ()
    values = [row.__dict__[name] for row in rows]
    if field.blank and values.count(values[0]) == len(values) and values[0] in empty:
        return
    if field.is_relation:
        rows = [row for row in rows if not field.is_cached(row)]
        values = [row.__dict__[name] for row in rows]
    if isinstance(field, models.JSONField):
        _put(name, rows, values, [one if one in empty else field.clean(one, None) for one in values])
        return
    good: dict[Any, Any] = {}
    for kind, value in {(type(one), one) for one in values}:
        good[kind, value] = value if value in empty else field.clean(value, None)
    _put(name, rows, values, [good[type(one), one] for one in values])


def _put(name: str, rows: Sequence[Row], were: Sequence[Any], now: Sequence[Any]) -> None:
    for row, was, value in zip(rows, were, now, strict=True):
        if value is not was:
            row.__dict__[name] = value
