"""What stands in a cell, made what the form's field would make of it; and a value, made what stands in a cell.

Traditional and simplified, full width and half, 是/否, days in many spellings, 万元: all are read. Every refusal is one
sentence that does not repeat what was typed, save names of places, units and lists.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from povertyaudit.core.cleaning import clean_date, clean_line, to_halfwidth
from povertyaudit.core.forms import (
    CleanCodeField,
    DateField,
    IdNumberField,
    MoneyField,
    MonthField,
    NumberField,
)
from povertyaudit.core.models import Region, Unit, User
from povertyaudit.sheets.lookups import Lookups

NOTHING = frozenset({"", "-", "－", "—", "——", "/", "N/A", "n/a", "无", "NULL", "null"})
YES = frozenset({"是", "有", "√", "✓", "✔", "y", "yes", "true", "1", "对", "已", "立"})
NO = frozenset({"否", "无", "没有", "×", "✗", "✘", "x", "n", "no", "false", "0", "不", "未", "非"})
LONGEST_FIGURE = 10**15  # from here on Excel has rounded the last digits off
FIRST_SERIAL, LAST_SERIAL = 18_264, 73_415  # 1950 to 2100, as Excel counts days
SHORT, REMEMBERED = 60, 5_000  # characters of a value, values of a column
_EPOCH = date(1899, 12, 30)
_HAN = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TIME = re.compile(r"[ T]\d{1,2}[:：]\d{2}([:：]\d{2})?(\.\d+)?$")
Reader = Callable[[Any], Any]


def is_empty(value: Any) -> bool:
    return value is None or isinstance(value, str) and not value.strip()


def reader(field: forms.Field, lookups: Lookups, *, wan: bool = False) -> Reader:
    """The function that reads the cells below a heading. It raises ValidationError."""
    if isinstance(field, forms.BooleanField):
        return _yes
    made: tuple[tuple[Any, Callable[[], Reader]], ...] = (
        (MoneyField, lambda: _money(field, wan)), (DateField, lambda: _date(field)), (MonthField, lambda: _month(field)),
        (NumberField, lambda: _record(field, lookups)), (forms.ModelMultipleChoiceField, lambda: _several(field, lookups)),
        (forms.ChoiceField, lambda: _choice(field, lookups)), (forms.IntegerField, lambda: _integer(field)),
        (CleanCodeField, lambda: _code(field)), (IdNumberField, lambda: _code(field)),
    )  # fmt: skip
    for kind, make in made:
        if isinstance(field, kind):
            return make()
    return _text(field)


def remembered(read: Reader) -> Reader:
    """A list says the same few things in most columns: what was read once for one row is known for the next."""
    known: dict[tuple[type, Any], Any] = {}

    def found(value: Any) -> Any:
        key = (type(value), value)
        if key in known:
            return known[key]
        made = read(value)
        short = not isinstance(value, str) or len(value) <= SHORT
        if short and len(known) < REMEMBERED and not isinstance(made, list):
            known[key] = made
        return made

    return found


def _text(field: Any) -> Reader:
    def read(value: Any) -> Any:
        return field.clean(words(value))

    return read


def words(value: Any) -> str:
    """A value as text: figures without a point that nobody typed, days with bars."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}" if not value.is_integer() or abs(value) >= LONGEST_FIGURE else str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def _code(field: Any) -> Reader:
    def read(value: Any) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= LONGEST_FIGURE:
            raise ValidationError(
                "号码超过 15 位又按数字保存，末尾已被表格软件改掉，请把这一列设为文本后重新填写。", "figure"
            )
        text = words(value)
        return field.clean("" if text.strip() in NOTHING and not field.required else text)

    return read


