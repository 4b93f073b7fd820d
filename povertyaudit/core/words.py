"""What somebody looks for, word by word: the ways it may be written, and the sum it may mean.

Traditional characters find simplified ones, whatever dot stands in a name finds the other dots, 〔2026〕12号 is found
whatever brackets are typed, and 42.5万 finds 425000 and 425,000.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, Q, Value, When

from povertyaudit.core import few, grams, likeness
from povertyaudit.core.cleaning import MAX_FEN, to_halfwidth

DOTS = re.compile(r"[•‧・･∙.](?=[\u3400-\u9fff])")  # the dots people type in 阿依古丽·买买提
BRACKETS = ("〔〕", "[]", "()", "【】", "（）", "［］")
_YEAR = re.compile(r"[〔\[(【](\d{4})[〕\])】]")
_SUM = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,6})?(万|亿)?元?")
_UNITS = {"": 100, "万": 1_000_000, "亿": 10_000_000_000}
LEAST_DIGITS = 3  # of a bare number that may be a sum
FEW = 2000  # rows that are fetched and sorted sooner than an ordered list is read until a page is full


@dataclass(frozen=True)
class Word:
    """`forms`: how it may be written, as typed first; `fen`: the sum it means, in 分, 0 for none."""

    forms: tuple[str, ...]
    fen: int = 0


class Often(Case):
    """A condition the planner takes to be true of every second row, so that it reads the list in its order and stops."""

    conditional = True

    def __init__(self, condition: Q) -> None:
        super().__init__(When(condition, then=Value(True)), default=Value(False))


def looked_for_often(where: Any) -> bool:
    """Whether a query's conditions hold an `Often`: what the planner expects of it is no estimate then."""
    parts = getattr(where, "children", None) or getattr(where, "get_source_expressions", list)()
    return isinstance(where, Often) or any(looked_for_often(one) for one in parts if one is not None)


def of(text: str) -> list[Word]:
    """The words of a box."""
    return [word(one) for one in to_halfwidth(text).replace("\x00", "").split()]


def word(typed: str) -> Word:
    """One word without blanks, half width."""
    dotted = DOTS.sub("·", typed)
    fen = sum_of(typed)
    forms = [typed, dotted, likeness.simplified(dotted)]
    if _YEAR.search(typed):
        forms += [
            _YEAR.sub(rf"{pair[0]}\1{pair[1]}", form) for form in (typed, forms[-1]) for pair in BRACKETS
        ]
    return Word(tuple(dict.fromkeys(forms + _written(fen, typed))), fen)


def sum_of(typed: str) -> int:
    """The sum in 分: "42.5万", "425000", "425,000元". 0 where it is none, or not of whole 分."""
    found = _SUM.fullmatch(typed)
    if not found:
        return 0
    digits, rest, unit = found[1].replace(",", ""), found[2] or "", found[3] or ""
    said = len(digits) >= LEAST_DIGITS or rest or unit or typed.endswith("元")
    fen = Decimal(digits[:20] + rest) * _UNITS[unit]
    return int(fen) if said and fen == int(fen) and 0 < fen <= MAX_FEN else 0


def _written(fen: int, typed: str) -> list[str]:
    """The other ways the same sum stands in a text. A bare number of few digits may be anything: only as typed."""
    if fen < 100_000_00 or fen % 100:
        return []
    yuan, wan = fen // 100, f"{Decimal(fen) / 1_000_000:f}".rstrip("0").rstrip(".")
    named = "万" in typed or "亿" in typed or "元" in typed or "," in typed
    return [str(yuan), f"{yuan:,}", f"{wan}万"] if named or len(wan) < len(str(yuan)) else []


def occurs(model: Any, wanted: Word, paths: Iterable[str], *, indexed: bool = True) -> Q:
    """Rows of `model` in one of whose `paths` the word stands, or whose sum it is.

    By the index of pairs where it covers the paths; not `indexed`: for a word that stands in so many rows that the newest
    are soon found without.
    """
    found = Q(pk__in=())
    for one in ways(model, wanted, paths, indexed=indexed):
        found |= one
    return found


def ways(model: Any, wanted: Word, paths: Iterable[str], *, indexed: bool = True) -> list[Q]:
    """The same, one condition for each form and for the sum: the database answers each of them best by itself."""
    paths = tuple(paths)
    found = []
    for form in wanted.forms:
        by_index = _by_index(model, paths, grams.keys(form)) if indexed else Q()
        found.append(by_index & _in(form, paths))
    columns = getattr(model, "searched_sums", ())
    if wanted.fen and columns:
        sums = Q(pk__in=())
        for name in columns:
            sums |= Q(**{name: wanted.fen})
        found.append(_by_index(model, (), [grams.key_of_sum(wanted.fen)]) & sums)
    return found


def standing(model: Any, wanted: Word, paths: Iterable[str]) -> Q:
    """The same for a list, which is read in an order of its own: by keys while they are few. One query, asked at once.

    The planner multiplies how rare each pair of the word is and expects one row where there are thousands: it would fetch
    and sort all of them for a page of fifty.
    """
    paths = tuple(paths)
    found = occurs(model, wanted, paths)
    if connection.vendor != "postgresql" or not covered(model, paths):  # SQLite reads its tables anyhow
        return found
    keys = list(model._base_manager.filter(found).order_by().values_list("pk", flat=True)[: FEW + 1])
    return few.one_of(keys) if len(keys) <= FEW else Q(Often(occurs(model, wanted, paths, indexed=False)))


def covered(model: Any, paths: Iterable[str]) -> bool:
    """Whether the index of pairs of `model` holds all of `paths`."""
    texts = getattr(model, "searched_texts", ())
    return bool(texts) and set(paths) <= set(texts)


def _by_index(model: Any, paths: Sequence[str], wanted: Sequence[int]) -> Q:
    if not wanted or not covered(model, paths):
        return Q()
    return Q(grams.Holds(model.searched_texts, model.searched_sums, wanted))


def _in(form: str, paths: Sequence[str]) -> Q:
    found = Q(pk__in=())
    for path in paths:
        found |= Q(**{f"{path}__icontains": form})
    return found
