"""Who may be named 承办人 or 分管领导: in office, with the right post in the right place, and none who must stand aside."""

from collections.abc import Iterable

from cases.models import Lead
from cases.roles import LEADERS
from cases.services import conflicts
from cases.services.telling import serving
from cases.workflow import holds, serves_in
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Unit, User


def check_leader(leader: User, *places: str, code: str, lead: Lead | None = None) -> None:
    """A leader of one of the bodies in whose counties the `places` (codes of regions) lie. Raises RuleBroken."""
    if not leader.is_active or not serves_in(leader, LEADERS, *places):
        raise RuleBroken(code, "请从本机关或承办机关的分管领导、主要负责人中选择。", field="leader")
    if lead is not None:
        conflicts.check(lead, leader, "leader", serving(LEADERS, *places))


def check_handler(lead: Lead, handler: User, unit: Unit, roles: Iterable[str], *, code: str) -> None:
    """Somebody who holds one of `roles` in the office. Raises RuleBroken."""
    if not handler.is_active or not holds(handler, roles, unit.pk):
        raise RuleBroken(code, f"承办人须是“{unit.name}”的在任办案人员。", field="handler")
    conflicts.check(lead, handler, "handler", User.objects.holding(roles, unit=unit))
