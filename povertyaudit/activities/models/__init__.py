"""What a unit held, decided, honoured and laid down."""

from povertyaudit.activities.models.activities import (
    MOST,
    MOST_SESSIONS,
    Activity,
    ActivityLevel,
    ActivityState,
)
from povertyaudit.activities.models.attendance import Attended, Category, Fulfilment, Participant, Presence
from povertyaudit.activities.models.commendations import Commendation, CommendationKind, CommendationState
from povertyaudit.activities.models.decisions import Decision, DecisionState
from povertyaudit.activities.models.regulations import Regulation, RegulationKind, RegulationState
from povertyaudit.activities.models.sheets import ActivitySheet, ActivitySheetLine, ActivitySheetState
from povertyaudit.activities.models.terms import ActivityKind, ActivityRule, Group, rule_words

__all__ = [
    "MOST",
    "MOST_SESSIONS",
    "Activity",
    "ActivityKind",
    "ActivityLevel",
    "ActivityRule",
    "ActivitySheet",
    "ActivityState",
    "Attended",
    "Category",
    "Commendation",
    "CommendationKind",
    "CommendationState",
    "Decision",
    "DecisionState",
    "Fulfilment",
    "Group",
    "Participant",
    "Presence",
    "Regulation",
    "RegulationKind",
    "RegulationState",
    "ActivitySheetLine",
    "ActivitySheetState",
    "rule_words",
]
