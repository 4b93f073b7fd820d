"""核查期限: from the approval of the plan to the result of each row, by the dated rule of the place.

Whoever is reminded sees the row anyway: its checker, then who drafted the plan, then who approved it; never a unit.
"""

from collections.abc import Iterable
from typing import Any

from povertyaudit.core import clocks, moment
from povertyaudit.core.clock_batches import ClockBatch
from povertyaudit.core.models import Clock
from rectification.models import LookBack, LookBackCheck

CLOCK = "lookback.check"


def start(plan: LookBack, checks: Iterable[LookBackCheck]) -> None:
    """All rows of a plan that was approved just now; a handful of queries."""
    batch, day = ClockBatch(CLOCK), moment.today()
    named = {"head_user_id": plan.drafted_by_id, "leader_user_id": plan.approver_id}
    batch.start(
        (row, batch.of(row.region_id, day), {**named, "owner_user_id": row.checker_id}) for row in checks
    )


def name(check: LookBackCheck, checker: Any) -> None:
    """Another checker, or nobody for now."""
    clocks.address(check, CLOCK, owner_user=checker)


def stop(check: LookBackCheck, verb: str) -> None:
    clocks.stop(check, CLOCK, check.visited_on or moment.today(), verb)


def stop_all(plan: LookBack, verb: str) -> None:
    """The plan was cancelled."""
    for row in plan.checks.filter(pk__in=_running()).order_by("pk"):
        stop(row, verb)


def _running() -> Any:
    label = LookBackCheck._meta.label_lower
    return Clock.objects.open().filter(target_label=label).values("target_id")
