"""What was built on the rows an import made since: done to them, or registered elsewhere and naming them. While there is
any, the import is not undone."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q

from povertyaudit.core.models import AuditEntry, User
from povertyaudit.core.models.base import Row
from povertyaudit.core.scope import root_model
from povertyaudit.core.workflow import verb_label

TOLD, BATCH = 10, 500
GONE = ("voided", "withdrawn", "cancelled", "discarded", "dropped")  # states in which a row holds nothing up


def acts_on(moved: Sequence[Any]) -> list[str]:
    """Each row somebody did something to, with the last of it: “QH-2026-0001（下发）”."""
    some = moved[:TOLD]
    of_one = Q(target_label=some[0]._meta.label_lower, target_id__in=[one.pk for one in some])
    last = {one.target_id: verb_label(one.verb) for one in AuditEntry.objects.filter(of_one).order_by("seq")}
    own = not getattr(some[0], "dossier_path", "")  # the acts on a part stand in the record of the whole
    return [f"{one}（{last[one.pk]}）" if own and one.pk in last else str(one) for one in some]


def named_by(made: Sequence[Any], by: User) -> list[str]:
    """What stands elsewhere and names one of the rows: “QH-2026-0001 已用于整改事项 QH-2026-0007”. One query for each
    kind of it and each few hundred rows."""
    if not made or not isinstance(made[0], Row):  # an account that is closed takes nothing from what names it
        return []
    found: list[str] = []
    for model, name in _relations(type(made[0])):
        for start in range(0, len(made), BATCH):
            rows = {one.pk: one for one in made[start : start + BATCH]}
            found += _those(model, name, rows, by)
            if len(found) >= TOLD:
                return found[:TOLD]
    return found


def _relations(target: type[Any]) -> Iterator[tuple[Any, str]]:
    """Models with a foreign key to `target` that are no part of the same record, and the name of the key."""
    for relation in target._meta.get_fields(include_hidden=True):
        model = relation.related_model if relation.auto_created and not relation.concrete else None
        if model is None or not issubclass(model, Row):
            continue
        if model.dossier_path and root_model(model) is root_model(target):
            continue
        yield model, relation.field.name


def _those(model: Any, name: str, rows: dict[int, Any], by: User) -> list[str]:
    path, root = model.dossier_path, root_model(model)
    standing, before = Q(**{f"{name}__in": list(rows)}), f"{path}__" if path else ""
    columns = {field.name for field in root._meta.concrete_fields}
    if "state" in columns:
        standing &= ~Q(**{f"{before}state__in": GONE})
    if "voided_at" in {field.name for field in model._meta.concrete_fields}:
        standing &= Q(voided_at=None)
    holding = model._base_manager.filter(standing).select_related(*([path] if path else []))
    found = list(holding.order_by("pk")[:TOLD])
    roots = [one.dossier for one in found]
    known = root._default_manager.visible_to(by).filter(pk__in=[one.pk for one in roots])
    seen = set(known.values_list("pk", flat=True)) if found else set()
    return [
        f"{rows[getattr(one, f'{name}_id')]} 已用于{root._meta.verbose_name}{_name(whole, seen)}"
        for one, whole in zip(found, roots, strict=True)
    ]


def _name(whole: Any, seen: set[int]) -> str:
    return f" {whole}" if whole.pk in seen else "（您无权查看）"
