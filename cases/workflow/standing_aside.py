"""Verbs about who must stand aside, joined into the table of leads."""

from cases.workflow.who import OPEN, own_registry
from povertyaudit.core.models import Role
from povertyaudit.core.workflow import Transition

STANDING_ASIDE = (
    Transition(
        name="lift_recusal", label="解除回避", sources=frozenset(OPEN), target=None,
        roles=frozenset({Role.CASE_MANAGER, Role.SECRETARY}), who=(own_registry,), note_required=True,
    ),
)  # fmt: skip
