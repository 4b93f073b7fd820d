"""Ledgers of assessments: the rounds, what each unit got, what came of it, and the inspections that are owed."""

from povertyaudit.assessment.models import Assessment, AssessmentMeasure, UnitSheet
from povertyaudit.assessment.models.duties import InspectionDuty
from povertyaudit.core.ledger import Column, common_columns
from povertyaudit.core.ledger_columns import of_fields

_OF_ASSESSMENT = (
    Column("assessment", "考核编号", "assessment__number"),
    Column("assessment_id", "考核标识", "assessment__public_id"),
)

ASSESSMENT_COLUMNS = (
    *common_columns(Assessment._meta.get_field("state").choices or ()),
    *of_fields(
        Assessment,
        "scheme period first_day last_day counted_on opened_by decided_by decided_reason signed_by signed_on published_on",
    ),
)
UNIT_SHEET_COLUMNS = (
    Column("id", "标识", "public_id"),
    Column("number", "编号"),
    Column("version", "版本"),
    Column("region", "区划代码", "region_id"),
    Column("region_name", "所属地区", "region__path_name"),
    Column("created_at", "登记时间"),
    Column("updated_at", "更新时间"),
    *_OF_ASSESSMENT,
    *of_fields(UnitSheet, "unit left_out left_reason total place task_missed"),
)
MEASURE_COLUMNS = (
    *common_columns(AssessmentMeasure._meta.get_field("state").choices or ()),
    *_OF_ASSESSMENT,
    *of_fields(
        AssessmentMeasure,
        "unit rule proposal addressed decided_kind decided_addressed decided_by decided_on reason outcome outcome_on",
    ),
)
DUTY_COLUMNS = (
    *common_columns(InspectionDuty._meta.get_field("state").choices or ()),
    *of_fields(InspectionDuty, "rule kind unit first_day last_day due_on paper done_by done_on"),
)
