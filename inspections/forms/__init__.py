"""Shape of what people type about rounds, their objects and findings."""

from inspections.forms.campaigns import CampaignForm, PointsForm, TieForm, UntieForm
from inspections.forms.findings import FindingFactsForm, FindingForm, HandLeadsForm, LeadFormSet
from inspections.forms.objects import AssignForm, EnterForm, LeaveForm, ObjectsForm
from inspections.forms.pool import DrawForm, PoolForm, TakeOutForm
from inspections.forms.rounds import AmendRoundForm, FinishForm, JoinForm, LinkForm, PaperForm, RoundForm
from inspections.forms.teams import DecisionForm, MemberFormSet, RecusalForm, TeamForm

__all__ = [
    "AmendRoundForm",
    "AssignForm",
    "CampaignForm",
    "DecisionForm",
    "DrawForm",
    "EnterForm",
    "FindingFactsForm",
    "FindingForm",
    "FinishForm",
    "HandLeadsForm",
    "JoinForm",
    "LeadFormSet",
    "LeaveForm",
    "LinkForm",
    "MemberFormSet",
    "ObjectsForm",
    "PaperForm",
    "PointsForm",
    "PoolForm",
    "RecusalForm",
    "RoundForm",
    "TakeOutForm",
    "TeamForm",
    "TieForm",
    "UntieForm",
]
