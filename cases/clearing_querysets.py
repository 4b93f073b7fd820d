"""Who sees 澄清 and 诬告陷害认定."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Q

from cases.roles import HANDLERS, REGISTRY
from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, User


class ClarificationQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Those of the leads this post sees."""
        leads: Any = apps.get_model("cases", "Lead")._default_manager.all()
        leads.one_row = self.one_row
        return [
            Reason(reason.words, Q(lead__in=leads.filter(reason.rows).order_by().values("pk")))
            for reason in leads.reasons(post)
        ]

    def under_way(self) -> Self:
        return self.filter(state__in=("proposed", "approved"))

    def to_do(self) -> Self:
        return self.filter(state="approved")

    def waiting_for(self, user: "User") -> Self:
        """To agree to: his own leads' for a deputy, the county's for the head; to carry out: the office's and the
        registry's."""
        wanted = Q(pk__in=())
        for post in user.current_posts():
            if post.role == Role.SECRETARY:
                wanted |= Q(state="proposed") & post.within("region_id")
            elif post.role == Role.DEPUTY:
                wanted |= Q(state="proposed", lead__leader=post.user_id)
            elif post.role in HANDLERS:
                wanted |= Q(state="approved", lead__acting_unit=post.unit_id)
            elif post.role == Role.CASE_MANAGER:
                wanted |= Q(state="approved") & _of_body(post)
        return self.filter(wanted).exclude(Q(state="proposed") & Q(proposed_by__person=user.person_id))

    def for_list(self) -> Self:
        return self.select_related(
            "region", "subject", "way", "proposed_by__person", "decided_by__person", "recorded_by__person",
            "lead__acting_unit", "lead__registering_unit", "lead__leader__person",
        )  # fmt: skip


def _of_body(post: "Post") -> Q:
    """Of the discipline body the post serves in: it registered the lead or handles it (`who.bodies_of`)."""
    body = post.region_id[:6]
    return Q(lead__registering_unit__region__code__startswith=body) | Q(
        lead__acting_unit__region__code__startswith=body
    )


class FalseAccusationQuerySet(ScopedQuerySet):
    """The registry, the head, the office that handled the lead and its leader. Never the desk that knows who complained
    as such, and no program: beside an identity the mark would say something about a person nobody has heard."""

    def reasons(self, post: "Post") -> list[Reason]:
        if post.role in REGISTRY:
            return [Reason(f"可查看{post.place}的诬告陷害认定", post.within("region_id"))]
        if post.role in HANDLERS:
            return [Reason("线索由您所在单位承办", Q(lead__acting_unit=post.unit_id))]
        if post.role == Role.DEPUTY:
            return [Reason("您是线索的分管领导", Q(lead__leader=post.user_id))]
        return []

    def beside_leads(self, user: "User") -> Self:
        """Those that may be told where leads are shown, listed or searched: the mark never stands beside the way to an
        identity, so none of a lead that the reader's own unit registered."""
        return self.visible_to(user).exclude(lead__registering_unit__in=user.unit_ids)

    def confirmed(self) -> Self:
        return self.filter(state="confirmed")

    def waiting_for(self, user: "User") -> Self:
        """To send up: the head. To record: the registry."""
        wanted = Q(pk__in=())
        for post in user.current_posts():
            if post.role == Role.SECRETARY:
                wanted |= Q(state="proposed") & post.within("region_id")
            elif post.role == Role.CASE_MANAGER:
                wanted |= Q(state="submitted") & post.within("region_id")
        return self.filter(wanted)

    def for_list(self) -> Self:
        return self.select_related(
            "region", "lead__acting_unit", "lead__registering_unit", "proposed_by__person", "submitted_by__person",
            "recorded_by__person",
        )  # fmt: skip
