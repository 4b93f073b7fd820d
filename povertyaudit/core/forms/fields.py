"""Fields that clean what people type with core.cleaning; every refusal is one Chinese sentence.

Examples:

    title  = CleanLineField(label="标题", max_length=200)
    text   = CleanTextField(label="反映的主要问题", rows=6, help_text="按来信原意概括，不写反映人信息。")
    amount = MoneyField(label="涉及金额（元）", required=False)            # cleaned: int 分 or None
    on     = DateField(label="受理日期", latest_today=True)
    papers = UploadsField(label="佐证材料", required=False)               # cleaned: list[UploadedFile]
    name   = CleanLineField(label="反映人姓名", protected=True)           # vault: never drafted, never echoed
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from povertyaudit.core import cleaning, idnumbers, moment, render

REQUIRED = "请填写这一项。"
_WAN = re.compile(r"(.+?)\s*(万元|万)")


class _Protected:
    """Marks a vault field: `data-protected` keeps drafts away, and the typed value is not sent back after an error."""

    protected = False


class ProtectedInput(forms.TextInput):
    """A text input that never echoes."""

    def format_value(self, value: Any) -> str | None:
        return None


class ProtectedTextarea(forms.Textarea):
    def format_value(self, value: Any) -> str | None:
        return None


class CleanTextField(_Protected, forms.Field):
    """Prose of several lines."""

    def __init__(
        self, *, max_length: int = cleaning.MAX_TEXT, rows: int = 4, protected: bool = False, **kwargs: Any
    ) -> None:
        widget = ProtectedTextarea if protected else forms.Textarea
        kwargs.setdefault("widget", widget(attrs={"rows": rows}))
        self.max_length, self.protected = max_length, protected
        super().__init__(**kwargs)
        if protected:
            self.widget.attrs.update({"data-protected": "", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        return cleaning.clean_text(value or "", max_length=self.max_length, required=self.required)


class CleanLineField(_Protected, forms.Field):
    """Text of one line: a name, a title."""

    def __init__(self, *, max_length: int = 200, protected: bool = False, **kwargs: Any) -> None:
        widget = ProtectedInput if protected else forms.TextInput
        kwargs.setdefault("widget", widget())
        self.max_length, self.protected = max_length, protected
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("maxlength", max_length)
        if protected:
            self.widget.attrs.update({"data-protected": "", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        return cleaning.clean_line(value or "", max_length=self.max_length, required=self.required)


class CleanCodeField(CleanLineField):
    """A number or code: full-width digits and letters become half-width."""

    def clean(self, value: Any) -> str:
        return cleaning.clean_code(value or "", max_length=self.max_length, required=self.required)


class MonthField(CleanLineField):
    """A month, kept as "1975-06"."""

    def clean(self, value: Any) -> str:
        return cleaning.clean_month(value or "", required=self.required)


class IdNumberField(CleanLineField):
    """An ID number of 18 characters: never drafted, never echoed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, protected=True, **kwargs)

    def clean(self, value: Any) -> str:
        return idnumbers.clean_id_number(value or "", required=self.required)


class MoneyInput(forms.TextInput):
    """Amount in 元; the page shows it in Chinese capital words beside it."""

    money = True

    def format_value(self, value: Any) -> str | None:
        return render.yuan(value) if isinstance(value, int) else value

    def words(self, value: Any) -> str:
        """The words beside the field when it is drawn; a typed value that cannot be read has none."""
        try:
            return render.capital(value if isinstance(value, int) else yuan_to_fen(str(value or "")))
        except ValidationError:
            return ""


def yuan_to_fen(text: str) -> int:
    """元 or 万元 as typed ("1,200.50", "１２．５万元") → 分. Raises ValidationError."""
    plain = cleaning.to_halfwidth(text).strip()
    if (found := _WAN.fullmatch(plain)) is None:
        return cleaning.clean_money_yuan(plain)
    number = found.group(1).replace("，", ",").removeprefix("¥").strip()
    whole, _, rest = number.replace(",", "").partition(".")
    if len(rest) > 6:
        raise ValidationError("金额最多精确到分，请核对万元后的小数位。", "not_money")
    cleaning.clean_money_yuan(number if len(rest) <= 2 else f"{number.partition('.')[0]}.{rest[:2]}")
    if not rest.isdecimal() and rest:
        raise ValidationError("金额请以元为单位填写数字，最多两位小数，例如 1200.50。", "not_money")
    return cleaning.clean_money_fen(f"{whole}{rest.ljust(6, '0')}")


class MoneyField(forms.Field):
    """元 typed, an integer number of 分 given."""

    widget = MoneyInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update(
            {"inputmode": "decimal", "data-money": "", "autocomplete": "off", "maxlength": 40}
        )

    def clean(self, value: Any) -> int | None:
        text = (value or "").strip()
        if not text:
            if self.required:
                raise ValidationError(REQUIRED, "required")
            return None
        return yuan_to_fen(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return render.yuan(initial) != (data or "")


class DateField(forms.Field):
    """A day. `latest_today` refuses the future, `earliest_today` the past."""

    def __init__(self, *, latest_today: bool = False, earliest_today: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        self.latest_today, self.earliest_today = latest_today, earliest_today
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        if not value or not str(value).strip():
            if self.required:
                raise ValidationError("请填写日期。", "required")
            return None
        day = cleaning.clean_date(value)
        today = moment.today()
        if self.latest_today and day > today:
            raise ValidationError("日期不能晚于今天，请核对。", "future")
        if self.earliest_today and day < today:
            raise ValidationError("日期不能早于今天，请核对。", "past")
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != (data or "")


class UploadInput(forms.FileInput):
    """A file input for one or several files."""

    allow_multiple_selected = True


class UploadField(forms.FileField):
    """One file; type and size are judged by core.files from the content."""

    def __init__(self, *, accept: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput())
        super().__init__(**kwargs)
        self.error_messages.update(
            required="请选择文件。", empty="文件是空的，请重新选择。", invalid="请选择文件。"
        )
        if accept:
            self.widget.attrs["accept"] = accept


class UploadsField(UploadField):
    """Several files at once; cleaned to a list."""

    def __init__(self, *, most: int = 20, **kwargs: Any) -> None:
        kwargs.setdefault("widget", UploadInput(attrs={"multiple": True}))
        self.most = most
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > self.most:
            raise ValidationError(f"一次最多上传 {self.most} 个文件，请分次上传。", "too_many")
        if not files:
            if self.required:
                raise ValidationError("请选择文件。", "required")
            return []
        return [super(UploadsField, self).clean(one, initial) for one in files]
