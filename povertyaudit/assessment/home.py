"""What assessments hand to the rail, the home page and the search."""

from typing import Any

from povertyaudit.assessment.models import Assessment, ScoreSheet
from povertyaudit.assessment.roles import JUDGED, LEADERS, ORGANISERS, OVERSEERS, READERS, SCORERS
from povertyaudit.assessment.workflow.assessments import ASSESSMENT
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind

RAIL = RailEntry("assessments", "考核", "/assessments/", OVERSEERS | READERS | JUDGED)
SHEETS_RAIL = RailEntry("unit_sheets", "单位得分表", "/unit-sheets/", OVERSEERS | READERS | JUDGED)
SCORES_RAIL = RailEntry("score_sheets", "考核评分", "/score-sheets/", SCORERS)


def to_score(user: Any) -> Section | None:
    """待我评分: what the offices of the user owe, the first due first."""
    if not user.roles & SCORERS:
        return None
    rows = ScoreSheet.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "due_on")
    if not found:
        return None
    entries = [Entry.of(row, what="评分", clock=row.due_on) for row in found]
    return Section("待我评分的考核", "/score-sheets/?tab=mine", entries, counted(rows))


def waiting(user: Any) -> Section | None:
    """待我办理的考核: to sign, to publish."""
    if not user.roles & (LEADERS | ORGANISERS):
        return None
    rows = Assessment.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "last_day")
    if not found:
        return None
    entries = [Entry.of(row, what=_next(row, user)) for row in found]
    return Section("待我办理的考核", "/assessments/?tab=mine", entries, counted(rows))


def _next(row: Any, user: Any) -> str:
    offered = ASSESSMENT.offered(row, user)
    return offered[0].label if offered else "查看"


FOUND = Kind(Assessment, ("number",), {"scheme": ("name",)}, joins=("scheme",))
