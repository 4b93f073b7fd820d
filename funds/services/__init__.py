"""The verbs of 扶贫资金 — the only code that writes it. Named like the URLs, one function each. Money is in 分."""

from funds.services.adjusting import decide_relief, raise_owed, request_relief
from funds.services.confirming import confirm_return
from funds.services.recovering import record_recovery, void_recovery
from funds.services.registering import register_misuse
from funds.services.return_sheets import book_returns, drop_returns, stage_returns
from funds.services.returning import record_returns
from funds.services.voiding import void_misuse

__all__ = [
    "book_returns",
    "confirm_return",
    "decide_relief",
    "drop_returns",
    "raise_owed",
    "record_recovery",
    "record_returns",
    "register_misuse",
    "request_relief",
    "stage_returns",
    "void_misuse",
    "void_recovery",
]
