"""The lead (问题线索) and what belongs to it."""

from cases.models.categories import Axis, Category
from cases.models.leads import (
    Approver,
    Channel,
    CloseKind,
    DispatchMode,
    IdentityStatus,
    Kind,
    Lead,
    State,
)
from cases.models.parts import Dispatch, LeadSubject, OtherNumber, SubjectKind
from cases.models.steps import LeadStep, Method, SubMethod

__all__ = [
    "Approver",
    "Axis",
    "Category",
    "Channel",
    "CloseKind",
    "Dispatch",
    "DispatchMode",
    "IdentityStatus",
    "Kind",
    "Lead",
    "LeadStep",
    "LeadSubject",
    "Method",
    "OtherNumber",
    "State",
    "SubMethod",
    "SubjectKind",
]
