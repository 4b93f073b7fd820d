"""Shape of what people type about rounds and findings."""

from inspections.forms.findings import FindingForm
from inspections.forms.rounds import FinishForm, MemberFormSet, RoundForm

__all__ = ["FindingForm", "FinishForm", "MemberFormSet", "RoundForm"]
