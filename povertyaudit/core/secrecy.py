"""Texts beside a sealed identity: nothing that is written to a dossier may say who complained.

The one door for writes (`core.rows`) asks here. Compared are name, telephone, ID number and address, whatever way they
are typed; a refusal never repeats what was found, and to anybody but the desk it does not even say which of them.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.views.decorators.debug import sensitive_variables

from povertyaudit.core import vault
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import Row, User, VaultEntry
from povertyaudit.core.scope import follow

LABELS = {"name": "姓名", "phone": "联系电话", "id_number": "身份证号", "address": "住址"}
TO_OTHERS = "含有需要保密的反映人信息，请改写。"
FEWEST_DIGITS, MOBILE, HOUSE = 7, 11, 4
_HIDDEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff·•・]+")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\u200b()（）.,，、/+_\-‐-―]+(?=[\dXx])")
_NUMERALS = str.maketrans("〇零一二三四五六七八九幺", "001234567891")
# The last region named in an address: what stands behind it is the house, which nobody else shares.
_REGION_END = re.compile(r".*(?:社区|街道|[村镇乡县市区])")
_LISTED, _PIECES = re.compile(r"[、,;/|\n\u4e00-\u9fff]+"), re.compile(r"[\s()\-‐-―]+")
_LONG_NUMBER = re.compile(r"\d{7,}[Xx]?")
# A name of two characters may be part of other words: it counts where what stands beside it ends a word.
_BEFORE = "人由据和与及跟向对找叫是系为给被让把经访问见告民员友兄叔伯婶嫂哥姐：、"
_AFTER = "反映举报来去称说讲诉控告提供的是系为和与及等在于向到家电同先女老师村签署本之曾已将要核查谈了联约取认承表也则还又不未没有"


class Leaked(RuleBroken):
    """A text says who complained."""


@sensitive_variables()
def found_in(identity: Mapping[str, str], text: str) -> str:
    """Which part of `identity` stands in `text` (a key of `LABELS`); empty for none."""
    plain = folded(text)
    digits = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text)).translate(_NUMERALS)
    if _name_in(folded(identity.get("name", "")), plain):
        return "name"
    for key in ("id_number", "phone", "remark"):
        least = MOBILE if key == "remark" else FEWEST_DIGITS  # a remark holds dates and sums too
        if any(
            number in digits.upper() for number in _numbers(identity.get(key, "")) if len(number) >= least
        ):
            return "phone" if key == "remark" else key
    return "address" if any(part in plain for part in _houses(identity.get("address", ""))) else ""


@sensitive_variables()
def refuse(root: Row, texts: Mapping[str, Any], *, by: User | None) -> None:
    """Raise Leaked/Several when a text (by field) says who complained in `root`, or in the matter it belongs to.

    One query per keeper of an identity, none without texts.
    """
    said = _said(texts)
    for keeper in (root, *(follow(root, name) for name in root.recused_with)) if said else ():
        kept = keeper is not None and keeper.pk is not None and keeper.keeps_identity
        known = vault.known_of(keeper) if kept else None
        if known is not None:
            _compare(*known, said, by)


@sensitive_variables()
def refuse_each(keepers: Iterable[Row], texts: Mapping[str, Any], *, by: User | None) -> None:
    """The same for texts that belong to several matters of one kind: one query for all of them."""
    said = _said(texts)
    for entry, identity in vault.known_among(keepers) if said else ():
        _compare(entry, identity, said, by)


def _said(texts: Mapping[str, Any]) -> dict[str, str]:
    return {field: text for field, text in texts.items() if isinstance(text, str) and text.strip()}


@sensitive_variables()
def _compare(
    entry: VaultEntry, identity: Mapping[str, str], said: Mapping[str, str], by: User | None
) -> None:
    refuse_of(identity, said, desk=by is not None and entry.desk_unit_id in by.unit_ids)


@sensitive_variables()
def refuse_of(
    identity: Mapping[str, str],
    texts: Mapping[str, str],
    *,
    desk: bool,
    places: Mapping[str, str] | None = None,
) -> None:
    """The same with the identity at hand, before it is sealed; `places` names, by field, where a text stands."""
    wrong: list[DomainError] = []
    for field, text in texts.items():
        if part := found_in(identity, text):
            place = (places or {}).get(field, "这里")
            words = f"{place}写有反映人的{LABELS[part]}，请删去或改写后再保存。" if desk else TO_OTHERS
            if desk and part == "name":
                words = f"{words[:-1]}；只是同名的，请在反映人姓名后加注区别。"
            wrong.append(Leaked("vault.leak", words, field=field))
    raise_all(wrong)


def texts_of(rows: Iterable[Row]) -> dict[str, str]:
    """What people wrote in these rows, by field; of rows already kept only what differs from what is kept."""
    found: dict[str, str] = {}
    for row in rows:
        kept: Any = type(row)._base_manager.filter(pk=row.pk).values().first() if row.pk else None
        for field in row._meta.concrete_fields:
            text = getattr(row, field.attname)
            if _is_prose(field) and text and (kept is None or kept[field.attname] != text):
                found[field.name] = f"{found.get(field.name, '')}\n{text}".strip()
    return found


def texts_among(root: Row, changes: Mapping[str, Any]) -> dict[str, str]:
    """The prose among the changes of a row."""
    fields = {field.name: field for field in root._meta.concrete_fields}
    new = {name: text for name, text in changes.items() if name in fields and getattr(root, name) != text}
    return {name: text for name, text in new.items() if _is_prose(fields[name])}


def _is_prose(field: Any) -> bool:
    return isinstance(field, models.CharField | models.TextField) and field.editable and not field.choices


def folded(text: str) -> str:
    """As compared: width, case, spaces and dots between characters do not count."""
    return _HIDDEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _name_in(name: str, text: str) -> bool:
    if len(name) < 2:
        return False
    if len(name) > 2:
        return name in text
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + 2 : at + 3]
        if _ends(before, _BEFORE) and _ends(after, _AFTER):
            return True
        at = text.find(name, at + 1)
    return False


def _ends(char: str, words: str) -> bool:
    return not char or not "\u4e00" <= char <= "\u9fff" or char in words


def _numbers(kept: str) -> set[str]:
    """The numbers in what is kept: each whole, a mobile one without 86, a fixed one without its area code too."""
    found: set[str] = set()
    for one in _LISTED.split(unicodedata.normalize("NFKC", kept).upper()):
        found |= set(_LONG_NUMBER.findall(_BETWEEN_DIGITS.sub("", one)))
        found |= {part for part in _PIECES.split(one) if part.isdigit() and len(part) >= FEWEST_DIGITS}
    return found | {number[2:] for number in found if number.startswith("861") and len(number) == MOBILE + 2}


def _houses(address: str) -> set[str]:
    """The part of an address behind its last region: a village is no secret, the house in it is."""
    house = _REGION_END.sub("", folded(address), count=1)
    return {house} if len(house) >= HOUSE else set()
