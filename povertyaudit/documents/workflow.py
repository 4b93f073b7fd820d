"""What is recorded of documents, and who voids one. Templates are dated rules: `core.region_rules.REGION_RULE`."""

from typing import Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import OFFICERS, Role, User
from povertyaudit.core.workflow import Transition, Workflow
from povertyaudit.documents.kinds import kinds
from povertyaudit.documents.models import DocumentState


def who_issued(row: Any, by: User) -> None:
    """Whoever made it, or who may issue its like of the same row today."""
    if row.made_by.person_id == by.person_id:
        return
    kind = kinds().get(row.kind)
    source = kind.source_of(row.target_label) if kind else None
    if source is None or source.issuer(row.dossier, by) is None:
        raise NotAllowed("void.issuer", "文书由生成的人或者可以生成这种文书的岗位作废。")


DOCUMENT = Workflow(
    "document",
    "文书",
    (
        Transition(
            name="void", label="作废", sources=frozenset({DocumentState.MADE}), target=DocumentState.VOID,
            roles=frozenset(Role) - OFFICERS - {Role.SERVICE, Role.COUNTY_LEADER}, who=(who_issued,), note_required=True,
        ),
    ),
    others={"make": "生成文书", "open": "下载文书"},
)  # fmt: skip
