from povertyaudit.assessment.models.assessments import (
    Adjustment,
    Assessment,
    AssessmentState,
    Correction,
    ScoreLine,
    UnitSheet,
)
from povertyaudit.assessment.models.duties import DutyKind, DutyRule, DutyState, InspectionDuty
from povertyaudit.assessment.models.ladders import (
    Addressed,
    AssessmentMeasure,
    Joined,
    LadderRule,
    MeasureKind,
    MeasureState,
)
from povertyaudit.assessment.models.schemes import AssessmentScheme, Indicator, Judged, Way
from povertyaudit.assessment.models.scoring import Score, ScoreSheet, ScoreSheetState

__all__ = (
    "Addressed", "Adjustment", "Assessment", "AssessmentMeasure", "AssessmentScheme", "AssessmentState", "Correction",
    "DutyKind", "DutyRule", "DutyState", "Indicator", "InspectionDuty", "Joined", "Judged", "LadderRule", "MeasureKind",
    "MeasureState", "Score", "ScoreLine", "ScoreSheet", "ScoreSheetState", "UnitSheet", "Way",
)  # fmt: skip
