"""Which kinds of evidence an item needs on a day."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, Q

from inspections.models import InspectionTerm
from povertyaudit.core.models import TermQuerySet

if TYPE_CHECKING:
    from datetime import date


class EvidenceNeedQuerySet(TermQuerySet):
    def for_item(self, item: Any, day: "date | None" = None) -> Self:
        """What the list of the day (today) asks of an item of this source, class of problem and misused money.

        An item keeps the class in words: every name the class ever had is taken for it. One query.
        """
        classes = InspectionTerm.objects.named().filter(
            axis=InspectionTerm.Axis.PROBLEM_CLASS, name=item.problem_class
        )
        money = item.misuse_links.all()
        money = item.misuse_links.order_by()
        wanted = Q(axis="all") | Q(axis="source", key=item.source)
        wanted |= Q(axis="class", key__in=classes.values("code"))
        wanted |= Q(Exists(money), axis="misuse", key="")
        wanted |= Q(axis="misuse", key__in=money.values("misuse__kind__code"))
        return self.on(day).exclude(level="none").filter(wanted)
