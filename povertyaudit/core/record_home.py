"""What the record hands to the rail and the home page of the auditor: acts that deserve a look, never their contents."""

from datetime import timedelta
from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section
from povertyaudit.core.models import AuditEntry, Role
from povertyaudit.core.workflow import verb_label

LOOK_BACK = timedelta(days=7)
# Failed and locked sign-ins, looks at a complainant's identity, exports.
NOTABLE = (
    "account.sign_in_failed",
    "account.locked",
    "vault.reveal",
    "export.ledger",
    "export.list",
    "export.board",
    "export.proof",
)

RAIL = RailEntry("record", "操作记录", "/audit/", frozenset({Role.AUDITOR}))


def notable(user: Any) -> Section | None:
    """最近七日需要留意的操作, for 安全审计."""
    if Role.AUDITOR not in user.roles:
        return None
    rows = AuditEntry.objects.visible_to(user).verbs(NOTABLE).filter(at__gte=moment.now() - LOOK_BACK)
    entries = [
        Entry(entry.target_number, f"{entry.actor_name} {verb_label(entry.verb)}", "/audit/?tab=notable")
        for entry in rows.order_by("-at")[:LIMIT]
    ]
    return Section("最近七日需要留意的操作", "/audit/?tab=notable", entries, rows.count())
