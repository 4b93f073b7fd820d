"""The lead (问题线索) and what belongs to it."""

from cases.masking import Mask
from cases.models.accountability import Accountability, Responsible
from cases.models.approving import ApprovalRule, Decision, Level
from cases.models.archive import Volume
from cases.models.assisting import Assist
from cases.models.batches import Batch
from cases.models.bulletins import (
    Bulletin,
    BulletinCase,
    BulletinChannel,
    BulletinCopy,
    BulletinPerson,
    BulletinState,
    CopyState,
)
from cases.models.calls import (
    AnswerWay,
    CallAxis,
    CallCategory,
    CallState,
    DigestHour,
    HotlineCall,
)
from cases.models.categories import Axis, Category
from cases.models.choices import Approver, CloseKind
from cases.models.clearing import Clarification, FalseAccusation, Finder
from cases.models.declaring import Declaration
from cases.models.digests import CallDigest, DigestLine, DigestState, Instruction
from cases.models.ending import Answer, ClosingCheck, EndingTerm
from cases.models.filing import Case, CaseMoney, CasePerson, TrialReturn
from cases.models.handovers import Handover, HandoverRow, PartnerBody, Standing
from cases.models.identity import IdentityRequest, RequestState
from cases.models.intake import ASKED, Asked, IntakeDetail
from cases.models.interference import Interference
from cases.models.leads import (
    HANDED_IN,
    Channel,
    DispatchMode,
    IdentityStatus,
    Kind,
    Lead,
    State,
)
from cases.models.measures import Form, Measure, OutcomeKind
from cases.models.meetings import Meeting, Resolution
from cases.models.outcomes import Correction, Duty, Limit, Outcome, OutcomeState
from cases.models.partner_reports import PartnerReport
from cases.models.parts import Dispatch, OtherNumber, SpecialMode
from cases.models.repeats import LeadKey, LeadLink, LeadPrint, LinkKind, Suspect
from cases.models.step_parts import ClosingDuty, DutyKind, HoldReview, StepPaper, StepParticipant
from cases.models.steps import LeadStep, Method, SubMethod
from cases.models.subjects import (
    Education,
    Gender,
    LeadSubject,
    ManagedBy,
    PoliticalStatus,
    RankKind,
    Seat,
    SubjectKind,
)
from cases.models.summaries import Period, WorkSummary
from cases.models.superior import SuperiorReceipt

__all__ = [
    "ASKED",
    "Accountability",
    "Answer",
    "AnswerWay",
    "ApprovalRule",
    "Approver",
    "Asked",
    "Assist",
    "Axis",
    "Batch",
    "Bulletin",
    "BulletinCase",
    "BulletinChannel",
    "BulletinCopy",
    "BulletinPerson",
    "BulletinState",
    "CallAxis",
    "CallCategory",
    "CallDigest",
    "CallState",
    "Case",
    "CaseMoney",
    "CasePerson",
    "Category",
    "Channel",
    "Clarification",
    "CloseKind",
    "ClosingCheck",
    "ClosingDuty",
    "CopyState",
    "Correction",
    "Decision",
    "Declaration",
    "DigestHour",
    "DigestLine",
    "DigestState",
    "Dispatch",
    "DispatchMode",
    "Duty",
    "DutyKind",
    "Education",
    "EndingTerm",
    "FalseAccusation",
    "Finder",
    "Form",
    "Gender",
    "HANDED_IN",
    "Handover",
    "HandoverRow",
    "HoldReview",
    "HotlineCall",
    "IdentityRequest",
    "IdentityStatus",
    "Instruction",
    "IntakeDetail",
    "Interference",
    "Kind",
    "Lead",
    "LeadKey",
    "LeadLink",
    "LeadPrint",
    "LeadStep",
    "LeadSubject",
    "Level",
    "Limit",
    "LinkKind",
    "ManagedBy",
    "Mask",
    "Measure",
    "Meeting",
    "Method",
    "OtherNumber",
    "Outcome",
    "OutcomeKind",
    "OutcomeState",
    "PartnerBody",
    "PartnerReport",
    "Period",
    "PoliticalStatus",
    "RankKind",
    "RequestState",
    "Resolution",
    "Responsible",
    "Seat",
    "SpecialMode",
    "Standing",
    "State",
    "StepPaper",
    "StepParticipant",
    "SubMethod",
    "SubjectKind",
    "SuperiorReceipt",
    "Suspect",
    "TrialReturn",
    "Volume",
    "WorkSummary",
]
