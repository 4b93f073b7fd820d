"""佐证材料 as pages show it: what is missing, pairs, versions, the same file in another item."""

from typing import Any

from django.forms import BaseForm

from povertyaudit.core.views import Missing
from rectification.models import EvidenceKind, Item, State
from rectification.workflow import UNIT
from rectification.workflow.evidence import lacking, mend

SIGNED = (State.CLOSURE_APPLIED, State.SECTOR_REVIEWED)


def missing(item: Item, user: Any) -> list[Missing]:
    """What the list of today still asks for, with the form that mends it. What is validly signed is asked nothing more."""
    if item.state in SIGNED and item.covered("apply"):
        return []
    ours = bool(UNIT & user.roles)
    return [Missing(lack.sentence, mend(item, lack) if ours else "") for lack in lacking(item)]


def narrowed(form: BaseForm, item: Item, verb: str) -> BaseForm:
    """Evidence to choose from is this item's; of photos of before those that are free, or the field is not there."""
    rows = item.evidence.select_related("measure", "attachment")
    if "evidence" in form.fields:
        after = rows.filter(kind=EvidenceKind.PHOTO_AFTER)
        form.fields["evidence"].queryset = after if verb == "pair_evidence" else rows  # type: ignore[attr-defined]
    if "before" in form.fields:
        befores = rows.filter(kind=EvidenceKind.PHOTO_BEFORE)
        free = befores if verb == "pair_evidence" else befores.filter(after=None)
        form.fields["before"].queryset = free  # type: ignore[attr-defined]
        if not free.exists():
            del form.fields["before"]
    return form


def chosen(asked: Any, item: Item) -> dict[str, Any]:
    """What an address has chosen already: `?kind=`, `?evidence=`, `?before=`."""
    said = {name: _plain(asked.get(name, "")) for name in ("kind", "evidence", "before")}
    return {name: value for name, value in said.items() if value}


def _plain(text: str) -> str:
    return text if text.isascii() and text.replace("_", "").isalnum() and len(text) <= 40 else ""
