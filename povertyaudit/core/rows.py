"""The only code that writes business rows.

Every write raises `version`, leaves a change row with the scope before and after, voids signatures over changed
content, and appends exactly one entry to the dossier's chain — in one transaction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from povertyaudit.core import audit, moment, new_rows, secrecy, signing
from povertyaudit.core.errors import NotAllowed, Stale, WrongState, from_validation
from povertyaudit.core.models import AuditEntry, Change, Dossier, Row, User

BATCH = 200  # rows in one statement
OUTSIDE = "您不能登记管辖范围以外的事项，请核对所属地区和承办单位。"
R = TypeVar("R", bound=Dossier)
L = TypeVar("L", bound=Row)


def lock(root: L, expected_version: int | None = None) -> L:
    """The row, locked and fresh. Raises Stale when the caller saw an older version."""
    row: L = type(root)._default_manager.select_for_update(of=("self",)).get(pk=root.pk)
    if expected_version is not None and row.version != expected_version:
        raise Stale(
            "您打开页面后，这条记录已被他人修改。请核对现在的内容后重新提交。",
            current=editable_values(row),
            version=row.version,
        )
    return row


def editable_values(row: models.Model) -> dict[str, Any]:
    """Field name → value as stored: what a stale form is compared with."""
    return {f.name: f.value_from_object(row) for f in row._meta.concrete_fields if f.editable}


@transaction.atomic
def create(root: R, *, verb: str, by: User | None, note: str = "", children: Iterable[Row] = ()) -> R:
    """Save a new dossier and its first children. The writer must be able to see what he wrote, or nothing is saved."""
    below = list(children)
    if root.recused_with:  # what belongs to a matter may not name who complained there
        secrecy.refuse(root, {**secrecy.texts_of([root, *below]), "note": note}, by=by)
    _save(root)
    for child in below:
        _adopt(child, root)
        _save(child)
    if by is not None and not _seen_by(by, root):
        raise NotAllowed("scope.outside", OUTSIDE)
    saved: list[Row] = [root, *below]
    _note_changes(saved, before=None, after=root.scope_keys())
    root._last_entry = audit.record(verb, root, by=by, note=note, changes=_as_changes(root), touched=saved)  # type: ignore[attr-defined]
    return root


@transaction.atomic
def create_many(
    roots: Sequence[R], *, verb: str, by: User | None, below: Sequence[Callable[[R], Iterable[Row]]] = (),
    along: new_rows.Along | None = None,
) -> list[R]:  # fmt: skip
    """As `create`, for many new dossiers of one kind: each with its own chain, in a handful of queries.

    `below`: one function a table, dossier → its new rows there; those of a later one may point at rows of an earlier.
    `along` puts what else is new — clocks — on the same lane (`core.inserting`) and asks nothing.
    """
    made = list(roots)
    if not made:
        return made
    now = moment.now()
    for root in made:
        if root.recused_with:
            secrecy.refuse(root, secrecy.texts_of([root]), by=by)
        root.created_at = root.updated_at = now
    new_rows.write(verb, made, below, by=by, along=along)
    rows: Any = type(made[0])._default_manager.filter(pk__in=[root.pk for root in made])
    if by is not None and rows.visible_to(by).count() != len(made):
        raise NotAllowed("scope.outside", OUTSIDE)
    return made


@transaction.atomic
def change(
    root: R,
    *,
    verb: str,
    by: User | None,
    changes: Mapping[str, Any],
    note: str = "",
    expected_version: int | None = None,
) -> R:
    """Set fields of the dossier itself, as one recorded act."""
    return write(lock(root, expected_version), verb=verb, by=by, note=note, changes=changes)


@transaction.atomic
def write(
    root: R,
    *,
    verb: str,
    by: User | None,
    note: str = "",
    changes: Mapping[str, Any] | None = None,
    saved: Iterable[Row] = (),
    added: Sequence[Sequence[Row]] = (),
    removed: Iterable[Row] = (),
    facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> R:
    """One act on a locked dossier: its own fields, children saved (new or mutated) and children removed; `facts` and
    `personal` go beside the changes into the record. `added`: many new rows, one list a table, in a handful of queries
    before `saved`; those of a later one may point at rows of an earlier.

    Raises RuleBroken/Several when a model refuses its values or a text says who complained,
    WrongState when the dossier is archived; nothing is then saved.
    """
    _refuse_archived(root, verb)
    before = root.scope_keys()
    below, gone, new = list(saved), list(removed), [row for rows in added for row in rows]
    if root.keeps_identity or root.recused_with:
        texts = secrecy.texts_of([*new, *below]) | secrecy.texts_among(root, changes or {})
        secrecy.refuse(root, {**texts, "note": note}, by=by)
    diff = _set(root, changes or {})
    _save_all(root, added, below, gone)
    voided = [one for row in [root, *below] for one in signing.refresh(row, by=by, verb=verb)]
    touched: list[Row] = [root, *new, *below, *voided]
    after = root.scope_keys()
    _note_changes(touched, before=before, after=after)
    _note_changes(gone, before=before, after=None)
    entry: AuditEntry = audit.record(
        verb, root, by=by, note=note, changes=diff, touched=touched, removed=gone, facts=facts, personal=personal,
    )  # fmt: skip
    root._last_entry = entry  # type: ignore[attr-defined]
    return root


def _save_all(root: Row, added: Sequence[Sequence[Row]], below: Sequence[Row], gone: Sequence[Row]) -> None:
    for child in gone:
        child.delete()
    for rows in added:
        new_rows.add(rows)
    for child in below:
        _save(child)
    _save(root)


@transaction.atomic
def beside(
    root: Dossier,
    row: Row,
    *,
    verb: str,
    by: User | None,
    personal: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    before: Sequence[Row] = (),
) -> AuditEntry:
    """Save a row that stands beside a dossier: a change row of its own and one entry in the dossier's chain. `before`:
    new rows it refers to, saved first.

    The dossier stays as it was — version, ETag, signatures — so that nobody's open form goes stale.
    """
    if root.keeps_identity or root.recused_with:
        said = {"text" if ":" in name else name: text for name, text in (personal or {}).items()}
        secrecy.refuse(root, {**secrecy.texts_of([*before, row]), **said}, by=by)
    keys = root.scope_keys()
    for one in (*before, row):
        scope = None if one.pk is None else keys
        _save(one)
        _note_changes([one], before=scope, after=keys)
    return audit.record(verb, root, by=by, touched=[*before, row], personal=personal, facts=facts)


def _refuse_archived(root: Row, verb: str) -> None:
    if root.is_archived and verb not in root.may_follow_archive:
        raise WrongState("row.archived", "这件已经归档，只能查看；确需继续办理的，请先撤销办结重新办理。")


def _seen_by(by: User, root: Dossier) -> bool:
    rows: Any = type(root)._default_manager.filter(pk=root.pk)
    rows.one_row = True
    return bool(rows.visible_to(by).exists())


def _set(root: Row, changes: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    diff = {}
    for name, value in changes.items():
        old = getattr(root, name)
        if old != value:
            diff[name] = (_short(old), _short(value))
            setattr(root, name, value)
    return diff


def _save(row: Row) -> None:
    now = moment.now()
    row.updated_at = now
    if row.pk is None:
        row.created_at = now
    else:
        row.version += 1
    try:
        row.full_clean(exclude=new_rows.known_keys(row), validate_unique=False, validate_constraints=False)
        with transaction.atomic():
            row.save()
    except ValidationError as refused:
        raise from_validation(refused) from refused
    except IntegrityError:
        new_rows.explain(row)
        raise


def _adopt(child: Row, root: Dossier) -> None:
    """Give a child built before its dossier was saved the dossier's key."""
    name = child.dossier_path.split("__")[0]
    if name and getattr(child, f"{name}_id", None) is None:
        setattr(child, name, root)


def _short(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _as_changes(root: Row) -> dict[str, tuple[Any, Any]]:
    values = {f.name: f.value_from_object(root) for f in root._meta.concrete_fields if f.editable}
    return {name: (None, value) for name, value in values.items() if value not in (None, "", [], {})}


def _note_changes(rows: Iterable[Row], *, before: Any, after: Any) -> None:
    Change.objects.bulk_create((_note_of(row, before, after) for row in rows), batch_size=BATCH)


def _note_of(row: Row, before: Any, after: Any) -> Change:
    return Change(
        label=row._meta.label_lower,
        row_id=row.public_id,
        version=row.version,
        deleted=after is None,
        scope_before=before,
        scope_after=after,
        at=moment.now(),
    )
