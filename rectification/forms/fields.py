"""Fields that name records by their numbers, and units by their names."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.models import Unit, UnitKind

UNKNOWN = "没有找到这个编号，请核对后重新填写。"
PAPERS = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx"


class NumberField(forms.ModelChoiceField):
    """A record named by its register number, out of those the user may know of."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"maxlength": 40, "autocomplete": "off"}))
        super().__init__(queryset, to_field_name="number", required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(to_halfwidth(str(value)).replace("\x00", "").strip() if value else value)
        except ValidationError as refused:
            raise ValidationError(UNKNOWN, "invalid_choice") from refused


class NumbersField(forms.ModelMultipleChoiceField):
    """Several records by their numbers, divided by blanks or commas."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"maxlength": 400, "autocomplete": "off"})
        super().__init__(queryset, to_field_name="number", required=False, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return "、".join(str(getattr(one, "number", one)) for one in value)
        return value

    def clean(self, value: Any) -> Any:
        words = re.split(r"[\s,，、；;]+", to_halfwidth(str(value or "")).replace("\x00", ""))
        try:
            return list(super().clean([word for word in words if word]))
        except ValidationError as refused:
            raise ValidationError(UNKNOWN, "invalid_choice") from refused

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units from a list of departments and townships."""

    def __init__(self, **kwargs: Any) -> None:
        rows = Unit.objects.answering().filter(kind__in=(UnitKind.DEPARTMENT, UnitKind.TOWNSHIP))
        super().__init__(rows, required=False, to_field_name="public_id", **kwargs)
        self.widget.attrs.update({"data-select": "", "size": 4})

    def clean(self, value: Any) -> Any:
        return list(super().clean(value))
