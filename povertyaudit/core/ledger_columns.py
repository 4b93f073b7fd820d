"""Columns of a ledger taken from the fields of the model: their Chinese names, and a code always beside its words.

    COLUMNS = (*common_columns(Finding.State.choices), *of_fields(Finding, "problem_class category text unit amount_fen"))

A choice gives `kind` and `kind_display`, a term of a list `category` (its code) and `category_display`, a unit `unit` (its
id) and `unit_name`, a region its code and `village_name`, an account the name of the person, another dossier its number.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from povertyaudit.core.ledger import Column
from povertyaudit.core.models import Dossier, Region, Term, Unit, User
from povertyaudit.core.xlsx_out import Kind, SheetColumn

_KINDS: tuple[tuple[type[Any], Kind], ...] = (
    (models.DateTimeField, "moment"),
    (models.DateField, "date"),
    (models.CharField, "text"),
    (models.TextField, "text"),
    (models.IntegerField, "number"),
)


def of_fields(model: type[models.Model], names: str, under: str = "") -> tuple[Column, ...]:
    """Columns of the fields `names` of `model`, which is reached by the path `under`."""
    path = f"{under}__" if under else ""
    return tuple(column for name in names.split() for column in _of_field(model, name, path + name))


def _of_field(model: type[models.Model], name: str, path: str) -> tuple[Column, ...]:
    field: Any = model._meta.get_field(name)
    words = str(field.verbose_name)
    if field.choices:
        return (
            Column(name, f"{words}代码", path),
            Column(f"{name}_display", words, path, choices=list(field.choices)),
        )
    if not field.is_relation:
        return (Column(name, words, path),)
    there: type[models.Model] = field.related_model
    if there is Unit:
        return Column(name, f"{words}标识", f"{path}__public_id"), Column(
            f"{name}_name", words, f"{path}__name"
        )
    if there is Region:
        return Column(name, f"{words}代码", f"{path}_id"), Column(f"{name}_name", words, f"{path}__path_name")
    if there is User:
        return (Column(name, words, f"{path}__person__name"),)
    if issubclass(there, Term):
        return (
            Column(name, f"{words}代码", f"{path}__code"),
            Column(f"{name}_display", words, f"{path}__name"),
        )
    if issubclass(there, Dossier):
        return (Column(name, f"{words}编号", f"{path}__number"),)
    raise ValueError(f"{model.__name__}.{name}: say which column of it")


def sheet_columns(model: type[models.Model], columns: Sequence[Column]) -> list[SheetColumn]:
    """The same columns as a workbook has them: money in 元, days as days, codes as text."""
    return [_sheet_column(model, column) for column in columns]


def _sheet_column(model: type[models.Model], column: Column) -> SheetColumn:
    if column.name.endswith("_fen"):
        return SheetColumn(column.heading.replace("（分）", "（元）"), "money")
    if column.choices:
        return SheetColumn(column.heading, "text")
    return SheetColumn(
        column.heading, "" if callable(column.source) else kind_of(model, column.source or column.name)
    )


def kind_of(model: type[models.Model], path: str) -> Kind:
    """What stands at the end of `path`; "" where no field does (a computed column: each value by its own type)."""
    field: Any = None
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name.removesuffix("_id"))
        except FieldDoesNotExist:
            return ""
        model = field.related_model or model
    return (
        "text"
        if field.is_relation
        else next((kind for type_, kind in _KINDS if isinstance(field, type_)), "")
    )
