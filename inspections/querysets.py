"""Reads of rounds, what they look at and what they found, that have a name. A secret round is known only to those named on it."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from povertyaudit.core.models import OFFICERS, Recusal, Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

REGION_WIDE = frozenset({Role.PATROL_OFFICE, Role.CASE_MANAGER, Role.SECRETARY, Role.DEPUTY, Role.SERVICE})
NEVER_NAMED = OFFICERS | {Role.SERVICE}
# What an object is told: model, and the states in which nothing more is to be done about a row.
TOLD: dict[str, tuple[str, tuple[str, ...]]] = {
    "finding": ("Finding", ("handed_on", "withdrawn")),
    "opinion": ("Opinion", ("accepted", "withdrawn")),
    "notice": ("ImmediateNotice", ("closed",)),
    "feedback": ("Feedback", ("signed", "withdrawn")),
}
# Posts in a team, first things first.
RANK = Case(
    *(When(role=role, then=Value(n)) for n, role in enumerate(("leader", "deputy", "liaison", "envoy"))),
    default=Value(9),
)


def ways(post: "Post", path: str = "", what: str = "轮次", open_ones: str = "轮次") -> list[Reason]:
    """Who sees a round: those named on it; for region-wide posts also every round that is not secret now.

    `path` leads to the round from rows that are seen when it is, e.g. "round__"; `what` and `open_ones` name such rows
    in the words of 为什么我能看到.
    """
    found = []
    if post.role not in NEVER_NAMED:
        teams = apps.get_model("inspections", "TeamMember").objects.filter(user_id=post.user_id)
        found = [
            Reason(f"{what}由您部署", Q(**{f"{path}ordered_by": post.user_id})),
            Reason(f"{what}由您批准", Q(**{f"{path}approved_by": post.user_id})),
            Reason(f"您是{what}的巡察组成员", Q(**{f"{path}pk__in": teams.values("round_id")})),
        ]
    if post.role in REGION_WIDE:
        secret = Q(**{f"{path}secret": True, f"{path}finished_on": None})
        here = post.within(f"{path}region_id") & ~secret
        found.append(Reason(f"可查看{post.place}不保密的{open_ones}", here))
    return found


class OfFindingQuerySet(ScopedQuerySet):
    """Rows below a paper that each tell of one problem."""

    def visible_to(self, user: Any) -> Self:
        """As the paper is seen, save what tells of an object the reader stands aside from: one paper may tell of several."""
        aside = Recusal.objects.filter(
            person_id=getattr(user, "person_id", 0), target_label="inspections.roundobject",
            target_id=OuterRef("finding__object_id"), ended_at=None,
        )  # fmt: skip
        return super().visible_to(user).filter(~Exists(aside))


class RoundQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        return ways(post)

    def open(self) -> Self:
        """Rounds not yet finished."""
        return self.filter(finished_on=None)

    def for_list(self) -> Self:
        return self.select_related("region", "run_by").annotate(
            finding_count=_count_of("Finding"), object_count=_count_of("RoundObject")
        )

    def for_page(self) -> Self:
        member = apps.get_model("inspections", "TeamMember").objects
        team = member.select_related("user__person", "team", "home_unit").order_by("team__place", RANK, "pk")
        return (
            self.select_related(
                "region", "ordered_by__person", "approved_by__person", "run_by", "campaign", "parent"
            )
            .prefetch_related(Prefetch("members", team), "teams", "rhythms")
            .annotate(finding_count=_count_of("Finding"), object_count=_count_of("RoundObject"))
        )


class FindingQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Findings of the rounds this post sees."""
        return ways(post, "round__", "问题所在的轮次", "轮次发现的问题")

    def for_list(self) -> Self:
        rows = self.select_related(
            "round__region", "unit", "region", "object", "point", "category", "lead_unit"
        )
        return rows.prefetch_related("round__members")


class RoundObjectQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Objects of the rounds this post sees. Who is recused from one does not see it (`core` Recusal)."""
        return ways(post, "round__", "对象所在的轮次", "轮次的巡察对象")

    def standing(self) -> Self:
        """Objects that are still to be looked at, or were."""
        return self.exclude(state="dropped")

    def for_list(self) -> Self:
        return self.select_related("round__region", "region", "unit", "team")

    def with_counts(self, user: Any) -> Self:
        """With `finding_count`, `finding_left` and so on of `TOLD`: how many rows `user` may know of were told of the object,
        and how many of them are not done.
        """
        counts = {}
        for name, (model, done) in TOLD.items():
            rows = apps.get_model("inspections", model)._default_manager.visible_to(user)
            counts[f"{name}_count"] = _counted(rows, "object")
            counts[f"{name}_left"] = _counted(rows.exclude(state__in=done), "object")
        return self.annotate(**counts)


def decides(user: Any, path: str = "round") -> Q:
    """Rows that tell who stands aside from what: for the office of the round, who ordered or approved it, and the leaders
    of its teams. `path` leads to the round."""
    led = apps.get_model("inspections", "TeamMember").objects.filter(user_id=user.pk, role="leader")
    found = Q(**{f"{path}__ordered_by": user.pk}) | Q(**{f"{path}__approved_by": user.pk})
    found |= Q(**{f"{path}__in": led.values("round_id")})
    if user.is_authenticated and user.roles & REGION_WIDE - {Role.SERVICE}:
        found |= Q(pk__isnull=False)
    return found


class RoundRecusalQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own, and all of a round to those who decide."""
        mine = Q(user__person_id=getattr(user, "person_id", 0))  # none would be those without an account
        return super().visible_to(user).filter(mine | decides(user))

    def for_list(self) -> Self:
        return self.select_related("user__person", "home_unit", "object", "decided_by__person")

    def standing(self) -> Self:
        """Those that keep the person away now."""
        return self.filter(state__in=("declared", "granted"))


def _count_of(model: str) -> Any:
    """How many rows of `model` belong to the round."""
    return _counted(apps.get_model("inspections", model)._base_manager.all(), "round")


def _counted(rows: Any, path: str) -> Any:
    """How many of `rows` belong to the row: a sub-query, so that several do not multiply."""
    counted = (
        rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(n=Count("pk")).values("n")
    )
    return Coalesce(Subquery(counted), Value(0))
