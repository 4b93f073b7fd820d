"""Fields that name records by their numbers, units by their names, and the parts of an item."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.forms.numbers import UNKNOWN
from povertyaudit.core.models import Unit, UnitKind
from rectification.models import Evidence, EvidenceKind, EvidenceSort, Measure

PAPERS = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx"


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


class MeasureChoice(forms.ModelChoiceField):
    """One of the item's measures, by its number and first words."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Measure.objects.all())
        kwargs.setdefault("to_field_name", "public_id")
        kwargs["blank"] = not kwargs.get("required", True)  # radios keep the choice of none
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        words = " ".join(obj.text.split())
        return f"（{obj.no}）{words[:40]}{'…' if len(words) > 40 else ''} · {obj.get_state_display()}"


class EvidenceChoice(MeasureChoice):
    """One of the item's files."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Evidence.objects.all())
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        about = f"（{obj.measure.no}）" if obj.measure else ""
        words = f"：{obj.note}" if obj.note else ""
        return f"{about}{obj.get_kind_display()}{words} · {obj.attachment.original_name}"


class BeforeChoice(EvidenceChoice):
    """The photo of before that has no photo of afterwards yet, with its picture; without any the field is not there."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "对应的整改前照片")
        kwargs.setdefault("help_text", "选了的，与上传的整改后照片并排对比；请在同一位置、同一角度拍摄。")
        super().__init__(
            required=False,
            empty_label="不对应",
            widget=forms.RadioSelect(attrs={"class": "pictures"}),
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        words = super().label_from_instance(obj)
        if not obj.attachment.thumb_sha256:
            return words
        address = f"{obj.attachment.get_absolute_url()}?thumb=1"
        picture = '<img src="{}" alt="" width="112" height="84" loading="lazy"> {}'
        return format_html(picture, address, words)


def kinds() -> list[tuple[str, str]]:
    """The kinds of evidence that may be chosen today."""
    return list(EvidenceSort.objects.on().values_list("code", "name"))


class KindField(forms.ChoiceField):
    """材料类别, of the list in force when the form is opened."""

    def __init__(self) -> None:
        super().__init__(label="材料类别", choices=kinds, initial=EvidenceKind.PHOTO_AFTER)
