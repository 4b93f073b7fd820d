"""警示教育月: who has to hold a lesson in it, and who has held how many."""

from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from povertyaudit.activities.models import Activity, Group
from povertyaudit.core.models import Region, Unit, UnitKind
from povertyaudit.core.scope import region_under

KINDS = {"all": (UnitKind.TOWNSHIP, UnitKind.DEPARTMENT), "towns": (UnitKind.TOWNSHIP,)}


def lessons(month: Any) -> Any:
    """What counts: any lesson of which a day lies in the month."""
    return Activity.objects.held().filter(
        kind__group=Group.WARNING, starts_on__lte=month.last, ends_on__gte=month.first
    )


def owing(month: Any, county: Region | None = None) -> Any:
    """The units that have to: those that were there at its end."""
    rows: Any = Unit.objects.filter(kind__in=KINDS[month.who])
    there = Q(starts_on=None) | Q(starts_on__lte=month.last)
    rows = rows.filter(there, Q(ends_on=None) | Q(ends_on__gte=month.last))
    return rows.filter(region_under("region_id", county.code)) if county else rows


def lacking(county: Region, month: Any) -> list[Unit]:
    """Those that held none."""
    return list(
        owing(month, county).exclude(pk__in=lessons(month).values("unit")).order_by("region_id", "id")
    )


def counted(units: Any, month: Any) -> Any:
    """Units with `held` (场次), `times` and `persons`: figures of one lesson each, never added to each other."""
    mine = lessons(month).filter(unit=OuterRef("pk")).order_by().values("unit")

    def of(name: str) -> Any:
        return Coalesce(Subquery(mine.annotate(n=Sum(name)).values("n")), 0)

    rows = Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0)
    found = units.annotate(rows=rows, held=of("sessions"), times=of("times"), persons=of("persons"))
    return found.order_by(F("rows").asc(), "region_id", "id")


def owing_to(user: Any, month: Any, region_wide: frozenset[str]) -> Any:
    """Those of them this person may know of: of his region, of his township, his own."""
    wanted = Q(pk__in=())
    for post in user.current_posts():
        if post.role in region_wide or post.unit.kind == UnitKind.TOWNSHIP:
            wanted |= post.within("region_id")
        wanted |= Q(pk=post.unit_id)
    return owing(month).filter(wanted)
