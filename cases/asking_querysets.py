"""Who sees registers of interference and accountability."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from cases.roles import OFFICES, REGISTRY
from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

REPORTERS = frozenset(
    {
        Role.PETITION, Role.CASE_MANAGER, Role.SUPERVISION, Role.INVESTIGATION, Role.ADJUDICATION, Role.DEPUTY,
        Role.SECRETARY,
    }
)  # fmt: skip

NO_SANCTION = ("", "talk", "none")  # measures that hold nobody to account


class InterferenceQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        found = [Reason("由您报告", Q(reported_by=post.user_id))] if post.role in REPORTERS else []
        if post.role in REGISTRY:
            found.append(Reason(f"可查看{post.place}的打听干预登记", post.within("region_id")))
        return found

    def waiting(self) -> Self:
        return self.filter(state="recorded")

    def for_list(self) -> Self:
        return self.select_related("region", "lead", "reported_by__person", "handled_by__person")


class AccountabilityQuerySet(ScopedQuerySet):
    """What concerns our own staff (刀刃向内) is known to the registry, the head and the office that handles it alone."""

    def reasons(self, post: "Post") -> list[Reason]:
        if post.role in REGISTRY:
            return [Reason(f"可查看{post.place}的问责", post.within("region_id"))]
        if post.role in OFFICES:
            return [Reason("问责由您所在单位办理", Q(handling_unit=post.unit_id))]
        if post.role == Role.DEPUTY:
            here = post.within("region_id") & Q(own_staff=False)
            return [Reason(f"可查看{post.place}不涉及本机关人员的问责", here)]
        return []

    def open(self) -> Self:
        return self.filter(state="open")

    def for_list(self) -> Self:
        return self.select_related(
            "region", "lead", "handling_unit", "opened_by__person", "decided_by__person"
        ).prefetch_related("objects_of")


class ResponsibleQuerySet(ScopedQuerySet):
    """问责对象, seen as their accountability is."""

    def decided(self) -> Self:
        return self.exclude(accountability__state="open")

    def held(self) -> Self:
        """Held to account by a decision: a mere talk is none, and where nothing is decided nobody is held yet."""
        return self.decided().exclude(measure__in=NO_SANCTION)

    def talked_to(self) -> Self:
        """约谈, by a decision; not counted as accountability."""
        return self.decided().filter(measure="talk")

    def undecided(self) -> Self:
        return self.filter(accountability__state="open")

    def for_list(self) -> Self:
        return self.select_related("accountability__region", "accountability__lead")
