"""Which requirements of verification and publication hold for an item on a day."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from inspections.models import InspectionTerm
from povertyaudit.core.models import TermQuerySet

if TYPE_CHECKING:
    from datetime import date


class CheckRuleQuerySet(TermQuerySet):
    def for_item(self, item: Any, day: "date | None" = None) -> Self:
        """What is asked on the day (today) of an item of this source, class of problem and round. One query.

        An item keeps the class in words: every name the class ever had is taken for it.
        """
        classes = InspectionTerm.objects.named().filter(
            axis=InspectionTerm.Axis.PROBLEM_CLASS, name=item.problem_class
        )
        wanted = Q(axis="all") | Q(axis="source", key=item.source)
        wanted |= Q(axis="class", key__in=classes.values("code"))
        if item.finding is not None:
            wanted |= Q(axis="round", key=item.finding.round.public_id)
        return self.on(day).exclude(level="none").filter(wanted)
