"""What an answer may hold, read off the models: the generator takes a field that is only shown for one that is always there."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

# JSON Schema's own `time` is one with seconds and an offset; hours of a day here have neither.
_HOURS = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$"


class HonestSchema(AutoSchema):
    """Says of every field of an answer whether it may be null, and of a choice whether it may be empty."""

    def _get_serializer_field_meta(self, field: Any, direction: Any) -> dict[str, Any]:
        meta: dict[str, Any] = super()._get_serializer_field_meta(field, direction)  # type: ignore[no-untyped-call]
        if direction == "response" and _may_be_null(field):
            meta["nullable"] = True
        return meta

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        schema = super()._map_serializer_field(field, direction, bypass_extensions)  # type: ignore[no-untyped-call]
        if direction == "response" and isinstance(field, serializers.DateField) and "format" in vars(field):
            schema.pop("format")  # a month
        if isinstance(field, serializers.TimeField) and schema.pop("format", None):
            schema["pattern"] = _HOURS
        if direction == "response" and schema and "enum" in schema:
            more: list[Any] = [None] if "null" in schema.get("type", ()) else []
            more += [""] if _may_be_empty(field) else []
            schema["enum"] = [*schema["enum"], *(one for one in more if one not in schema["enum"])]
        return schema


def _may_be_null(field: Any) -> bool:
    if not isinstance(field, serializers.Field):
        return False
    return field.default is None or any(
        getattr(one, "null", False) or (one.one_to_one and one.auto_created) for one in _path(field)
    )


def _may_be_empty(field: Any) -> bool:
    return any(getattr(one, "blank", False) for one in _path(field)[-1:])


def _path(field: Any) -> list[Any]:
    """The fields of the models a serializer's field is read through, as far as they are fields."""
    model: type[models.Model] | None = getattr(getattr(field.parent, "Meta", None), "model", None)
    found: list[Any] = []
    for name in (field.source or "").split("."):
        try:
            found.append(model._meta.get_field(name) if model else None)
        except FieldDoesNotExist:
            break
        model = getattr(found[-1], "related_model", None)
    return [one for one in found if one is not None]
