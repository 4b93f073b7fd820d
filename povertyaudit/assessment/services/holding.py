"""Whoever writes below an assessment takes its lock first: nothing changes under the hands of who signs."""

from typing import Any

from povertyaudit.assessment.models import Assessment


def hold(row: Any) -> None:
    """Lock the assessment of a sheet. Call inside a transaction, before the sheet itself is locked."""
    Assessment.objects.select_for_update(of=("self",)).get(pk=row.assessment_id)
