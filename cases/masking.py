"""Names as a channel writes them."""

import re
from collections.abc import Iterable

from django.db import models

COMPOUND = frozenset({
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "端木", "长孙", "宇文", "轩辕",
})  # fmt: skip
BETWEEN = r"[\s·•・]*"  # what may stand between the characters of a name


class Mask(models.TextChoices):
    FULL = "full", "写全名"
    SURNAME = "surname", "姓氏加“某”"
    NONE = "none", "不写姓名"


def masked(name: str, mask: str) -> str:
    """A name as a channel writes it: 张三某 is 张某某, 欧阳铁柱 is 欧阳某某; nameless: 当事人."""
    if mask == Mask.FULL:
        return name
    if mask == Mask.NONE:
        return "当事人"
    family = name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]
    return family + "某" * max(1, len(name) - len(family))


def in_mask(text: str, names: Iterable[str], mask: str) -> str:
    """`text` with these names written as the channel writes them, however they are spaced; the longest first."""
    if mask == Mask.FULL:
        return text
    for name in sorted(set(names), key=len, reverse=True):
        spaced = BETWEEN.join(re.escape(char) for char in re.sub(BETWEEN, "", name))
        text = masked(name, mask).join(re.split(spaced, text))
    return text
