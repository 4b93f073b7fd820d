"""Which step of the ladder holds for a place on a day: the nearest place first, then the latest."""

from collections.abc import Iterable
from datetime import date

from povertyaudit.core.models import LadderStep
from povertyaudit.core.models.ladder import LadderKind

ORDER = {kind: place for place, kind in enumerate(LadderKind.values)}


def in_force(on: date) -> list[LadderStep]:
    """The steps after the reminders, of every place: read once for a batch of matters."""
    return list(LadderStep.objects.escalations().in_force(on))


def of_place(steps: Iterable[LadderStep], code: str) -> list[LadderStep]:
    """The ladder of the place `code`, the mildest step first; a step the place does without is left out."""
    nearest: dict[str, LadderStep] = {}
    for step in steps:  # by date: of two for one place the later replaces the earlier
        known = nearest.get(step.step)
        if step.covers(code) and (known is None or step.nearness >= known.nearness):
            nearest[step.step] = step
    return sorted((one for one in nearest.values() if not one.unused), key=lambda one: ORDER[one.step])
