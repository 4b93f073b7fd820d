"""What is typed into the one search box, made ready; and what is found, grouped, ranked and marked.

Traditional characters find simplified ones, whatever dot stands in a name finds the other dots. What cannot be looked for
is said in one sentence.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from povertyaudit.core import likeness
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.home import LIMIT, Entry

MOST, MOST_WORDS = 60, 6
DOTS = re.compile(r"[•‧・･∙.](?=[\u3400-\u9fff])")  # the dots people type in 阿依古丽·买买提
SAYS_SOMETHING = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")
LETTERS = re.compile(r"[0-9A-Za-z\u3400-\u9fff·]")


@dataclass(frozen=True)
class Asked:
    """`refusal`: why nothing is looked for; `spellings`: the words as typed and, where it differs, simplified."""

    typed: str
    spellings: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def words(self) -> list[str]:
        """Every word in every spelling, for marking, the longest first."""
        return sorted({word for one in self.spellings for word in one.split()}, key=lambda word: -len(word))


@dataclass(frozen=True)
class Hit:
    """A line found, with the words looked for marked."""

    entry: Entry
    number: SafeString
    title: SafeString
    rank: tuple[int, int]


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more`: the list where the rest is looked for, where there may be more."""

    kind: str
    hits: Sequence[Hit]
    more: str = ""

    @property
    def count(self) -> str:
        return f"{len(self.hits)} 项以上" if self.more else f"{len(self.hits)} 项"


def asked(text: str) -> Asked:
    """The words of the box."""
    typed = " ".join(to_halfwidth(text).replace("\x00", "").split())
    if not typed:
        return Asked("")
    if len(typed) > MOST:
        return Asked(
            typed[:MOST],
            (),
            f"查找的内容有 {len(typed):,} 字，最多 {MOST} 字，请只填编号、姓名或者几个关键字。",
        )
    if not SAYS_SOMETHING.search(typed):
        return Asked(typed, (), "符号不能单独查找，请填编号、姓名或者标题中的字。")
    if len(LETTERS.findall(typed)) < 2:
        return Asked(typed, (), "一个字会找出太多，请再填一个字以上。")
    if len(typed.split()) > MOST_WORDS:
        return Asked(typed, (), f"一次最多查找 {MOST_WORDS} 个词，请减少一些。")
    dotted = DOTS.sub("·", typed)
    return Asked(typed, tuple(dict.fromkeys((typed, dotted, likeness.simplified(dotted)))))


def grouped(found: Iterable[Entry], words: Asked) -> list[Group]:
    """By kind, those first of which a number is exactly what was typed, then those that begin with it."""
    kinds: dict[str, dict[str, Hit]] = {}
    for entry in found:
        kinds.setdefault(_kind(entry), {}).setdefault(entry.url, _hit(entry, words))
    groups = [
        Group(kind, ranked[: 2 * LIMIT], _list(ranked[0].entry, words) if len(ranked) >= LIMIT else "")
        for kind, hits in kinds.items()
        for ranked in (sorted(hits.values(), key=lambda hit: hit.rank),)
    ]
    return sorted(groups, key=lambda group: group.hits[0].rank)


def _kind(entry: Entry) -> str:
    meta = getattr(entry.state, "_meta", None)
    return str(getattr(type(entry.state), "label_zh", "") or getattr(meta, "verbose_name", "") or "其他")


def _list(entry: Entry, words: Asked) -> str:
    """The list the record stands in, asked the same."""
    return f"/{entry.url.split('/')[1]}/" if entry.url.startswith("/") else ""


def _hit(entry: Entry, words: Asked) -> Hit:
    number, typed = entry.number.casefold(), words.typed.casefold()
    if number == typed:
        place = 0
    elif number.endswith(typed):
        place = 1
    elif any(word.casefold() in entry.title.casefold() for word in words.words):
        place = 2
    else:
        place = 3
    at = min((entry.title.casefold().find(word.casefold()) % 1000 for word in words.words), default=999)
    return Hit(entry, marked(entry.number, words.words), marked(entry.title, words.words), (place, at))


def marked(text: str, words: Sequence[str]) -> SafeString:
    """`text` with the words between <mark> and </mark>; everything else escaped."""
    if not words:
        return escape(text)
    parts = re.split(f"({'|'.join(re.escape(word) for word in words)})", text, flags=re.IGNORECASE)
    known = {word.casefold() for word in words}
    return format_html_join(
        "", "{}", ((mark_safe(f"<mark>{escape(part)}</mark>") if part.casefold() in known else part,) for part in parts)  # noqa: S308 — escaped
    )  # fmt: skip


def everywhere(searches: Iterable[Callable[[Any, str], list[Entry]]], user: Any, words: Asked) -> list[Entry]:
    """What every kind finds, in every spelling."""
    return [entry for search in searches for one in words.spellings for entry in search(user, one)]
