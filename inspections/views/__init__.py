"""Pages of rounds and findings."""

from inspections.views.findings import FindingList, FindingPage
from inspections.views.rounds import FinishRound, NewRound, RecordFinding, RoundList, RoundPage, SetTeam

__all__ = [
    "FindingList",
    "FindingPage",
    "FinishRound",
    "NewRound",
    "RecordFinding",
    "RoundList",
    "RoundPage",
    "SetTeam",
]
