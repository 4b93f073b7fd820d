"""Reads of look-backs. Until its result is told a plan is known to those who planned it, and a row to its checker."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Count, IntegerField, Q, When

from povertyaudit.core.models import Clock, Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, User

PLANNERS = frozenset({Role.PATROL_OFFICE, Role.SUPERVISION, Role.CASE_MANAGER})
LEADERS = frozenset({Role.DEPUTY, Role.SECRETARY})
CHECKERS = PLANNERS | LEADERS | {Role.PATROL_TEAM}
TOLD_TO = PLANNERS | LEADERS | {Role.SERVICE}
FINISHED, APPROVED, DRAFTED = "finished", "approved", "drafted"
OPEN = ("drawn", "assigned")
RELAPSES = ("relapsed", "reopened", "renewed")
RESULTS = ("confirmed", *RELAPSES)
# A relapse is known as soon as it is recorded, because the item is opened again; the rest at the end of the plan.
TOLD = Q(plan__state=FINISHED, state__in=RESULTS) | Q(state__in=RELAPSES)


def _planned(post: "Post", path: str = "") -> list[Reason]:
    """Who drafted, who approves, and the desk that carries it out."""
    if post.role not in PLANNERS | LEADERS:
        return []
    found = [
        Reason("回头看由您拟定", Q(**{f"{path}drafted_by": post.user_id})),
        Reason("回头看由您批准", Q(**{f"{path}approver": post.user_id})),
    ]
    if post.role in PLANNERS:
        found.append(Reason("回头看由您所在单位组织", Q(**{f"{path}desk_unit": post.unit_id})))
    return found


class LookBackQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Those who planned it; finished, also those in charge of the region. Units never."""
        found = _planned(post)
        if post.role in TOLD_TO:
            over = Q(state=FINISHED) & post.within("region_id")
            found.append(Reason(f"可查看{post.place}已办结的回头看", over))
        return found

    def waiting_for(self, user: "User") -> Self:
        """To approve; to finish because every row has come to its end."""
        wanted = Q(pk__in=())
        if user.roles & LEADERS:
            wanted |= Q(state=DRAFTED, approver=user.pk)
        if user.roles & PLANNERS:
            mine = Q(drafted_by=user.pk) | Q(desk_unit__in=user.unit_ids)
            left = self._checks().filter(state__in=(*OPEN, "relapsed")).values("plan")
            wanted |= mine & Q(state=APPROVED) & ~Q(pk__in=left)
        return self.filter(wanted)

    def _checks(self) -> Any:
        checks: Any = self.model._meta.get_field("checks").related_model
        return checks._base_manager.all()

    def for_list(self) -> Self:
        counted = {
            "checks_all": Count("checks"),
            "checks_done": Count(Case(When(checks__state__in=RESULTS, then=1), output_field=IntegerField())),
            "checks_relapsed": Count(
                Case(When(checks__state__in=RELAPSES, then=1), output_field=IntegerField())
            ),
        }
        return self.select_related(
            "region", "round", "campaign", "drafted_by__person", "approver__person", "desk_unit"
        ).annotate(**counted)

    def for_page(self) -> Self:
        return self.for_list().select_related("draw__drawn_by__person").prefetch_related("units__unit")


class LookBackCheckQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Those who planned it, its checker; told, also those in charge of the region. Units read the result on the item."""
        found = _planned(post, "plan__")
        if post.role in CHECKERS:
            at_work = ~Q(plan__state__in=(DRAFTED, "cancelled"))
            found.append(Reason("由您核查", at_work & Q(checker=post.user_id)))
        if post.role in TOLD_TO:
            found.append(Reason(f"可查看{post.place}已有结果的回头看", TOLD & post.within("region_id")))
        return found

    def told(self) -> Self:
        """Whose result is known to everybody who sees the item."""
        return self.filter(TOLD)

    def with_result(self) -> Self:
        return self.filter(state__in=RESULTS)

    def waiting_for(self, user: "User") -> Self:
        """To visit, to assign, or to follow up."""
        wanted = Q(state="assigned", checker=user.pk, plan__state=APPROVED)
        if user.roles & PLANNERS:
            mine = Q(plan__drafted_by=user.pk) | Q(plan__desk_unit__in=user.unit_ids)
            wanted |= mine & Q(state="drawn", plan__state=APPROVED)
        if user.roles & LEADERS:
            wanted |= Q(state="relapsed")
        return self.filter(wanted)

    def for_list(self) -> Self:
        """With `due_on`: by when the result is to be recorded."""
        rows = self.annotate(due_on=Clock.objects.all().next_due("rectification.lookbackcheck"))
        return rows.select_related(
            "plan__round", "plan__campaign", "plan__drafted_by", "region", "item", "recovery__misuse", "unit", "signer",
            "checker__person", "decided_by__person", "new_item",
        )  # fmt: skip


class LookBackPartQuerySet(ScopedQuerySet):
    """Rows below a plan or a check: seen exactly when it is."""
