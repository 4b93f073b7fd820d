"""公民身份号码 (GB 11643-1999): what is checked, what may be known of it, and the keyed digest that finds the same person.

The number itself stands nowhere in the clear. The digest is made with `settings.ID_MATCH_KEY`, which lies outside the
database: without the key nobody can try out numbers against it. Where a number must be shown again, `core.id_seals`
keeps it encrypted.
"""

import hmac
import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_variables

from povertyaudit.core import moment
from povertyaudit.core.cleaning import clean_code

_SHAPE_OF_OLD = re.compile(r"[0-9]{15}")
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
ID_KEY_BYTES = 16


@dataclass(frozen=True)
class Known:
    """What is kept of a number: its digest, the last four characters, and what it says of the person."""

    digest: str
    last4: str
    birth_month: str
    male: bool


@sensitive_variables()
def clean_id_number(value: object, *, required: bool = True) -> str:
    """18 characters whose date exists and whose check character is right; one of 15 digits (before 1999) is made 18.

    Raises ValidationError.
    """
    text = clean_code(value, max_length=40, required=required).replace(" ", "").upper()
    if not text:
        return ""
    if _SHAPE_OF_OLD.fullmatch(text):
        text = lengthened(text)
    if not _SHAPE.fullmatch(text):
        raise ValidationError("身份证号应为 18 位，最后一位是数字或 X，请核对。", "id_number")
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        born = date.max
    if born > moment.today() or born.year < 1900:
        raise ValidationError("身份证号第 7 至 14 位不是有效的出生日期，请核对。", "id_number")
    if check_character(text) != text[17]:
        raise ValidationError("身份证号校验不符，可能有一位写错，请核对。", "id_number")
    return text


@sensitive_variables()
def check_character(text: str) -> str:
    """The 18th character that the first 17 digits ask for."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False)) % 11]


@sensitive_variables()
def lengthened(old: str) -> str:
    """A number of 15 digits as the 18 it became: the century of birth written out, the check character added."""
    text = f"{old[:6]}19{old[6:]}"
    return text + check_character(text)


@sensitive_variables()
def match_secret() -> bytes:
    """What digests are made with; it stays inside `core`."""
    return b"povertyaudit.id.1\0" + settings.ID_MATCH_KEY.encode()


@sensitive_variables()
def _digest(number: str) -> bytes:
    return hmac.digest(match_secret(), number.encode(), "sha256")


@sensitive_variables()
def id_key(number: str) -> bytes:
    """The 16 bytes by which registers, matches and persons complained of find the same person: half the digest."""
    return _digest(number)[:ID_KEY_BYTES]


@sensitive_variables()
def known(number: str) -> Known:
    """What may be kept of a clean number."""
    return Known(
        _digest(number).hex(), number[-4:], f"{number[6:10]}-{number[10:12]}", int(number[16]) % 2 == 1
    )