def _yes(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = to_halfwidth(words(value)).strip().lower()
    if text in NO or text in {"", "-", "/", "—"}:
        return False
    if text in YES:
        return True
    raise ValidationError("请填“是”或者“否”。", "yes_no")


def _money(field: Any, wan: bool) -> Reader:
    def read(value: Any) -> Any:
        text = words(value).strip()
        if text in NOTHING:
            return field.clean("")
        return field.clean(f"{text}万元" if wan and not text.endswith(("元", "万")) else text)

    return read


def _integer(field: Any) -> Reader:
    def read(value: Any) -> Any:
        text = to_halfwidth(words(value)).strip()
        if text in NOTHING:
            return field.clean("") if field.required else (field.initial or 0)
        return field.clean(re.sub(r"[户人次个年]$", "", text))

    return read


def day(value: Any) -> Any:
    """A day in the spellings that circulate, as the field reads it."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if FIRST_SERIAL <= value <= LAST_SERIAL:
            return _EPOCH + timedelta(days=int(value))
        return words(value)
    text = _TIME.sub("", to_halfwidth(words(value)).strip()).replace("号", "日").replace("、", ".")
    if "年" in text and re.search("[一二三四五六七八九十〇零]", text):
        text = _from_han(text)
    return re.sub(r"\s+", "", text)


def _from_han(text: str) -> str:
    """二〇二六年十一月二十二日 → 2026年11月22日."""

    def number(found: "re.Match[str]") -> str:
        word = found[0]
        if "十" not in word:
            return word.translate(_HAN)
        tens, _, ones = word.partition("十")
        return str(int(tens.translate(_HAN) or 1) * 10 + int(ones.translate(_HAN) or 0))

    return re.sub("[一二三四五六七八九十〇零]+", number, text)


def _date(field: Any) -> Reader:
    def read(value: Any) -> Any:
        found = day(value)
        if found in NOTHING:
            return field.clean("")
        return field.clean(clean_date(found) if isinstance(found, date) else found)

    return read


def _month(field: Any) -> Reader:
    def read(value: Any) -> Any:
        if isinstance(value, date):
            return field.clean(f"{value:%Y-%m}")
        if isinstance(value, float) and not value.is_integer():
            text = f"{value:.15g}"
            if text.endswith(".1"):
                raise ValidationError("分不清是 1 月还是 10 月，请写成“年-月”，例如 1975-10。", "month")
            return field.clean(text)
        text = words(value).strip()
        return field.clean("" if text in NOTHING else text)

    return read


def _record(field: Any, lookups: Lookups) -> Reader:
    def read(value: Any) -> Any:
        text = to_halfwidth(words(value)).strip()
        if text in NOTHING:
            if field.required:
                raise ValidationError(field.error_messages["required"], "required")
            return None
        return lookups.record(field, text)

    return read


def _choice(field: Any, lookups: Lookups) -> Reader:
    def read(value: Any) -> Any:
        text = clean_line(words(value), max_length=400, required=False)
        if not text or (text in NOTHING and not field.required):
            if field.required:
                raise ValidationError("请填写这一项。", "required")
            return None if hasattr(field, "queryset") else ""
        return lookups.of(field).find(text)

    return read


def _several(field: Any, lookups: Lookups) -> Reader:
    """Several by their names or numbers, divided by commas."""

    def read(value: Any) -> Any:
        parts = [
            one for one in re.split(r"[\s,，、；;]+", words(value).strip()) if one and one not in NOTHING
        ]
        if field.to_field_name == "number":
            return [lookups.record(field, to_halfwidth(one)) for one in parts]
        return [lookups.of(field).find(one) for one in parts]

    return read


def shown(field: forms.Field, value: Any) -> Any:
    """A value as it stands in a cell, so that `reader` makes the same of it."""
    if isinstance(field, MoneyField):
        return None if value is None else (Decimal(value) / 100).quantize(Decimal("0.01"))
    if isinstance(field, forms.BooleanField):
        return "是" if value else "否"
    if value is None or value == "":
        return None
    if isinstance(value, Region):
        return value.code if value.level < 4 else value.path_name
    if isinstance(value, list | tuple):
        return "、".join(str(shown(field, one)) for one in value)
    if isinstance(value, Unit):
        return value.name
    if isinstance(value, User):
        return value.person.name
    if hasattr(field, "queryset"):
        number = getattr(value, "number", None)
        return (
            number
            if isinstance(field, NumberField) or getattr(field, "to_field_name", "") == "number"
            else _label(field, value)
        )
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return next((str(label) for code, label in choices if str(code) == str(value)), value)
    return value


_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def as_written(value: Any) -> Any:
    """A value for a cell of a workbook: a text that looks like the code of a sign stays that text."""
    return _ESCAPE.sub("_x005F_", value) if isinstance(value, str) else value


def _label(field: Any, value: Any) -> str:
    return str(getattr(value, "name", "") or field.label_from_instance(value))
