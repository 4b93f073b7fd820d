"""What measures hand to the rail, the home page and the search."""

from typing import Any

from povertyaudit.assessment.models import AssessmentMeasure
from povertyaudit.assessment.roles import LEADERS, ORGANISERS, OVERSEERS, READERS
from povertyaudit.assessment.workflow.ladders import ASSESSMENT_MEASURE
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

UNITS = frozenset({Role.UNIT_HEAD, Role.LIAISON})
RAIL = RailEntry("assessment_measures", "考核结果运用", "/assessment-measures/", OVERSEERS | READERS | UNITS)


def waiting(user: Any) -> Section | None:
    """待我办理的考核结果运用: to decide, to record what came of it."""
    if not user.roles & (LEADERS | ORGANISERS):
        return None
    rows = AssessmentMeasure.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "number")
    if not found:
        return None
    entries = [Entry.of(row, what=_next(row, user)) for row in found]
    return Section("待我办理的考核结果运用", "/assessment-measures/?tab=mine", entries, counted(rows))


def _next(row: Any, user: Any) -> str:
    offered = ASSESSMENT_MEASURE.offered(row, user)
    return "作出决定" if row.state == "proposed" else offered[0].label if offered else "查看"


FOUND = Kind(AssessmentMeasure, ("number",), {"unit": ("name",)}, joins=("unit", "rule"))
