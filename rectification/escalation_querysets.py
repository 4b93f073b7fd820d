"""Who sees the steps taken against an item, and the reads that have a name."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q

from povertyaudit.core import moment
from povertyaudit.core.models import Role
from povertyaudit.core.models.ladder import DECIDED
from povertyaudit.core.scope import Reason, ScopedQuerySet
from rectification.querysets import BODY_ROLES
from rectification.states import UNCOUNTED

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, User

# What the body has not sent or agreed to yet is nobody else's business.
INSIDE = ("drafted", "proposed", "declined", "lapsed")
UNANSWERED = ("sent", "received")
BODY = BODY_ROLES | {Role.PATROL_OFFICE}
OFFICES = frozenset({Role.PATROL_OFFICE, Role.SUPERVISION, Role.CASE_MANAGER})
LEADERS = frozenset({Role.DEPUTY, Role.SECRETARY})
ANSWERING = frozenset({Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR})


class EscalationQuerySet(ScopedQuerySet):
    """督办: seen by whoever sees the item; outside the body only once it was sent or decided."""

    def reasons(self, post: "Post") -> list[Reason]:
        items: Any = self.model._meta.get_field("item").related_model._default_manager.all()
        shown = Q() if post.role in BODY else ~Q(state__in=INSIDE)
        return [
            Reason(reason.words, shown & Q(item__in=items.filter(reason.rows).order_by().values("pk")))
            for reason in items.reasons(post)
        ]

    def unanswered(self) -> Self:
        """Letters without a reply, of items still pressed; one that a later letter followed is answered by answering that."""
        later = self.model._base_manager.filter(item=OuterRef("item"), pk__gt=OuterRef("pk")).exclude(
            sent_at=None
        )
        rows = self.filter(~Exists(later), state__in=UNANSWERED)
        return rows.exclude(item__state__in=("closed", "long_term", *UNCOUNTED))

    def overdue_replies(self) -> Self:
        """Letters past the hour they were to be answered by."""
        return self.unanswered().filter(reply_by__lt=moment.now())

    def decided_by_people(self) -> Self:
        """约谈、通报、问责."""
        return self.filter(step__in=DECIDED)

    def to_answer(self, user: "User") -> Self:
        """Letters the user's units owe a reply to."""
        units = [post.unit_id for post in user.current_posts() if post.role in ANSWERING]
        return self.unanswered().filter(addressee__in=units)

    def waiting_for(self, user: "User") -> Self:
        """Letters to answer, to sign and send; proposals to decide; what was decided and is to be carried out."""
        wanted = Q(pk__in=self.to_answer(user).order_by().values("pk"))
        for post in user.current_posts():
            if post.role in OFFICES:
                found = Q(item__source="finding")
                mine = found if post.role == Role.PATROL_OFFICE else ~found
                wanted |= post.within("region_id") & mine & Q(state__in=("drafted", "agreed"))
            elif post.role in LEADERS:
                wanted |= post.within("region_id") & Q(state="proposed")
        return self.filter(wanted)

    def for_list(self) -> Self:
        return self.select_related("region", "item", "addressee", "rule__region")

    def for_page(self) -> Self:
        people = ("signed_by", "received_by", "replied_by", "decided_by", "concluded_by")
        return (
            self.for_list()
            .select_related(*(f"{name}__person" for name in people), "item__body_unit", "item__lead_unit")
            .prefetch_related("item__units__unit")
        )


class PauseQuerySet(ScopedQuerySet):
    """暂停督办: seen by whoever sees the item."""

    def on(self, day: date) -> Self:
        return self.filter(from_on__lte=day, until_on__gte=day, lifted_on=None)

    def of_outer_item(self, day: date) -> Exists:
        """Whether the outer row's item is not pressed on the day."""
        return Exists(self.on(day).filter(item=OuterRef("pk")))
