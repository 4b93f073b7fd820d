"""Which documents a row may become, found by the address of the row; the button on its page."""

from functools import cache
from typing import Any

from povertyaudit.core.models import User
from povertyaudit.documents.kinds import Kind, labels, offered

# The word in the address of a row's page and of its resource → the model.
THINGS = {
    "leads": "cases.lead",
    "items": "rectification.item",
    "rounds": "inspections.round",
    "feedbacks": "inspections.feedback",
    "immediate-notices": "inspections.immediatenotice",
    "rectification-plans": "inspections.rectificationplan",
    "handovers": "cases.handover",
    "bulletins": "cases.bulletin",
    "digests": "cases.calldigest",
    "talks": "talks.talk",
    "reports": "reporting.report",
}


@cache
def _models() -> dict[str, Any]:
    return {
        things: next(source.model for kind in labels()[label] for source in kind.sources if source.label == label)
        for things, label in THINGS.items()
    }  # fmt: skip


def doors(row: Any, user: User) -> list[tuple[str, str, str]]:
    """(name, label, address) of the one button, where there is something to make."""
    return [("documents", "生成文书", f"{row.get_absolute_url()}documents/")] if offered(row, user) else []


def row_of(things: str, public_id: str, user: User) -> Any:
    """The row, where the user may read it whole; None where there is none for him."""
    model = _models().get(things)
    return model and model._default_manager.all().whole_to(user).filter(public_id=public_id).first()


def things_of(label: str) -> str:
    """The word in addresses for the model of this label."""
    return next((things for things, known in THINGS.items() if known == label), "")


def first(row: Any, kind: Kind, user: User) -> dict[str, Any]:
    """What the form of the kind is filled with when it opens."""
    source = kind.source_of(row._meta.label_lower)
    found = source.first(row, user) if source else {}
    return {name: value for name, value in found.items() if name in kind.asks}


def kind_of(row: Any, code: str) -> Kind | None:
    """The kind of this code among those of the row's model; whether it is offered, the verb says."""
    return next((kind for kind in labels().get(row._meta.label_lower, ()) if kind.code == code), None)
