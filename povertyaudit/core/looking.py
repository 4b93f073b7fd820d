"""Everything the one box looks through, kind by kind, in two steps.

First one statement asks every table for the keys of rows in which a word stands, whoever may see them: few are kept in
hand, of many only that they are many. Then only the kinds that have any are asked for what the user may see. So a word
that stands nowhere costs one statement, and nothing leaves here that did not pass `visible_to`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from povertyaudit.core import grams, looking_in_files, render
from povertyaudit.core.home import LIMIT, Entry, Note
from povertyaudit.core.looking_in_files import FEW
from povertyaudit.core.models import FileText
from povertyaudit.core.scope import end_of
from povertyaudit.core.words import Word, occurs, ways


@dataclass(frozen=True)
class Kind:
    """One kind of record that is looked for.

    texts   its own columns, of `searched_texts` where it has an index
    beside  foreign keys to rows whose words count as its own: {"unit": ("name",)}
    parts   rows below it whose words count as its own, by the name of their foreign key: ((Measure, "item", ("text",)),)
    files   its own column that holds the key of a file whose text counts as its own
    joins   what an entry shows of other rows
    """

    model: Any
    texts: Sequence[str]
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: Sequence[tuple[Any, str, tuple[str, ...]]] = ()
    files: str = ""
    joins: Sequence[str] = ()
    roles: frozenset[str] = frozenset()  # empty: whoever sees rows
    rows: Callable[[Any], Any] | None = None  # as a list shows them

    @property
    def places(self) -> "list[Place]":
        """Where its words stand; one matching place is enough."""
        own = [Place(self.model, tuple(self.texts), "pk", "pk")]
        own += [Place(end_of(self.model, key), texts, "pk", key) for key, texts in self.beside.items()]
        if self.files:
            own.append(replace(FILES, takes=self.files))
        return own + [Place(model, texts, f"{key}_id", "pk") for model, key, texts in self.parts]


@dataclass(frozen=True)
class Place:
    """Columns of a table; `gives`: the column whose values a kind's `takes` is compared with."""

    model: Any
    texts: tuple[str, ...]
    gives: str
    takes: str

    @property
    def key(self) -> tuple[Any, tuple[str, ...], str]:
        """Places of the same are asked once."""
        return self.model, self.texts, self.gives

    def may_hold(self, word: Word) -> bool:
        """Our register numbers hold digits: by number alone a dossier beside need not be asked for other words."""
        beside = self.texts == NUMBER != tuple(getattr(self.model, "searched_texts", NUMBER))
        return not beside or any(sign.isdigit() for sign in word.forms[0])

    def is_full_of(self, word: Word) -> bool:
        """Whether every one of the newest rows holds it, as they do the year in their numbers; of tables with an index."""
        if self.texts[0] != "number" or not getattr(self.model, "searched_texts", ()):
            return False
        newest = self.model._base_manager.order_by("-pk").values("pk")[: FEW + 1]
        held = self.model._base_manager.filter(pk__in=newest).filter(
            occurs(self.model, word, self.texts, indexed=False)
        )
        return bool(held.count() == FEW + 1)

    def python(self, value: str) -> Any:
        """A value as the database gave it, written out."""
        return self.model._meta.get_field(
            self.gives if self.gives != "pk" else self.model._meta.pk.name
        ).to_python(value)

    def holding(self, word: Word) -> Any:
        """The values of rows in which the word stands, where it stands in many."""
        rows = self.model._base_manager.filter(occurs(self.model, word, self.texts, indexed=False))
        return rows.order_by().values_list(self.gives, flat=True)

    def among(self, word: Word, keys: set[Any]) -> Q:
        """Rows of the kind that stand here: by their keys where those are few."""
        if len(keys) <= FEW:
            return Q(**{f"{self.takes}__in": sorted(keys)})
        if self.gives == "pk" == self.takes:
            return occurs(self.model, word, self.texts, indexed=False)
        if self.takes == "pk":
            one = self.holding(word).filter(**{self.gives: OuterRef("pk")})
            return Q(pk=Subquery(one[:1]))
        return Q(**{f"{self.takes}__in": self.holding(word)})


