"""What the vault's keys hand to the rail."""

from povertyaudit.core.home import RailEntry
from povertyaudit.core.models import Role

RAIL = RailEntry("vault_keys", "保密密钥", "/vault-keys/", frozenset({Role.SECADMIN}))
