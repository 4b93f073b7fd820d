"""Tables of 扶贫资金, one module per noun."""

from funds.models.allocations import Allocation, FundLevel
from funds.models.doubles import ProjectDouble
from funds.models.misuse import Misuse
from funds.models.payments import PaperKind, Payment, PaymentPart, PayStage, Spending
from funds.models.project_terms import FundRule, ProjectKind
from funds.models.projects import FundingLine, Project, ProjectState
from funds.models.recovery import Recovery
from funds.models.terms import FundKind, MisuseKind

__all__ = [
    "Allocation",
    "FundKind",
    "FundLevel",
    "FundRule",
    "FundingLine",
    "Misuse",
    "MisuseKind",
    "PaperKind",
    "PayStage",
    "Payment",
    "PaymentPart",
    "Project",
    "ProjectDouble",
    "ProjectKind",
    "ProjectState",
    "Recovery",
    "Spending",
]
