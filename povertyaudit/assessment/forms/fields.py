"""Points, and several units in one line."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from povertyaudit.core.cleaning import clean_line, to_halfwidth
from povertyaudit.core.models import Unit

_BETWEEN = re.compile(r"[、，,；;\s]+")


class PointsField(forms.DecimalField):
    """Points with at most two decimals; full-width digits are taken."""

    def __init__(self, **kwargs: Any) -> None:
        least, most = kwargs.get("min_value", 0), kwargs.get("max_value", 100)
        super().__init__(**{"min_value": 0, "max_value": 100, "decimal_places": 2, "max_digits": 6} | kwargs)
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 10})
        self.error_messages.update(
            invalid="请填写数字，例如 92.5。", max_decimal_places="最多两位小数。", max_digits="请填写数字，例如 92.5。",
            max_whole_digits="请填写数字，例如 92.5。",
        )  # fmt: skip
        limits: Any = [one for one in self.validators if hasattr(one, "limit_value")]
        for one in limits:
            one.message = f"应在 {least} 至 {most} 之间。"

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_halfwidth(value).strip() if isinstance(value, str) else value)


class UnitsField(forms.Field):
    """Units by their names in one line, with 、 between them; cleaned to a list."""

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.TextInput()} | kwargs)
        self.queryset = Unit.objects.current() if queryset is None else queryset

    def clean(self, value: Any) -> list[Unit]:
        typed = [
            name for name in _BETWEEN.split(clean_line(value or "", max_length=500, required=False)) if name
        ]
        if not typed and self.required:
            raise ValidationError("请填写单位名称。", "required")
        units = {unit.name: unit for unit in self.queryset.filter(name__in=typed)}
        unknown = [name for name in typed if name not in units]
        if unknown:
            raise ValidationError(
                f"没有找到“{'、'.join(unknown[:3])}”，请填写单位全称，单位之间用顿号。", "unknown"
            )
        return list({units[name].pk: units[name] for name in typed}.values())
