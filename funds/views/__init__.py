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
from funds.views.return_sheets import BookReturns, DropReturns, StageReturns

__all__ = [
    "BookReturns",
    "DropReturns",
    "StageReturns",
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
