"""Pages of misused money and its recovery."""

from funds.views.books import LedgerEntryList, TotalsPage
from funds.views.misuse_board import MisuseBoard
from funds.views.misuses import MisuseList, MisusePage, NewMisuse
from funds.views.recoveries import (
    ConfirmReturn,
    DecideRelief,
    RaiseOwed,
    RecordRecovery,
    RecordReturns,
    RecoveryList,
    RequestRelief,
    VoidRecovery,
)

__all__ = [
    "ConfirmReturn",
    "DecideRelief",
    "LedgerEntryList",
    "MisuseBoard",
    "MisuseList",
    "MisusePage",
    "NewMisuse",
    "RaiseOwed",
    "RecordRecovery",
    "RecordReturns",
    "RecoveryList",
    "RequestRelief",
    "TotalsPage",
    "VoidRecovery",
]
