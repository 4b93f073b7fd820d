"""The verbs of 扶贫资金 — the only code that writes it. Named like the URLs, one function each. Money is in 分."""

from funds.services.recovering import record_recovery, void_recovery
from funds.services.registering import register_misuse

__all__ = ["record_recovery", "register_misuse", "void_recovery"]
