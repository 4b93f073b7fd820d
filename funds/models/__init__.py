"""Tables of 扶贫资金, one module per noun."""

from funds.models.misuse import Misuse
from funds.models.recovery import Recovery
from funds.models.terms import FundKind, MisuseKind

__all__ = ["FundKind", "Misuse", "MisuseKind", "Recovery"]
