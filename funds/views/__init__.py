"""Pages of misused money and its recovery."""

from funds.views.misuses import MisuseList, MisusePage, NewMisuse
from funds.views.recoveries import RecordRecovery, VoidRecovery

__all__ = ["MisuseList", "MisusePage", "NewMisuse", "RecordRecovery", "VoidRecovery"]
