"""Who keeps the register of the money."""

from povertyaudit.core.models import Role

DESK = frozenset({Role.FINANCE})
REGISTERS = frozenset({Role.FINANCE, Role.SUPERVISION})
