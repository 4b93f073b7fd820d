"""By what misuses are told apart on their board and in their lists: amount brackets (a dated rule) and the level of the unit.

One condition per word, for the board that counts and the list that opens the rows.
"""

from itertools import pairwise
from typing import Any

from django.db.models import Case, CharField, Q, Value, When

from funds.services import rules
from povertyaudit.core.models import UnitKind

KINDS = ("bracket_1", "bracket_2", "bracket_3")
WAN = 1_000_000  # 分
UNIT_LEVELS = (("county", "县级"), ("township", "乡镇级"), ("village", "村级"), ("outside", "外部单位"))
_KINDS = {"township": UnitKind.TOWNSHIP, "village": UnitKind.VILLAGE, "outside": UnitKind.OUTSIDE}


def bounds() -> list[int]:
    """Upper bounds (万元) in force today, rising, whatever was typed. One query."""
    return sorted(rules.amounts(KINDS))


def labelled() -> list[tuple[str, str]]:
    """(key, words) of each bracket, the smallest first."""
    first, *_, last = low = bounds()
    between = [f"{a}–{b} 万元" for a, b in pairwise(low)]
    words = [f"{first} 万元以下（含）", *between, f"{last} 万元以上（含）"]
    return [(str(number), word) for number, word in enumerate(words, 1)]


class Brackets:
    """The brackets as a list of terms, for the filter."""

    codes = staticmethod(labelled)


def conditions(path: str) -> dict[str, Q]:
    """Key → amounts (分) of the bracket: up to the bound, but the last begins at its own."""
    *lower, last = [bound * WAN for bound in bounds()]
    found, begun = {}, Q()
    for number, bound in enumerate(lower, 1):
        found[str(number)] = begun & Q(**{f"{path}__lte": bound, f"{path}__lt": last})
        begun = Q(**{f"{path}__gt": bound})
    found[str(len(lower) + 1)] = begun & Q(**{f"{path}__lt": last})
    found[str(len(lower) + 2)] = Q(**{f"{path}__gte": last})
    return found


def rows(key: str, path: str) -> Q:
    return conditions(path).get(key, Q(pk__in=()))


def bracket_key(path: str) -> Any:
    """The bracket of a row, to group by."""
    return _case(conditions(path), "")


def of_level(level: str, path: str = "") -> Q:
    """Rows whose responsible unit is of the level; what is no township, village or outside body is the county's."""
    kind = f"{path}responsible_unit__kind"
    return Q(**{kind: _KINDS[level]}) if level in _KINDS else ~Q(**{f"{kind}__in": list(_KINDS.values())})


def level_key(path: str = "") -> Any:
    """The level of a row's unit, to group by."""
    return _case({level: of_level(level, path) for level in _KINDS}, "county")


def _case(known: dict[str, Q], other: str) -> Any:
    whens = [When(condition, then=Value(word)) for word, condition in known.items()]
    return Case(*whens, default=Value(other), output_field=CharField())
