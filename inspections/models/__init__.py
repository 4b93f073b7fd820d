"""Rounds of inspection, what they look at, their teams, what they found, and the field work."""

from inspections.models.attendance import AttendanceMonth, VillagePerson, VisitCheck
from inspections.models.campaigns import Campaign, CampaignLead, CampaignPoint, Stage
from inspections.models.feedback import Feedback, FeedbackFinding
from inspections.models.finding_terms import InspectionTerm
from inspections.models.findings import Finding, HandedLead
from inspections.models.objects import RoundObject
from inspections.models.opinions import ImmediateNotice, Opinion
from inspections.models.papers import PaperStep, RoundPaper
from inspections.models.plans import PlanMember, PlanPlace, Sample, VisitPlan, VisitRule
from inspections.models.pool import Draw, DrawEntry, PoolPerson
from inspections.models.rectifying import PlanRow, RectificationPlan
from inspections.models.reviews import BodyOpinion, ReviewBody, ReviewRound, RoundBody
from inspections.models.rhythms import Cadence, RoundRhythm
from inspections.models.rounds import Round
from inspections.models.teams import RoundRecusal, Team, TeamMember
from inspections.models.visits import Visit
from inspections.models.worksheets import Worksheet, WorksheetSignature

__all__ = [
    "BodyOpinion",
    "Cadence",
    "Campaign",
    "CampaignLead",
    "CampaignPoint",
    "Draw",
    "DrawEntry",
    "Feedback",
    "FeedbackFinding",
    "Finding",
    "HandedLead",
    "ImmediateNotice",
    "InspectionTerm",
    "Opinion",
    "PaperStep",
    "PlanRow",
    "PoolPerson",
    "RectificationPlan",
    "ReviewBody",
    "ReviewRound",
    "AttendanceMonth",
    "PlanMember",
    "PlanPlace",
    "Round",
    "RoundBody",
    "RoundObject",
    "RoundPaper",
    "RoundRecusal",
    "RoundRhythm",
    "Sample",
    "Stage",
    "Team",
    "TeamMember",
    "VillagePerson",
    "Visit",
    "VisitCheck",
    "VisitPlan",
    "VisitRule",
    "Worksheet",
    "WorksheetSignature",
]
