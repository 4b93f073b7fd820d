"""Many new rows at once, for `core.rows`: judged by their models, written in a handful of statements with all that goes
with them — change rows for the sync, and of new dossiers the first entries of their chains."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from povertyaudit.core import audit, cleaned, first_entries, inserting, moment
from povertyaudit.core.errors import from_validation
from povertyaudit.core.models import Change, Dossier, Row, User
from povertyaudit.core.sideways import Sideways

R = TypeVar("R", bound=Dossier)
Touched = Mapping[int, list[Row]]  # key of a dossier → itself and what is new below it


Along = Callable[[inserting.Lane], None]


def write(
    verb: str, made: Sequence[R], below: Sequence[Callable[[R], Iterable[Row]]], *, by: User | None, along: Along | None
) -> None:  # fmt: skip
    """New dossiers of one kind and their rows below, as `rows.create_many` says. Raises RuleBroken/Several."""
    _make_ready(made)
    touched: dict[int, list[Row]] = {root.pk: [root] for root in made}
    under = [_below(made, rows_of, touched) for rows_of in below]
    entries = first_entries.FirstEntries(verb, made, by)
    tables: list[Sequence[Row]] = [made, *filter(None, under)]
    try:
        _together(entries, tables, touched, along)
    except IntegrityError:
        _explain_all(tables)
        raise
    for rows in tables:
        inserting.saved(rows)


def add(new: Sequence[Row]) -> None:
    """Rows of one model below a dossier that was there before: the rows alone. Raises RuleBroken/Several."""
    if not new:
        return
    for row in new:
        row.created_at = row.updated_at = moment.now()
    _make_ready(new)
    try:
        with transaction.atomic():
            inserting.insert_rows(new)
    except IntegrityError:
        _explain_all([new])
        raise


def _below(made: Sequence[R], rows_of: Callable[[R], Iterable[Row]], touched: Touched) -> list[Row]:
    new: list[Row] = []
    for root in made:
        for row in rows_of(root):
            row.created_at = row.updated_at = root.created_at
            touched[root.pk].append(row)
            new.append(row)
    if new:
        _make_ready(new)
    return new


def _make_ready(new: Sequence[Row]) -> None:
    """Refuse what the model refuses, and give the rows the keys they will have: others point at them."""
    try:
        cleaned.clean(new, known_keys)
    except ValidationError as refused:
        raise from_validation(refused) from refused
    inserting.own_keys(new)


def _together(
    entries: first_entries.FirstEntries,
    tables: Sequence[Sequence[Any]],
    touched: Touched,
    along: Along | None,
) -> None:
    """All tables at one go, the dossiers first."""
    made = tables[0]
    scopes = type(made[0])._default_manager.all().scope_keys_of(made)
    with transaction.atomic(), inserting.Lane() as lane:
        sides, digests = [], dict[int, str]()
        for rows in tables:
            sides.append(Sideways.of(rows))
            lane.put(sides[-1])
            digests.update(zip(map(id, rows), first_entries.digests(sides[-1]), strict=True))
        states = [{audit.key_of(row): digests[id(row)] for row in touched[root.pk]} for root in made]
        _note([(row, scopes[root.pk]) for root in made for row in touched[root.pk]], lane)
        entries.put(sides[0], states, lane)
        if along is not None:
            along(lane)
        lane.check()


def _note(new: Sequence[tuple[Row, Any]], lane: inserting.Lane) -> None:
    """Their change rows, each with the scope that sees it."""
    columns: dict[str, Sequence[Any]] = {
        "label": [row._meta.label_lower for row, _ in new],
        "row_id": [row.public_id for row, _ in new],
        "version": [row.version for row, _ in new],
        "scope_after": [scope for _, scope in new],
    }
    lane.put(Sideways(Change, len(new), columns, {"at": moment.now()}))


def _explain_all(tables: Sequence[Sequence[Row]]) -> None:
    """As `explain`, of rows of which some point at others that are not there either."""
    every = [row for rows in tables for row in rows]
    new = set(map(id, every))
    for row in every:
        keys = [f for f in row._meta.concrete_fields if f.is_relation and f.is_cached(row)]  # type: ignore[attr-defined]
        row.pk = None
        explain(row, {f.name for f in keys if id(getattr(row, f.name)) in new})


def known_keys(row: Row) -> set[str]:
    """Foreign keys that need no look-up: their row is at hand, or they are as they were read. The database holds all."""
    keys: list[Any] = [f for f in row._meta.concrete_fields if f.is_relation]
    return {f.name for f in keys if f.is_cached(row) or row.pk is not None}


def explain(row: Row, exclude: Iterable[str] = ()) -> None:
    """The database refused the row: raise the sentence of the rule it broke. Asked only then, because the rules of a
    wide table cost more to ask one by one than the write itself."""
    try:
        row.full_clean(exclude=set(exclude))
    except ValidationError as refused:
        raise from_validation(refused) from refused
