"""Rounds of inspection, what they look at, their teams, and what they found."""

from inspections.models.feedback import Feedback, FeedbackFinding
from inspections.models.finding_terms import InspectionTerm
from inspections.models.findings import Finding, HandedLead
from inspections.models.objects import RoundObject
from inspections.models.opinions import ImmediateNotice, Opinion
from inspections.models.papers import PaperStep, RoundPaper
from inspections.models.rectifying import PlanRow, RectificationPlan
from inspections.models.reviews import BodyOpinion, ReviewBody, ReviewRound, RoundBody
from inspections.models.rounds import Round
from inspections.models.teams import RoundRecusal, Team, TeamMember

__all__ = [
    "BodyOpinion",
    "Feedback",
    "FeedbackFinding",
    "Finding",
    "HandedLead",
    "ImmediateNotice",
    "InspectionTerm",
    "Opinion",
    "PaperStep",
    "PlanRow",
    "RectificationPlan",
    "ReviewBody",
    "ReviewRound",
    "Round",
    "RoundBody",
    "RoundObject",
    "RoundPaper",
    "RoundRecusal",
    "Team",
    "TeamMember",
]
