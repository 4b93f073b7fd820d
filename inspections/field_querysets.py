"""Reads of field work: plans of visits, visits, worksheets. A plan is known only to those named on it until it is over."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Count, F, Prefetch, Q
from django.db.models.functions import Coalesce

from inspections.querysets import NEVER_NAMED, REGION_WIDE, ways
from povertyaudit.core.models import TermQuerySet
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, User

OVER = "finished"


def not_in_secret_round(path: str = "") -> Q:
    """Rows of no round, or of one that keeps nothing secret now."""
    apart = Q(**{f"{path}round": None}) | Q(**{f"{path}round__secret": False})
    return apart | Q(**{f"{path}round__finished_on__isnull": False})


def plan_ways(post: "Post", path: str = "") -> list[Reason]:
    """Who sees a plan: who ordered it, who approves it, its team; finished, also those in charge and those of its round.

    `path` leads to the plan from rows that are seen when it is, e.g. "plan__".
    """
    what, open_ones = ("所属的走访计划", "走访计划的记录") if path else ("走访计划", "走访计划")
    over = Q(**{f"{path}state": OVER})
    found = []
    if post.role not in NEVER_NAMED:
        teams = apps.get_model("inspections", "PlanMember").objects.filter(user_id=post.user_id)
        found = [
            Reason(f"{what}由您部署", Q(**{f"{path}ordered_by": post.user_id})),
            Reason(f"{what}由您批准", Q(**{f"{path}approver": post.user_id})),
            Reason(f"您是{what}的走访人员", Q(**{f"{path}pk__in": teams.values("plan_id")})),
        ]
    rounds = [reason for reason in ways(post, f"{path}round__") if "不保密" not in reason.words]
    found += [Reason(f"{what}已结束，{reason.words}", over & reason.rows) for reason in rounds]
    if post.role in REGION_WIDE:
        here = over & not_in_secret_round(path) & post.within(f"{path}region_id")
        found.append(Reason(f"可查看{post.place}已结束的{open_ones}", here))
    return found


class VisitRuleQuerySet(TermQuerySet):
    pass


class VisitPlanQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        return plan_ways(post)

    def open(self) -> Self:
        """Plans neither finished nor cancelled."""
        return self.exclude(state__in=(OVER, "cancelled"))

    def counted(self) -> Self:
        """Plans that statistics may count: over, and in no round that is still secret."""
        return self.filter(not_in_secret_round(), state=OVER)

    def for_list(self) -> Self:
        members = apps.get_model("inspections", "PlanMember").objects.select_related("user__person")
        rows = self.select_related(
            "region", "ordered_by__person", "approver__person", "round"
        ).prefetch_related(Prefetch("members", members.order_by("role", "pk")))
        return rows.annotate(place_count=Count("places", distinct=True))

    def for_page(self) -> Self:
        places = apps.get_model("inspections", "PlanPlace").objects.select_related("region")
        return self.for_list().prefetch_related(
            Prefetch("places", places.order_by("region_id")), "samples__drawn_by__person"
        )


class VisitQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Visits of a plan are seen as the plan is, of a round as the round; by itself a visit belongs to its region."""
        found = [] if post.role in NEVER_NAMED else [Reason("由您登记", Q(recorded_by=post.user_id))]
        found += [Reason(one.words, Q(plan__isnull=False) & one.rows) for one in plan_ways(post, "plan__")]
        found += [
            Reason(one.words, Q(plan=None) & one.rows)
            for one in ways(post, "round__", "走访所在的轮次", "轮次的走访记录")
        ]
        if post.role in REGION_WIDE:
            alone = Q(plan=None, round=None) & post.within("region_id")
            found.append(Reason(f"可查看{post.place}的走访记录", alone))
        return found

    def counted(self) -> Self:
        """Visits that statistics may count: neither withdrawn nor under something that is secret now."""
        over = Q(plan=None) | Q(plan__state=OVER)
        return self.filter(over & not_in_secret_round()).exclude(state="withdrawn")

    def for_list(self) -> Self:
        return self.select_related(
            "region", "plan__round", "round", "object", "recorded_by__person"
        ).prefetch_related("checks__person")


# As `workflow.worksheets.still_counts` says of one: the round goes on, or the plan alone was hidden until its end.
STILL_COUNT = (
    Q(round=None)
    | Q(round__finished_on=None)
    | Q(plan__isnull=False)
    & (
        Q(plan__finished_on=None)
        | Q(plan__finished_on__gte=Coalesce(F("round__closed_on"), F("round__finished_on")))
    )
)


class WorksheetQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Worksheets are seen as their plan is, else as their round."""
        found = [Reason(one.words, Q(plan__isnull=False) & one.rows) for one in plan_ways(post, "plan__")]
        return [
            *found,
            *(
                Reason(one.words, Q(plan=None) & one.rows)
                for one in ways(post, "round__", "底稿所在的轮次", "轮次的问题底稿")
            ),
        ]

    def unsigned_by(self, user: "User") -> Self:
        """Open sheets of the teams this person is on that lack his signature and may still become findings."""
        members = apps.get_model("inspections", "PlanMember").objects.filter(user=user)
        team = apps.get_model("inspections", "TeamMember").objects.filter(user=user)
        mine = Q(plan_id__in=members.values("plan_id")) | Q(round_id__in=team.values("round_id"))
        signed = apps.get_model("inspections", "WorksheetSignature").objects.filter(
            person_id=user.person_id, voided_at=None
        )
        counting = self.filter(mine, STILL_COUNT, state="open")
        return counting.exclude(pk__in=signed.values("worksheet_id"))

    def for_list(self) -> Self:
        members = apps.get_model("inspections", "PlanMember").objects.select_related("user")
        team = apps.get_model("inspections", "TeamMember").objects.select_related("user")
        rows = self.select_related(
            "region",
            "unit",
            "plan__round",
            "round",
            "visit__region",
            "object",
            "finding",
            "drafted_by__person",
        )
        return rows.prefetch_related(
            Prefetch("plan__members", members), Prefetch("round__members", team), "signatures__person"
        )
