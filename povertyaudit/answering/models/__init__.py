"""Who answers for a place."""

from povertyaudit.answering.models.handovers import TermHandover
from povertyaudit.answering.models.letters import Letter, LetterState
from povertyaudit.answering.models.responsibilities import Responsibility, ResponsibilityState
from povertyaudit.answering.models.team_lists import TeamList, TeamListState
from povertyaudit.answering.models.terms import AnsweringRule, Capacity, Of

__all__ = [
    "AnsweringRule",
    "Capacity",
    "Letter",
    "LetterState",
    "Of",
    "Responsibility",
    "ResponsibilityState",
    "TeamList",
    "TeamListState",
    "TermHandover",
]
