"""What may be done in 扶贫资金, by whom, and when."""

from funds.workflow.misuse import MISUSE
from funds.workflow.who import DESK, REGISTERS

__all__ = ["DESK", "MISUSE", "REGISTERS"]
