"""Sets of posts that several parts of the handling of leads name. A set that one module alone needs stays there."""

from povertyaudit.core.models import Role

HANDLERS = frozenset({Role.SUPERVISION, Role.INVESTIGATION})
OFFICES = HANDLERS | {Role.ADJUDICATION}  # 承办、审理 and 协办
LEADERS = frozenset({Role.DEPUTY, Role.SECRETARY})
REGISTRY = frozenset({Role.CASE_MANAGER, Role.SECRETARY})
WHOLE_REGION = REGISTRY | {Role.SERVICE}  # who reads all leads of the region
DESK = frozenset({Role.PETITION, Role.CASE_MANAGER})
REGISTRARS = HANDLERS | DESK
PART = REGISTRARS | LEADERS | {Role.ADJUDICATION}
