"""Which feedback forms, plans and reports a post may see: as the round, as the recipient, as a body of the review."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Count, Prefetch, Q

from inspections.opinion_querysets import OF_UNITS, sent_to
from inspections.querysets import NEVER_NAMED, ways
from povertyaudit.core.models import Clock, Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date

    from povertyaudit.core.models import Post

# Who speaks for a unit in joint review, and therefore sees what is put before it.
REVIEWERS = frozenset(Role) - NEVER_NAMED - {Role.PETITION, Role.COUNTY_LEADER, Role.LIAISON, Role.UNIT_HEAD}


class FeedbackQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        found = ways(post, "round__", "反馈表所在的轮次", "轮次的反馈表")
        return found + sent_to(post, "反馈表发给您所在单位", Q(head_on__isnull=False))

    def for_list(self) -> Self:
        rows = self.select_related(
            "round__region", "unit", "region", "drafted_by__person", "signed_by__person"
        )
        return rows.prefetch_related("round__members").annotate(
            problems=Count("rows"), due_on=Clock.objects.all().next_due("inspections.feedback")
        )

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.exclude(state="withdrawn")

    def unsigned(self) -> Self:
        """Begun and not signed for."""
        return self.standing().exclude(state="signed")


class PlanQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        found = ways(post, "round__", "整改方案所在的轮次", "轮次的整改方案")
        if post.role in OF_UNITS:
            found.append(Reason("由您所在单位整改", Q(unit=post.unit_id)))
        if post.role in REVIEWERS:
            bodies = apps.get_model("inspections", "ReviewBody").objects.filter(unit_id=post.unit_id)
            found.append(Reason("您所在单位参加联审", Q(pk__in=bodies.values("review__plan_id"))))
        return found

    def for_list(self) -> Self:
        rows = self.select_related("feedback", "round__region", "round__ordered_by", "unit", "region")
        return rows.annotate(
            problems=Count("rows"), due_on=Clock.objects.all().next_due("inspections.rectificationplan")
        ).prefetch_related(
            "round__members",
            Prefetch("reviews", apps.get_model("inspections", "ReviewRound").objects.order_by("ordinal")),
            Prefetch(
                "reviews__bodies",
                apps.get_model("inspections", "ReviewBody").objects.select_related("body", "unit"),
            ),
        )

    def waiting_for_unit(self) -> Self:
        """What its unit must still write or mend."""
        return self.filter(state__in=("drafting", "returned"))

    def waiting_for_review(self, user: Any) -> Self:
        """What a unit of this person has not given its opinion on."""
        bodies = apps.get_model("inspections", "ReviewBody").objects
        mine = bodies.filter(unit_id__in=user.unit_ids, given_on=None, review__state="open")
        return self.filter(pk__in=mine.values("review__plan_id"))

    def overdue(self, today: "date") -> Self:
        return self.filter(
            pk__in=Clock.objects.all().targets("inspections.rectificationplan", due_on__lt=today)
        )
