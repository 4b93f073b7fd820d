"""Rounds of inspection, their teams, and what they found."""

from inspections.models.findings import Finding
from inspections.models.rounds import Round, TeamMember

__all__ = ["Finding", "Round", "TeamMember"]
