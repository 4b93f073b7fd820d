from povertyaudit.assessment.models.assessments import (
    Adjustment,
    Assessment,
    AssessmentState,
    Correction,
    ScoreLine,
    UnitSheet,
)
from povertyaudit.assessment.models.schemes import AssessmentScheme, Indicator, Judged, Way
from povertyaudit.assessment.models.scoring import Score, ScoreSheet, ScoreSheetState

__all__ = (
    "Adjustment", "Assessment", "AssessmentScheme", "AssessmentState", "Correction", "Indicator", "Judged", "Score",
    "ScoreLine", "ScoreSheet", "ScoreSheetState", "UnitSheet", "Way",
)  # fmt: skip
