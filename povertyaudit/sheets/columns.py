"""A column of a list that is taken in: a field of the page's own form, what else people call it, and an example.

What the form says on the page — label, help, whether it must be filled, its choices — the template and the reading of a
sheet say too: there is one place to change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from povertyaudit.core.forms import CleanCodeField

NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """`field` is bound to no form; its choices are those of today."""

    name: str
    field: forms.Field
    aliases: tuple[str, ...] = ()
    example: Any = ""
    must: bool = False  # also where the form, which has other means, does not ask for it

    @property
    def label(self) -> str:
        return str(self.field.label)

    @property
    def required(self) -> bool:
        return self.must or bool(self.field.required) and not isinstance(self.field, forms.BooleanField)


def of_form(
    form: forms.Form,
    names: Iterable[str],
    *,
    also: Mapping[str, tuple[str, ...]],
    examples: Mapping[str, Any],
) -> list[Column]:
    """The columns `names` of a form."""
    return [Column(name, form.fields[name], also.get(name, ()), examples.get(name, "")) for name in names]


def numbered(label: str, *aliases: str) -> Column:
    """The register number: with it a row changes what is there, without it it is new."""
    help_text = "新登记的不填；填了编号的，修改已登记的那一条。"
    field = CleanCodeField(label=label, max_length=40, required=False, help_text=help_text)
    return Column(NUMBER, field, ("编号", *aliases))
