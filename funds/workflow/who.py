"""Who keeps the register of the money, who decides, who asks the households."""

from povertyaudit.core.models import Role

DESK = frozenset({Role.FINANCE})
REGISTERS = frozenset({Role.FINANCE, Role.SUPERVISION})
LEADERS = frozenset({Role.DEPUTY, Role.SECRETARY})
LOOKS_BACK = frozenset({Role.SUPERVISION})
