"""Shape of what people type about rounds, their objects and findings."""

from inspections.forms.findings import FindingFactsForm, FindingForm, HandLeadsForm, LeadFormSet
from inspections.forms.objects import AssignForm, EnterForm, LeaveForm, ObjectsForm
from inspections.forms.rounds import FinishForm, LinkForm, RoundForm
from inspections.forms.teams import DecisionForm, MemberFormSet, RecusalForm, TeamForm

__all__ = [
    "AssignForm",
    "DecisionForm",
    "EnterForm",
    "FindingFactsForm",
    "FindingForm",
    "FinishForm",
    "HandLeadsForm",
    "LeadFormSet",
    "LeaveForm",
    "LinkForm",
    "MemberFormSet",
    "ObjectsForm",
    "RecusalForm",
    "RoundForm",
    "TeamForm",
]
