from povertyaudit.exchange.models.files import LedgerFile
from povertyaudit.exchange.models.hooks import Hook, HookDelivery, HookState

__all__ = ["Hook", "HookDelivery", "HookState", "LedgerFile"]
