"""What is typed into the one search box, made ready; and what is found, grouped, ranked and marked.

How a word may be written is known in `core.words`. What cannot be looked for is said in one sentence.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from povertyaudit.core import words
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.home import LIMIT, Entry, Note
from povertyaudit.core.words import Word

MOST, MOST_WORDS = 60, 6
SAYS_SOMETHING = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")
LETTERS = re.compile(r"[0-9A-Za-z\u3400-\u9fff·]")


@dataclass(frozen=True)
class Asked:
    """`refusal`: why nothing is looked for."""

    typed: str
    looked_for: tuple[Word, ...] = ()
    refusal: str = ""

    @property
    def words(self) -> list[str]:
        """Every word in every form, for marking, the longest first."""
        forms = {form for word in self.looked_for for form in word.forms}
        return sorted(forms, key=lambda form: (-len(form), form))


@dataclass(frozen=True)
class Hit:
    """A line found, with the words looked for marked."""

    entry: Entry
    number: SafeString
    title: SafeString
    rank: tuple[int, int]
    notes: Sequence[tuple[Note, SafeString]] = ()  # each with its text marked


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
    return Asked(typed, tuple(words.of(typed)))


def grouped(found: Iterable[Entry], asked_for: Asked) -> list[Group]:
    """By kind, those first of which a number is exactly what was typed, then those that begin with it."""
    kinds: dict[str, dict[str, Hit]] = {}
    for entry in found:
        kind = kinds.setdefault(_kind(entry), {})
        kind[entry.url] = _hit(_joined(kind, entry), asked_for)
    groups = [
        Group(kind, ranked[: 2 * LIMIT], _list(ranked[0].entry) if len(ranked) >= LIMIT else "")
        for kind, hits in kinds.items()
        for ranked in (sorted(hits.values(), key=lambda hit: hit.rank),)
    ]
    return sorted(groups, key=lambda group: group.hits[0].rank)


def _kind(entry: Entry) -> str:
    meta = getattr(entry.state, "_meta", None)
    return str(getattr(type(entry.state), "label_zh", "") or getattr(meta, "verbose_name", "") or "其他")


def _joined(kind: dict[str, Hit], entry: Entry) -> Entry:
    """The same record found twice, by its words and by a file's, is one line with all its notes."""
    known = kind.get(entry.url)
    return entry if known is None else replace(known.entry, notes=(*known.entry.notes, *entry.notes))


def _list(entry: Entry) -> str:
    """The list the record stands in, asked the same."""
    return f"/{entry.url.split('/')[1]}/" if entry.url.startswith("/") else ""


def _hit(entry: Entry, asked_for: Asked) -> Hit:
    number, typed, forms = entry.number.casefold(), asked_for.typed.casefold(), asked_for.words
    if number == typed:
        place = 0
    elif number.endswith(typed):
        place = 1
    elif any(form.casefold() in entry.title.casefold() for form in forms):
        place = 2
    else:
        place = 3
    at = min((entry.title.casefold().find(form.casefold()) % 1000 for form in forms), default=999)
    notes = [(note, marked(note.text, [note.text] if note.is_found else forms)) for note in entry.notes]
    return Hit(entry, marked(entry.number, forms), marked(entry.title, forms), (place, at), notes)


def marked(text: str, forms: Sequence[str]) -> SafeString:
    """`text` with the forms between <mark> and </mark>; everything else escaped."""
    if not forms:
        return escape(text)
    parts = re.split(f"({'|'.join(re.escape(form) for form in forms)})", text, flags=re.IGNORECASE)
    known = {form.casefold() for form in forms}
    return format_html_join(
        "", "{}", ((mark_safe(f"<mark>{escape(part)}</mark>") if part.casefold() in known else part,) for part in parts)  # noqa: S308 — escaped
    )  # fmt: skip
