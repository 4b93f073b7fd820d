"""Who sees calls and digests, and the reads that have a name."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q

from cases.roles import LEADERS
from povertyaudit.core.models import Clock, Role
from povertyaudit.core.models.terms import TermQuerySet
from povertyaudit.core.scope import Reason, ScopedQuerySet, root_model

if TYPE_CHECKING:
    from datetime import datetime

    from povertyaudit.core.models import Post, User

LABEL = "cases.hotlinecall"
# Who deals with a call that was handed on: units that answer for something, and rooms of the discipline body.
WORKERS = frozenset(
    {Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR, Role.SUPERVISION, Role.INVESTIGATION, Role.CASE_MANAGER}
)


class CallCategoryQuerySet(TermQuerySet):
    def of_axis(self, axis: str) -> Self:
        return self.filter(axis=axis)


class CallQuerySet(ScopedQuerySet):
    """The desk sees what it registered, leaders their region, a unit what was handed to it until that became a lead:
    it may be the very unit complained of."""

    def reasons(self, post: "Post") -> list[Reason]:
        if post.role == Role.PETITION:
            return [Reason("来电由您所在单位登记", Q(registering_unit=post.unit_id))]
        if post.role in LEADERS:
            return [Reason(f"可查看{post.place}的专线来电", post.within("region_id"))]
        if post.role in WORKERS:
            return [Reason("来电交您所在单位办理", Q(unit=post.unit_id, lead=None))]
        return []

    def unanswered(self) -> Self:
        """件件有回音: calls whose caller was told nothing yet."""
        return self.filter(answered_on=None)

    def waiting_for(self, user: "User") -> Self:
        """Calls whose next step is this user's, by post."""
        wanted = Q(pk__in=())
        for post in user.current_posts():
            if post.role == Role.PETITION:
                states = ("registered", "replied", "lead", "answered")
                wanted |= Q(registering_unit=post.unit_id, state__in=states)
            elif post.role in WORKERS:
                wanted |= Q(unit=post.unit_id, state__in=("transferred", "in_hand"))
        return self.filter(wanted)

    def overdue(self, today: Any) -> Self:
        return self.filter(pk__in=Clock.objects.all().targets(LABEL, due_on__lt=today))

    def undigested(self, until: "datetime") -> Self:
        """Calls registered by then that stand in no digest yet."""
        lines = apps.get_model("cases", "DigestLine")._base_manager.filter(call=OuterRef("pk"))
        return self.filter(~Exists(lines), created_at__lte=until)

    def with_due(self) -> Self:
        return self.annotate(due_on=Clock.objects.all().next_due(LABEL))

    def in_order_of(self, path: str) -> Any:
        return (Clock.objects.all().first_of_each(LABEL), "target_id") if path == "due_on" else None

    def for_list(self) -> Self:
        """With everything a list, its `actions` and the API show: no query per row."""
        return self.select_related(
            "region", "category", "registering_unit", "unit", "lead", "registered_by__person",
            "signed_for_by__person", "answered_by__person", "digest_line__digest",
        ).with_due()  # fmt: skip


class DigestQuerySet(ScopedQuerySet):
    """The desk that made it, the leaders it is for, and the rooms a leader has told to answer."""

    def reasons(self, post: "Post") -> list[Reason]:
        if post.role == Role.PETITION:
            return [Reason("快报由您所在单位汇编", Q(desk_unit=post.unit_id))]
        if post.role in LEADERS:
            return [Reason(f"快报呈送{post.place}的领导", post.within("region_id"))]
        if post.role in WORKERS:
            told = _told_to([post.unit_id]).values("digest")
            return [Reason("快报上的批示由您所在部门落实", Q(pk__in=told))]
        return []

    def whole_to(self, user: Any) -> Self:
        """For the desk and the leaders; a room that was told to answer reads parts (`DigestPartQuerySet`)."""
        posts = [post for post in user.current_posts() if post.role not in WORKERS]
        whole = [reason.rows for post in posts for reason in self.reasons(post)]
        return self.visible_to(user).filter(reduce(or_, whole, Q(pk__in=())))

    def open(self) -> Self:
        """With an instruction nobody has answered."""
        return self.filter(state="instructed")

    def waiting_for(self, user: "User") -> Self:
        """For leaders: not yet instructed on in their time; for rooms: an instruction of theirs is open."""
        open_ = apps.get_model("cases", "Instruction")._base_manager.filter(answered_on=None)
        return self.filter(pk__in=open_.filter(unit__in=user.unit_ids).values("digest"))

    def for_list(self) -> Self:
        return self.select_related("region", "desk_unit").annotate(
            due_on=Clock.objects.all().next_due("cases.calldigest")
        )

    def in_order_of(self, path: str) -> Any:
        first = Clock.objects.all().first_of_each("cases.calldigest")
        return (first, "target_id") if path == "due_on" else None

    def parts_for(self, user: "User") -> Self:
        """With the calls and instructions the user may read."""
        lines, instructions = (
            apps.get_model("cases", name).objects for name in ("DigestLine", "Instruction")
        )
        calls = ("call__category", "call__region", "call__unit")
        told = ("leader__person", "unit", "call", "answered_by__person")
        return self.prefetch_related(
            Prefetch("lines", lines.visible_to(user).select_related(*calls)),
            Prefetch("instructions", instructions.visible_to(user).select_related(*told)),
        )


def _told_to(units: Any) -> Any:
    return apps.get_model("cases", "Instruction")._base_manager.filter(unit__in=units)


class DigestPartQuerySet(ScopedQuerySet):
    """Lines and instructions. A room reads those of the calls it was told to answer for; all, if told for the whole."""

    def visible_to(self, user: Any) -> Self:
        seen = super().visible_to(user)
        if not getattr(user, "is_authenticated", False):
            return seen
        told, whole = _told_to(user.unit_ids), root_model(self.model)._default_manager.whole_to(user)
        return seen.filter(
            Q(digest__in=whole)
            | Q(digest__in=told.filter(call=None).values("digest"))
            | Q(call__in=told.filter(call__isnull=False).values("call"))
        )
