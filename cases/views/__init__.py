"""Pages of leads."""

from cases.views.acts import (
    AmendLead,
    AssignLead,
    AttachToLead,
    ExtendLead,
    LeadAct,
    LeadBulk,
    NoteComplainant,
    RecuseFromLead,
    RevealComplainant,
)
from cases.views.archive import VolumePage
from cases.views.declaring import (
    DeclarationList,
    DeclarationPage,
    EndDeclaration,
    LiftRecusal,
    NewDeclaration,
)
from cases.views.desk import DeskPage
from cases.views.ending import DraftFeedback, GiveFeedback, TickLead
from cases.views.filing import (
    FILING_ACTS,
    OUTCOME_ACTS,
    CaseList,
    EnterPast,
    FilingAct,
    FormsBoard,
    OutcomeAct,
    OutcomeList,
    OutcomePage,
)
from cases.views.identity import (
    IdentityAct,
    IdentityRequestList,
    IdentityRequestPage,
    ReadIdentity,
    RequestIdentity,
)
from cases.views.leads import LeadList, LeadPage, NewLead
from cases.views.people import AddSubject, AmendSubject, RemoveSubject
from cases.views.repeats import KeepApart, LeadRepeats, LinkLead, MergeLead, UnlinkLead
from cases.views.steps import StepAct
from cases.views.superior import (
    NewSuperiorReceipt,
    SuperiorReceiptAct,
    SuperiorReceiptList,
    SuperiorReceiptPage,
)

__all__ = [
    "KeepApart",
    "LeadRepeats",
    "LinkLead",
    "MergeLead",
    "UnlinkLead",
    "DeskPage",
    "AddSubject",
    "AmendLead",
    "AmendSubject",
    "AssignLead",
    "AttachToLead",
    "CaseList",
    "DeclarationList",
    "DeclarationPage",
    "EndDeclaration",
    "EnterPast",
    "ExtendLead",
    "FILING_ACTS",
    "FilingAct",
    "FormsBoard",
    "DraftFeedback",
    "GiveFeedback",
    "IdentityAct",
    "IdentityRequestList",
    "IdentityRequestPage",
    "LeadAct",
    "LeadBulk",
    "LeadList",
    "LeadPage",
    "LiftRecusal",
    "NewDeclaration",
    "NewLead",
    "NewSuperiorReceipt",
    "NoteComplainant",
    "OUTCOME_ACTS",
    "OutcomeAct",
    "OutcomeList",
    "OutcomePage",
    "ReadIdentity",
    "RecuseFromLead",
    "RemoveSubject",
    "RequestIdentity",
    "RevealComplainant",
    "StepAct",
    "SuperiorReceiptAct",
    "SuperiorReceiptList",
    "SuperiorReceiptPage",
    "TickLead",
    "VolumePage",
]
