"""Which projects count, and how far their money should be: what boards and assessments share."""

from datetime import date

from django.db.models import Q

APPROVED = Q(approved_on__isnull=False) & ~Q(state="cancelled")


def due_share(day: date) -> float:
    """序时进度 in per cent: the months that are over or running, of twelve."""
    return day.month * 100 / 12
