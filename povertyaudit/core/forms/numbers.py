"""A field that names a record by its register number."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

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
