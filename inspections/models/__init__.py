"""Rounds of inspection, what they look at, their teams, and what they found."""

from inspections.models.findings import Finding
from inspections.models.objects import RoundObject
from inspections.models.rounds import Round
from inspections.models.teams import RoundRecusal, Team, TeamMember

__all__ = [
    "Finding",
    "Round",
    "RoundObject",
    "RoundRecusal",
    "Team",
    "TeamMember",
]
