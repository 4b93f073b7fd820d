"""Who sees the monthly sheets of villages, and the reads of them that have a name."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Exists, OuterRef, Q

from funds.project_querysets import OWNERS, REGION_WIDE
from povertyaudit.core.models import Role, UnitKind
from povertyaudit.core.scope import Reason, ScopedQuerySet, region_under

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, User

LOCAL = frozenset({UnitKind.TOWNSHIP, UnitKind.VILLAGE})
TO_FILL = ("open", "returned")
HANDED_IN = ("submitted", "checked")
HEADS = frozenset(
    {Role.UNIT_HEAD, Role.DEPUTY, Role.SECRETARY}
)  # of the township, of its discipline committee


def fills_in(post: "Post") -> bool:
    """A post of a township or a village that answers for what is published there."""
    return post.role in OWNERS and post.unit.kind in LOCAL


def checks(post: "Post") -> bool:
    """The head of a township, or the discipline committee of one."""
    kinds = {UnitKind.TOWNSHIP} if post.role == Role.UNIT_HEAD else {UnitKind.COMMISSION}
    return post.role in HEADS and post.unit.kind in kinds and len(post.region.prefix) == TOWN_DIGITS


TOWN_DIGITS = 9


def of_villages(post: "Post", what: str, also: Q | None = None) -> list[Reason]:
    """Rows of villages: for those who oversee the region, and for the township or village itself (and `also` those)."""
    if post.role in REGION_WIDE:
        return [Reason(f"可查看{post.place}的全部{what}", post.within("region_id"))]
    if fills_in(post):
        here = post.within("region_id")
        return [Reason(f"可查看{post.place}的{what}", here if also is None else here | also)]
    return []


class LocalDutyQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """A village reads what its township asks of all its villages, too."""
        town = post.region_id[:TOWN_DIGITS].ljust(12, "0")
        return of_villages(post, "自选公开事项", Q(region_id=town))

    def standing(self) -> Self:
        return self.filter(state="standing")

    def in_month(self, month: date) -> Self:
        """Those asked for in the month (its first day)."""
        return self.filter(Q(to_month=None) | Q(to_month__gte=month), from_month__lte=month)

    def for_list(self) -> Self:
        return self.select_related("region", "entered_by__person")


class VillageSheetQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        return of_villages(post, "村务公开清单")

    def to_fill(self) -> Self:
        return self.filter(state__in=TO_FILL)

    def missed(self, today: date) -> Self:
        """逾期未报: past the day and not handed in."""
        return self.to_fill().filter(due_on__lt=today)

    def complete(self) -> Self:
        """报齐: handed in, nothing left unpublished."""
        return self.filter(state__in=HANDED_IN, gaps=0)

    def gapped(self) -> Self:
        """Handed in, and something is not published."""
        return self.filter(state__in=HANDED_IN, gaps__gt=0)

    def lacking(self, today: date) -> Self:
        """缺报: missed, or handed in with something unpublished."""
        late = Q(state__in=TO_FILL, due_on__lt=today)
        return self.filter(late | Q(state__in=HANDED_IN, gaps__gt=0))

    def running(self, today: date) -> Self:
        """缺报 with no complete month of the village since."""
        later: Any = self.model._base_manager.filter(region=OuterRef("region"), month__gt=OuterRef("month"))
        complete = Exists(later.filter(state__in=HANDED_IN, gaps=0))
        return self.lacking(today).filter(~complete)

    def runs(self, today: date, least: int) -> Self:
        """With `run`, how many months in a row: one row a village, of those that lack `least` or more."""
        rows: Any = self.running(today).order_by().values("region_id")
        found: Self = rows.annotate(run=Count("pk")).filter(run__gte=least)
        return found

    def last_of_runs(self, today: date, least: int) -> Self:
        """Of each village that lacks so many months in a row the latest of them."""
        everything: Any = self.model._default_manager.all()
        long = everything.runs(today, least).values("region_id")
        later = everything.running(today).filter(region=OuterRef("region"), month__gt=OuterRef("month"))
        return self.running(today).filter(~Exists(later), region_id__in=long)

    def waiting_for(self, user: "User", today: date) -> Self:
        """What this person fills in (of months that are over, or sent back) or checks."""
        wanted, this_month = Q(pk__in=()), today.replace(day=1)
        for post in user.current_posts():
            here = region_under("region_id", post.region_id)
            if fills_in(post):
                wanted |= here & (Q(state="returned") | Q(state="open", month__lt=this_month))
            if checks(post):
                apart = ~Q(submitted_by__person=user.person_id) & ~Q(filled_by__person=user.person_id)
                wanted |= here & Q(state="submitted") & apart
        return self.filter(wanted)

    def for_list(self) -> Self:
        return self.select_related(
            "region", "unit", "filled_by__person", "submitted_by__person", "checked_by__person"
        )

    def for_page(self) -> Self:
        return self.for_list().prefetch_related("lines__photo")
