"""A field that names a record by its register number."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from povertyaudit.core.cleaning import to_halfwidth

UNKNOWN = "没有找到这个编号，请核对后重新填写。"


class NumberField(forms.ModelChoiceField):
    """A record named by its register number, out of those the user may know of."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"maxlength": 40, "autocomplete": "off"}))
        kwargs.setdefault("required", False)
        super().__init__(queryset, to_field_name="number", **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(to_halfwidth(str(value)).replace("\x00", "").strip() if value else value)
        except ValidationError as refused:
            raise ValidationError(UNKNOWN, "invalid_choice") from refused


class RecordInput(forms.TextInput):
    """Shows the number of the record, also where the address names it by its id."""

    number: Any = None

    def format_value(self, value: Any) -> str | None:
        return str(self.number(value)) if value and self.number else super().format_value(value)


class RecordField(NumberField):
    """As `NumberField`, for a filter: a record named by its number or by its id, never out of a list of all of them."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        widget = RecordInput(attrs={"maxlength": 40, "autocomplete": "off"})
        super().__init__(queryset, **{"widget": widget, **kwargs})
        widget.number = self.in_words

    def __deepcopy__(self, memo: Any) -> Any:
        copy = super().__deepcopy__(memo)
        copy.widget.number = copy.in_words
        return copy

    def named(self, value: Any) -> Any:
        typed = to_halfwidth(str(value)).replace("\x00", "").strip()
        return self.queryset.filter(Q(public_id=typed) | Q(number=typed)).first()  # type: ignore[union-attr]

    def in_words(self, value: Any) -> str:
        return str(self.named(value) or value)

    def prepare_value(self, value: Any) -> Any:
        return value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if (found := self.named(value)) is None:
            raise ValidationError(UNKNOWN, "invalid_choice")
        return found

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)
