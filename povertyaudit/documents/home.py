"""What documents hand to the rail and to the home page of 安全保密."""

from typing import Any

from povertyaudit.core.clock_home import KEEPERS
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import OFFICERS, Role
from povertyaudit.documents.models import Document, DocumentTemplate

READERS = frozenset(Role) - OFFICERS - {Role.SERVICE}  # a unit reads here what it was sent
FOUND = Kind(
    Document, ("number", "title"), files="attachment_id", rows=lambda rows: rows.for_list(), roles=READERS
)
RAIL = RailEntry("documents", "文书", "/documents/", READERS)
TEMPLATES_RAIL = RailEntry("document_templates", "文书模板", "/document-templates/", KEEPERS)


def to_confirm(user: Any) -> Section | None:
    """Templates that wait for 安全保密."""
    if Role.SECADMIN not in user.roles:
        return None
    rows = DocumentTemplate.objects.visible_to(user).waiting().exclude(changed_by__person_id=user.person_id)
    lines = [
        Entry(str(row), row.title, row.get_absolute_url(), "确认规则", None, row)
        for row in rows.for_list()[:LIMIT]
    ]
    return (
        Section("待确认的文书模板", "/document-templates/?tab=waiting", lines, len(lines)) if lines else None
    )
