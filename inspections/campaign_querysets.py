"""Reads of campaigns (专题), the leads tied to them, and the pool of people (人才库)."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Prefetch, Q

from inspections.querysets import NEVER_NAMED, REGION_WIDE, decides
from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date

    from povertyaudit.core.models import Post

CAMPAIGNERS = REGION_WIDE | {
    Role.PATROL_TEAM, Role.PETITION, Role.SUPERVISION, Role.INVESTIGATION, Role.ADJUDICATION,
}  # fmt: skip
POOL_READERS = frozenset({Role.PATROL_OFFICE, Role.SECRETARY, Role.DEPUTY})


class CampaignQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """A theme is no secret to those who work on it."""
        if post.role in CAMPAIGNERS:
            return [Reason(f"可查看{post.place}的专题", post.within("region_id"))]
        return []

    def open(self) -> Self:
        return self.filter(state="open")

    def for_list(self) -> Self:
        return self.select_related("region", "recorded_by__person")


class CampaignLeadQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Who sees the campaign and the lead."""
        leads = apps.get_model("cases", "Lead")._default_manager.visible_to(user)
        return super().visible_to(user).filter(lead__in=leads.values("pk"))

    def for_list(self) -> Self:
        return self.select_related("campaign", "lead__region", "point", "tied_by__person")

    def at(self, stage: str, user: Any) -> Self:
        """Those whose lead came as far as the stage (`Stage`), as `user` may know."""
        if stage == "filed":
            return self.filter(lead__case__isnull=False)
        outcomes = apps.get_model("cases", "Outcome")._default_manager.visible_to(user).decided()
        if stage == "sanctioned":
            return self.filter(lead__in=outcomes.sanctions().values("lead"))
        if stage == "transferred":
            return self.filter(lead__in=outcomes.filter(kind="transfer").values("lead"))
        return self


class PoolPersonQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        found = []
        if post.role in POOL_READERS:
            found.append(Reason(f"可查看{post.place}的巡察人才库", post.within("region_id")))
        if post.role not in NEVER_NAMED:
            found.append(Reason("您是人才库人员", Q(user=post.user_id)))
        return found

    def on(self, day: "date") -> Self:
        """Persons who may be drawn on the day."""
        term = Q(ends_on=None) | Q(ends_on__gte=day)
        usable = Q(user=None) | Q(user__is_active=True)
        return self.filter(term, usable, state="in", starts_on__lte=day)

    def for_list(self) -> Self:
        return self.select_related("user__person", "home_unit", "region")


class DrawQuerySet(ScopedQuerySet):
    """The list of a draw says who was left out and why: ties people declared. It is read as recusals are."""

    def visible_to(self, user: Any) -> Self:
        return super().visible_to(user).filter(decides(user))

    def for_list(self) -> Self:
        return self.select_related("round", "drawn_by__person")

    def with_entries(self, user: Any) -> Self:
        """Each draw with the lines of its list `user` may read."""
        entries = apps.get_model("inspections", "DrawEntry")._default_manager.visible_to(user).for_list()
        return self.prefetch_related(Prefetch("entries", entries))


class DrawEntryQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own, and all of a draw to those who may read it."""
        mine = Q(pool_person__user__person_id=getattr(user, "person_id", 0))
        return super().visible_to(user).filter(mine | decides(user, "draw__round"))

    def for_list(self) -> Self:
        return self.select_related("pool_person__user__person", "pool_person__home_unit").order_by("place")
