"""Which batches, hand-overs and meetings a post may see: the registry's own books."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from cases.querysets import ENDED
from cases.roles import WHOLE_REGION
from povertyaudit.core.models import OFFICERS, Clock, Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date

    from povertyaudit.core.models import Post, User

LEADING = WHOLE_REGION | {Role.DEPUTY}
NO_OWNERS = OFFICERS | {Role.COUNTY_LEADER, Role.PATROL_TEAM}
DESKS = WHOLE_REGION | {Role.PETITION}


# Whose people report for a department that belongs to the joint meeting.
REPORTING = frozenset({Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR, Role.FINANCE})


class PartnerReportQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        if post.role in LEADING:
            return [Reason(f"可查看{post.place}的部门报送", post.within("region_id"))]
        return [Reason("由您所在单位报送", Q(unit=post.unit_id))] if post.role in REPORTING else []

    def for_list(self) -> Self:
        return self.select_related("region", "body", "unit", "reported_by__person")


class BatchQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """The registry and the desk that registers what superiors send."""
        if post.role in DESKS:
            return [Reason(f"可查看{post.place}的交办批次", post.within("region_id"))]
        return []

    def open(self) -> Self:
        return self.filter(state="open")

    def for_list(self) -> Self:
        return self.select_related("region", "received_by__person").annotate(
            due_on=Clock.objects.all().next_due("cases.batch")
        )

    def with_figures(self, user: "User") -> Self:
        """Annotates how many of its leads this user sees: `registered`, of them `unfinished`."""
        leads = apps.get_model("cases", "Lead")._default_manager.visible_to(user)
        return self.annotate(registered=_number(leads), unfinished=_number(leads.exclude(state__in=ENDED)))


class HandoverQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        if post.role in WHOLE_REGION:
            return [Reason(f"可查看{post.place}的线索移送", post.within("region_id"))]
        from_rounds = Q(direction="in", body__code="inspection")
        if post.role == Role.PATROL_OFFICE:
            return [Reason(f"可查看{post.place}由巡察移交的线索", from_rounds & post.within("region_id"))]
        if post.role in NO_OWNERS and post.role != Role.PATROL_TEAM:
            return []
        return [Reason("线索由您移送", from_rounds & Q(handed_by=post.user_id))]

    def for_list(self) -> Self:
        return self.select_related("region", "body", "unit", "handed_by__person").annotate(
            due_on=Clock.objects.all().next_due("cases.handover"), leads=Count("rows")
        )

    def under_way(self) -> Self:
        return self.filter(state__in=("sent", "acknowledged"))

    def overdue(self, today: "date") -> Self:
        return self.filter(pk__in=Clock.objects.all().targets("cases.handover", due_on__lt=today))


class HandoverRowQuerySet(ScopedQuerySet):
    """Seen as their hand-over is."""

    def for_list(self, user: "User") -> Self:
        """With their leads, as far as this user may know of them: a lead out of sight is simply not there."""
        leads = apps.get_model("cases", "Lead")._default_manager.visible_to(user)
        rows = self.select_related("handover__body", "handover__unit", "handover__region", "region")
        return rows.prefetch_related(Prefetch("lead", leads))

    def tally(self) -> dict[str, dict[str, dict[str, int]]]:
        """Code of the body → direction → standing → how many rows. One question."""
        found: dict[str, dict[str, dict[str, int]]] = {}
        grouped = self.order_by().values_list("handover__body__code", "handover__direction", "standing")
        for code, direction, standing, number in grouped.annotate(n=Count("pk")):
            found.setdefault(code, {}).setdefault(direction, {})[standing] = number
        return found


class MeetingQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        if post.role in LEADING:
            return [Reason(f"可查看{post.place}的联席会议", post.within("region_id"))]
        return []

    def for_list(self) -> Self:
        return self.select_related("region", "recorded_by__person").annotate(
            total=Count("resolutions"), unfinished=Count("resolutions", filter=Q(resolutions__state="open"))
        )


class ResolutionQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """The registry and the leaders; the responsible unit its own, without the meeting."""
        if post.role in LEADING:
            return [Reason(f"可查看{post.place}的会议议定事项", post.within("region_id"))]
        if post.role in NO_OWNERS:
            return []
        return [Reason("您所在单位是责任单位", Q(unit=post.unit_id))]

    def open(self) -> Self:
        return self.filter(state="open")

    def for_list(self) -> Self:
        rows = self.select_related("region", "meeting", "unit", "person__person", "done_by__person")
        return rows.annotate(due_on=Clock.objects.all().next_due("cases.resolution"))


def _number(leads: Any) -> Coalesce:
    mine = leads.filter(batch=OuterRef("pk")).order_by().values("batch").annotate(n=Count("pk"))
    return Coalesce(Subquery(mine.values("n")), Value(0))
