"""What people type, made clean — shared by page fields and API fields.

Every function returns the clean value or raises Django's `ValidationError` with one whole Chinese sentence and a
stable code; forms and serializers both know how to show it. Full-width digits, letters and signs are accepted
where codes, dates and money stand. Money is an integer number of 分.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

MAX_FEN = 10**15
MAX_TEXT = 200_000  # about 200 pages
FIRST_DAY, LAST_DAY = date(1949, 1, 1), date(2100, 12, 31)

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Control characters but for ends of lines and tabs, halves of characters, and marks that reorder what is read: a file
# name or a title must mean what it looks like.
_HIDDEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u202a-\\u202e\\u2066-\\u2069]")
# White space at the ends, and what is as wide as nothing: a reason of such signs alone is no reason.
_ENDS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + (
    "\u00ad\u115f\u1160\u200b\u200c\u200d\u200e\u200f\u2060\u3164\ufeff"
)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONEY = re.compile(r"\d{1,3}(,\d{3})+(\.\d{0,2})?|\d+(\.\d{0,2})?")


def to_halfwidth(text: str) -> str:
    """`text` with full-width ASCII and the ideographic space as their half-width twins: "２０２６" → "2026"."""
    return text.translate(_HALF)


def _refuse_hidden(text: str) -> None:
    if _HIDDEN.search(text):
        raise ValidationError(
            "内容里有看不见的控制字符，请删除后重新填写（可先粘贴到记事本再复制过来）。",
            "control_characters",
        )


def plain(value: str, *, most: int = 60) -> str:
    """A name or id out of an address, before the database is asked: whatever could be none is empty (PostgreSQL takes
    no NUL)."""
    return value if value.isprintable() and len(value) <= most else ""


def clean_text(value: Any, *, max_length: int = MAX_TEXT, required: bool = True) -> str:
    """Prose of several lines, line ends as LF, without surrounding white space."""
    if not isinstance(value, str):
        raise ValidationError("请填写文字。", "not_text")
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_hidden(text)
    text = text.strip(_ENDS)
    if required and not text:
        raise ValidationError("请填写这一项。", "required")
    if len(text) > max_length:
        raise ValidationError(f"内容共 {len(text)} 字，最多 {max_length} 字，请精简。", "max_length")
    return text


def clean_line(value: Any, *, max_length: int = 200, required: bool = True) -> str:
    """Text of one line: a name, a title."""
    text = clean_text(value, max_length=max_length, required=required)
    if "\n" in text or "\t" in text:
        raise ValidationError("这一项只能写一行，请删除换行。", "one_line")
    return text


def clean_code(value: Any, *, max_length: int = 60, required: bool = True) -> str:
    """A number or code of one line; full-width digits and letters become half-width."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return to_halfwidth(clean_line(value, max_length=max_length, required=required)).strip()


def _within(fen: int) -> int:
    if fen < 0:
        raise ValidationError("金额不能为负数，请填写 0 或正数。", "negative_money")
    if fen > MAX_FEN:
        raise ValidationError("金额超过 10 万亿元，请核对单位和位数。", "money_too_large")
    return fen


def clean_money_fen(value: Any) -> int:
    """分 as an integer of at most 10^15; digits in a string are accepted."""
    if isinstance(value, str):
        value = to_halfwidth(value).strip()
        if not re.fullmatch(r"-?[0-9]{1,30}", value):
            raise ValidationError("请以分为单位填写整数，例如 1250 表示 12.50 元。", "not_fen")
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValidationError("请以分为单位填写整数，例如 1250 表示 12.50 元。", "not_fen")
    return _within(value)


def clean_money_yuan(value: Any) -> int:
    """元 as people write it ("12.5", "１２．５", "1,200元", "¥12.50") → 分."""
    text = to_halfwidth(str(value)).replace("，", ",").strip()
    text = text.removeprefix("¥").removeprefix("￥").removesuffix("元").strip()
    sign = text.startswith("-")
    text = text.removeprefix("-")
    if len(text) > 40 or not text.isascii() or not _MONEY.fullmatch(text):
        raise ValidationError("金额请以元为单位填写数字，最多两位小数，例如 1200.50。", "not_money")
    try:
        fen = int(Decimal(text.replace(",", "")) * 100)
    except InvalidOperation as error:
        raise ValidationError(
            "金额请以元为单位填写数字，最多两位小数，例如 1200.50。", "not_money"
        ) from error
    return _within(-fen if sign else fen)


def clean_date(value: Any) -> date:
    """A day between 1949 and 2100: "2026-11-22", "2026/11/22", "2026年11月22日", "20261122", full-width or not."""
    if isinstance(value, datetime):
        value = value.date()
    day: date = value if isinstance(value, date) else _read_date(value)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError("日期应在 1949 年至 2100 年之间，请核对年份。", "date_out_of_range")
    return day


def clean_moment(value: datetime) -> datetime:
    """A moment on such a day: what lies further away cannot be counted with, at the edge of the calendar not even compared."""
    clean_date(value)
    return value


def _read_date(value: Any) -> date:
    problem = ValidationError("请按“年-月-日”填写日期，例如 2026-11-22。", "not_a_date")
    if not isinstance(value, str) or len(value) > 40:
        raise problem
    text = to_halfwidth(value).replace(" ", "")
    if re.fullmatch(r"[0-9]{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = _DATE.fullmatch(text) if text.translate({0x5E74: 45, 0x6708: 45, 0x65E5: 45}).isascii() else None
    if not found:
        raise problem
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise ValidationError("没有这一天，请核对月份和日期。", "no_such_day") from error


_MONTH = re.compile(r"(\d{4})(?:[-/.年])?(\d{1,2})月?")


def clean_month(value: Any, *, required: bool = True) -> str:
    """A month as "1975-06": also "1975.6", "1975年6月", "197506", full-width or not; empty where it may be."""
    text = clean_code(value, max_length=20, required=required).replace(" ", "")
    if not text:
        return ""
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= LAST_DAY.year:
        raise ValidationError("请按“年-月”填写，例如 1975-06。", "not_a_month")
    return f"{int(found[1]):04}-{int(found[2]):02}"
