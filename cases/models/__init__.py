"""The lead (问题线索) and what belongs to it."""

from cases.models.assisting import Assist
from cases.models.batches import Batch
from cases.models.categories import Axis, Category
from cases.models.identity import IdentityRequest, RequestState
from cases.models.leads import (
    HANDED_IN,
    Approver,
    Channel,
    CloseKind,
    DispatchMode,
    IdentityStatus,
    Kind,
    Lead,
    State,
)
from cases.models.parts import Dispatch, OtherNumber, SpecialMode
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
from cases.models.superior import SuperiorReceipt

__all__ = [
    "HANDED_IN",
    "Approver",
    "Assist",
    "Axis",
    "Batch",
    "Category",
    "Channel",
    "CloseKind",
    "Dispatch",
    "DispatchMode",
    "IdentityRequest",
    "IdentityStatus",
    "Kind",
    "Lead",
    "LeadStep",
    "LeadSubject",
    "Method",
    "OtherNumber",
    "RequestState",
    "SpecialMode",
    "State",
    "SubMethod",
    "Education",
    "Gender",
    "ManagedBy",
    "PoliticalStatus",
    "RankKind",
    "Seat",
    "SubjectKind",
    "SuperiorReceipt",
]
