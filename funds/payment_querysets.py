"""Reads of payments that have a name."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan

from funds.project_querysets import OWNERS
from povertyaudit.core.models import Role, UnitKind
from povertyaudit.core.scope import Reason, ScopedQuerySet, region_under

if TYPE_CHECKING:
    from datetime import date

    from povertyaudit.core.models import Post

UNDER_WAY = ("draft", "submitted", "endorsed", "reviewed", "returned")


class PaymentQuerySet(ScopedQuerySet):
    through = "project"

    def reasons(self, post: "Post") -> list[Reason]:
        """Payments of the projects the post sees, by the same rules."""
        projects = apps.get_model("funds", "Project")._default_manager.all()
        return [
            Reason(
                reason.words.replace("的全部项目", "的全部报账拨付").replace("项目在", "报账的项目在"),
                Q(project__in=projects.filter(reason.rows).values("pk")),
            )
            for reason in projects.reasons(post)
        ]

    def waiting_for(self, user: Any) -> Self:
        """Payments whose next step is this person's."""
        wanted, units = Q(pk__in=()), user.unit_ids
        if Role.FINANCE in user.roles:
            wanted |= Q(state="reviewed")
        if Role.SECTOR in user.roles:
            wanted |= Q(state="endorsed", project__sector_unit__in=units)
        if user.roles & OWNERS:
            wanted |= Q(state__in=("draft", "returned"), project__responsible_unit__in=units)
        for post in user.current_posts():
            if post.role == Role.UNIT_HEAD and post.unit.kind == UnitKind.TOWNSHIP:
                wanted |= region_under("region_id", post.region_id) & Q(state="submitted")
            elif post.role == Role.UNIT_HEAD:
                wanted |= Q(state="submitted", project__responsible_unit=post.unit_id)
        return self.filter(wanted)

    def under_way(self) -> Self:
        return self.filter(state__in=UNDER_WAY)

    def paid(self) -> Self:
        return self.filter(state="paid")

    def held(self) -> Self:
        """Paid into an account of a unit and not spent. Said twice: the first is the condition of the index, of the second
        the database keeps statistics (migration 0015) — comparing two columns it would expect a third of all rows."""
        left = GreaterThan(F("amount_fen") - F("spent_fen"), 0)
        return self.paid().filter(left, spent_fen__lt=F("amount_fen"))

    def stuck(self, since: "date") -> Self:
        """Held since the day or longer."""
        return self.held().filter(paid_on__lte=since)

    def for_lines(self) -> Self:
        """With what a line of the list shows."""
        return self.select_related("project__responsible_unit", "region").annotate(
            unspent_fen=F("amount_fen") - F("spent_fen")
        )

    def for_list(self) -> Self:
        """With what a caller of the API reads of each, and what a verb asks."""
        return self.for_lines().select_related(
            "project__sector_unit", "project__kind", "applied_by__person", "reviewed_by__person"
        )

    def for_page(self) -> Self:
        return self.for_list().select_related("endorsed_by__person", "paid_by__person")


class SpendingQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        return self.filter(voided_on=None)
