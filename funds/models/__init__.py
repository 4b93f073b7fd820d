"""Tables of 扶贫资金, one module per noun."""

from funds.models.allocations import Allocation, FundLevel
from funds.models.books import ACCOUNTS, Account, LedgerEntry
from funds.models.confirming import ReturnConfirmation
from funds.models.doubles import ProjectDouble
from funds.models.marks import HouseholdMark
from funds.models.match_lists import MatchLine, MatchList
from funds.models.match_terms import Excuse, MatchTerm, MatchTermKind
from funds.models.misuse import Misuse
from funds.models.notice_rules import NoticeRule
from funds.models.payments import PaperKind, Payment, PaymentPart, PayStage, Spending
from funds.models.progress_reports import ProgressReport
from funds.models.progress_weeks import ProgressLine, ProgressWeek
from funds.models.project_notices import (
    NoticeLevel,
    NoticeStage,
    ObjectionFinding,
    ProjectNotice,
    ProjectObjection,
    ToldWay,
)
from funds.models.project_terms import FundRule, ProjectKind
from funds.models.projects import FundingLine, Project, ProjectState
from funds.models.recovery import Recovery
from funds.models.registers import Beneficiary, Register, RegisterKind, RegisterRefusal
from funds.models.relief import Relief, ReliefState
from funds.models.return_sheets import ReturnLine, ReturnSheet
from funds.models.suspicions import Fix, Suspicion, SuspicionState
from funds.models.terms import FundKind, MisuseKind, MisuseNature
from funds.models.village_money import LocalDuty, SheetLine, SheetState, VillageDuty, VillageSheet

__all__ = [
    "Account",
    "ACCOUNTS",
    "Allocation",
    "Excuse",
    "Fix",
    "Beneficiary",
    "FundingLine",
    "FundKind",
    "FundLevel",
    "FundRule",
    "HouseholdMark",
    "LedgerEntry",
    "MatchLine",
    "MatchList",
    "MatchTerm",
    "MatchTermKind",
    "LocalDuty",
    "Misuse",
    "MisuseKind",
    "MisuseNature",
    "NoticeLevel",
    "NoticeRule",
    "NoticeStage",
    "ObjectionFinding",
    "PaperKind",
    "Payment",
    "PaymentPart",
    "PayStage",
    "ProgressLine",
    "ProgressReport",
    "ProgressWeek",
    "Project",
    "ProjectDouble",
    "ProjectKind",
    "ProjectNotice",
    "ProjectObjection",
    "ProjectState",
    "Recovery",
    "Register",
    "RegisterKind",
    "RegisterRefusal",
    "Relief",
    "ReliefState",
    "ReturnConfirmation",
    "ReturnLine",
    "ReturnSheet",
    "SheetLine",
    "SheetState",
    "Spending",
    "ToldWay",
    "Suspicion",
    "SuspicionState",
    "VillageDuty",
    "VillageSheet",
]
