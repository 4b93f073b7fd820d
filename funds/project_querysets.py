"""Reads of allocations and projects that have a name."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q

from povertyaudit.core.models import Role, UnitKind
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from povertyaudit.core.models import Post

REGION_WIDE = frozenset(
    {
        Role.FINANCE, Role.COUNTY_LEADER, Role.CASE_MANAGER, Role.SUPERVISION, Role.SECRETARY, Role.DEPUTY,
        Role.PATROL_OFFICE, Role.SERVICE,
    }
)  # fmt: skip
OWNERS = frozenset({Role.LIAISON, Role.UNIT_HEAD})
BY_UNIT = OWNERS | {Role.SECTOR}
DECIDERS = frozenset({Role.FINANCE, Role.COUNTY_LEADER})


class AllocationQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Those who read all money of the region, and the departments that ask for it."""
        if post.role in REGION_WIDE | {Role.SECTOR}:
            return [Reason(f"可查看{post.place}的资金下达文件", post.within("region_id"))]
        return []

    def open(self) -> Self:
        return self.filter(state="open")

    def with_left(self) -> Self:
        """Papers with money no project has been given yet."""
        return self.open().filter(assigned_fen__lt=F("amount_fen"))

    def idle(self, since: "date") -> Self:
        """Papers received on the day or before with money no project has been given yet."""
        return self.with_left().filter(received_on__lte=since)

    def for_list(self) -> Self:
        return self.annotate(unassigned_fen=F("amount_fen") - F("assigned_fen")).select_related(
            "fund_kind", "region"
        )


class ProjectQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Region-wide posts see their region; a unit what it builds or watches; a township what lies in it."""
        if post.role in REGION_WIDE:
            return [Reason(f"可查看{post.place}的全部项目", post.within("region_id"))]
        if post.role not in BY_UNIT:
            return []
        found = [Reason("您所在单位是项目实施单位", Q(responsible_unit=post.unit_id))]
        if post.role == Role.SECTOR:
            found.append(Reason("您所在单位是项目主管部门", Q(sector_unit=post.unit_id)))
        if post.role in OWNERS and post.unit.kind == UnitKind.TOWNSHIP:
            found.append(Reason("项目在您所在的乡镇", post.within("region_id")))
        return found

    def waiting_for(self, user: Any) -> Self:
        """Projects whose next step is this person's."""
        units, wanted = user.unit_ids, Q(pk__in=())
        if user.roles & DECIDERS:
            wanted |= Q(state="review")
        if Role.SECTOR in user.roles:
            wanted |= Q(sector_unit__in=units, state__in=("stored", "completed"))
        if user.roles & OWNERS:
            wanted |= Q(responsible_unit__in=units, state__in=("approved", "started", "accepted"))
        return self.filter(wanted)

    def standing(self) -> Self:
        """Projects that were not given up."""
        return self.exclude(state="cancelled")

    def not_started(self) -> Self:
        """Approved, and nothing has begun."""
        return self.filter(state__in=("approved", "stalled"))

    def for_list(self) -> Self:
        """With what the verbs ask of each row: `doubled`, `noticed`, `objected`."""
        doubles, notices, objections = (
            apps.get_model("funds", name)._default_manager.filter(**{path: OuterRef("pk")})
            for name, path in (
                ("ProjectDouble", "project"), ("ProjectNotice", "project"), ("ProjectObjection", "notice__project"),
            )
        )  # fmt: skip
        related = ("kind", "responsible_unit", "sector_unit", "region", "entered_by__person")
        return self.select_related(*related).annotate(
            doubled=Exists(doubles), noticed=Exists(notices.standing()), objected=Exists(objections.open())
        )


class LineQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("allocation__fund_kind", "project")


class ReportQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        """The latest first."""
        return self.select_related("reported_by__person").order_by("-reported_on")


class DoubleQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Suspected doubles nobody has answered for."""
        return self.filter(decision="")

    def for_list(self) -> Self:
        return self.select_related("other__region", "other__responsible_unit", "answered_by__person")


def seen_by(row: Any, posts: "Iterable[Post]") -> bool:
    """Whether one of the posts sees the project, as `ProjectQuerySet.reasons` says: also of one not saved yet."""
    return any(_sees(row, post) for post in posts)


def _sees(row: Any, post: "Post") -> bool:
    if post.role in REGION_WIDE:
        return post.covers(row.region_id)
    if post.role not in BY_UNIT:
        return False
    of_unit = row.responsible_unit_id == post.unit_id
    watched = post.role == Role.SECTOR and row.sector_unit_id == post.unit_id
    township = post.role in OWNERS and post.unit.kind == UnitKind.TOWNSHIP
    return of_unit or watched or (township and post.covers(row.region_id))
