"""Pages of rounds, their objects and findings."""

from inspections.views.findings import AmendFinding, FindingAct, FindingList, FindingPage
from inspections.views.objects import (
    OBJECT_ACTS,
    AssignTeam,
    Drop,
    Enter,
    Leave,
    ObjectBulk,
    ObjectList,
    ObjectPage,
)
from inspections.views.rounds import (
    AddObjects,
    CloseRound,
    DecideRecusal,
    DeclareRecusal,
    FinishRound,
    HandLeads,
    LinkRound,
    NewRound,
    RecordFinding,
    RoundList,
    RoundPage,
    SetTeam,
)

__all__ = [
    "OBJECT_ACTS",
    "AddObjects",
    "AmendFinding",
    "AssignTeam",
    "CloseRound",
    "DecideRecusal",
    "DeclareRecusal",
    "Drop",
    "Enter",
    "FindingAct",
    "FindingList",
    "FindingPage",
    "FinishRound",
    "HandLeads",
    "Leave",
    "LinkRound",
    "NewRound",
    "ObjectBulk",
    "ObjectList",
    "ObjectPage",
    "RecordFinding",
    "RoundList",
    "RoundPage",
    "SetTeam",
]
