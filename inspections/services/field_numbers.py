"""Numbers of what was secret, given when it is over: a gap in the register would tell of it before."""

from typing import Any

from django.db.models import Q

from inspections.models import Round, Visit, VisitPlan, Worksheet
from inspections.services.attendance import note_absences
from povertyaudit.core import numbering, rows
from povertyaudit.core.models import User


def number_all(round_: Round, *, by: User) -> None:
    """保密轮次结束后编号: plans that were over before the round was, and visits. Call in the verb that finishes it."""
    over = VisitPlan.State.FINISHED
    _number(round_.plans.filter(state=over, number=None), "visit_plan", "visitplan.number", by)
    free = Q(plan=None) | Q(plan__state=over)
    _known(round_.visits.filter(free, number=None), by)
    _number(round_.worksheets.filter(free, number=None), "worksheet", "worksheet.number", by)


def number_of_plan(plan: VisitPlan, *, by: User) -> None:
    """走访计划结束后编号: its visits and worksheets. Call in the verb that finishes it, when it has its own number."""
    _known(Visit.objects.filter(plan=plan, number=None), by)
    _number(Worksheet.objects.filter(plan=plan, number=None), "worksheet", "worksheet.number", by)


def _known(found: Any, by: User) -> None:
    """Visits: numbered, and whom they found absent is no secret any more."""
    visits = list(found)
    _number(found, "visit", "visit.number", by)
    note_absences(visits)


def _number(found: Any, scheme: str, verb: str, by: User) -> None:
    for row in found.select_related("region").order_by("pk"):
        rows.change(row, verb=verb, by=by, changes={"number": numbering.take(scheme, row.region)})