NUMBER, YEAR = ("number",), 4
MANY = set(range(FEW + 1))  # stands for more than few
FILES = Place(FileText, looking_in_files.TEXTS, looking_in_files.FILE, "pk")
# Stand for the forms of a word and for its sum in the statement that is kept: nobody types these.
MARKS, SUM = [chr(0xE000 + at) + chr(0xE100 + at) for at in range(40)], 987_654_321_987
Found = dict[tuple[Any, tuple[str, ...], str], set[Any]]


def probe(places: Iterable[Place], word: Word) -> Found:
    """The values every place gives for the word, at most one more than few; one statement for all of them."""
    found: Found = {one.key: set() for one in places}
    if word.forms[0].isdigit() and len(word.forms[0]) <= YEAR:
        found |= {one.key: MANY for one in places if one.is_full_of(word)}
    asked = tuple({one.key: one for one in places if not found[one.key] and one.may_hold(word)}.values())
    if not asked:
        return found
    sql, holes = _statement(asked, len(word.forms), bool(word.fen))
    filled = _filled(word)
    with connection.cursor() as cursor:
        cursor.execute(sql, [filled.get(repr(hole), hole) for hole in holes])
        for number, value in cursor.fetchall():
            found[asked[number].key].add(asked[number].python(value))
    return found


@cache
def _statement(places: tuple[Place, ...], forms: int, is_sum: bool) -> tuple[str, list[Any]]:
    """The statement for every word of so many forms: Django takes longer to write it than the database to answer."""
    model = Word(tuple(MARKS[:forms]), SUM if is_sum else 0)
    statements: list[str] = []
    holes: list[Any] = []
    for number, place in enumerate(places):
        rows = place.model._base_manager.order_by().values_list(
            Cast(place.gives, CharField())
        )  # of regions: texts
        for way in ways(place.model, model, place.texts):
            sql, parameters = rows.filter(way)[: FEW + 1].query.sql_with_params()
            statements.append(f"SELECT {number}, found.* FROM ({sql}) AS found")  # noqa: S608 — Django's own
            holes += parameters
    return " UNION ALL ".join(statements), holes


def _filled(word: Word) -> dict[str, Any]:
    """What goes where the marks of the statement stand."""
    filled: dict[str, Any] = {
        repr(SUM): word.fen,
        repr([grams.key_of_sum(SUM)]): [grams.key_of_sum(word.fen)],
    }
    for mark, form in zip(MARKS, word.forms, strict=False):
        filled[repr(f"%{mark}%")] = f"%{connection.ops.prep_for_like_query(form)}%"
        filled[repr(grams.keys(mark))] = grams.keys(form)
    return filled


def look(kinds: Sequence[Kind], user: Any, words: Sequence[Word]) -> list[Entry]:
    """What `user` may see of each kind in which every word stands, the newest first."""
    kinds = [kind for kind in kinds if not kind.roles or user.roles & kind.roles]
    places = [FILES, *(place for kind in kinds for place in kind.places)]
    found = [probe(places, word) for word in words]
    entries = [entry for kind in kinds for entry in _of_kind(kind, user, words, found)]
    return entries + looking_in_files.look(user, words, [known[FILES.key] for known in found])


def _of_kind(kind: Kind, user: Any, words: Sequence[Word], found: Sequence[Found]) -> list[Entry]:
    wanted = Q()
    for word, known in zip(words, found, strict=True):
        stands = [place.among(word, keys) for place in kind.places if (keys := known[place.key])]
        if not stands:
            return []
        either = stands[0]
        for other in stands[1:]:
            either |= other
        wanted &= either
    rows = kind.model._default_manager.visible_to(user)
    rows = kind.rows(rows) if kind.rows else rows.select_related(*kind.joins)
    return [_entry(row, words) for row in rows.filter(wanted).order_by("-pk")[:LIMIT]]


def _entry(row: Any, words: Sequence[Word]) -> Entry:
    entry = Entry.of(row)
    sums = [
        name
        for name in getattr(row, "searched_sums", ())
        for word in words
        if word.fen and getattr(row, name) == word.fen
    ]
    for name in sums:
        label = str(row._meta.get_field(name).verbose_name).removesuffix("（分）")
        entry = entry.with_note(Note(label, f"{render.yuan(getattr(row, name))} 元", is_found=True))
    return entry
