"""What payments hand to the rail, the home page and the search."""

from typing import Any

from funds.models import Payment
from funds.project_home import READERS
from funds.project_querysets import BY_UNIT
from funds.workflow.payments import PAYMENT
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

RAIL = RailEntry(
    "payments", "报账拨付", "/payments/", READERS,
    count=lambda user: counted(Payment.objects.visible_to(user).waiting_for(user)),
)  # fmt: skip


def waiting(user: Any) -> Section | None:
    """待我办理的报账, the oldest first."""
    if not user.roles & (BY_UNIT | {Role.FINANCE}) or not RAIL.number(user):
        return None
    rows = Payment.objects.visible_to(user).waiting_for(user)
    found = first(
        rows.for_list(), "pk"
    )  # they are numbered as they are made: out of the index of what is under way
    entries = [Entry.of(row, what=_next(row, user)) for row in found]
    return Section("待我办理的报账", "/payments/?tab=mine", entries, RAIL.number(user))


def _next(row: Payment, user: Any) -> str:
    step = next((step for step in PAYMENT.offered(row, user) if step.primary), None)
    return step.label if step else "查看"


FOUND = Kind(Payment, ("number", "payee"), joins=("project",))
