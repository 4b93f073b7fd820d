"""Who sees a talk. Whom it is held with sees his own, from the notice on; nobody sees that of another."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.models import OFFICERS, Clock, Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, User

OFFICES = frozenset({Role.PATROL_OFFICE, Role.SUPERVISION, Role.CASE_MANAGER})
LEADERS = frozenset({Role.DEPUTY, Role.SECRETARY})
OPENERS = OFFICES | LEADERS | {Role.COUNTY_LEADER}
ANSWERING = frozenset({Role.LIAISON, Role.UNIT_HEAD})
PEOPLE = frozenset(Role) - OFFICERS - {Role.SERVICE}
LABEL = "talks.talk"
OVER = ("closed", "cancelled")
TOLD = Q(notified_at__isnull=False)


class TalkQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Those in charge of the place, those who hold it, and whom it is held with."""
        if post.role not in PEOPLE:
            return []
        found = [Reason("约谈的对象是您本人", TOLD & Q(account=post.user_id))]
        if post.role in OFFICES | LEADERS:
            here = post.within("region_id") & (Q(account=None) | ~Q(account=post.user_id))
            found.append(Reason(f"可查看{post.place}的约谈", here))
        if post.role in OPENERS:
            mine = Q(decided_by=post.user_id) | Q(proposed_by=post.user_id)
            found.append(Reason("约谈由您提出或者决定", mine))
        if post.role in OPENERS | {Role.PATROL_TEAM}:
            found.append(Reason("由您约谈或者记录", Q(talker=post.user_id) | Q(recorder=post.user_id)))
        if post.role in ANSWERING:
            found.append(Reason("约谈的对象是您所在单位", TOLD & Q(kind="unit", unit=post.unit_id)))
        return found

    def open(self) -> Self:
        return self.exclude(state__in=OVER)

    def late(self) -> Self:
        """With a running date that has passed."""
        return self.filter(pk__in=Clock.objects.all().targets(LABEL, due_on__lt=moment.today()))

    def waiting_for(self, user: "User") -> Self:
        """To approve, to give notice of, to record and sign, to follow up; for the other side: to receive, sign, answer."""
        wanted = self._for_hosts(user)
        own = Q(account=user.pk) | Q(
            kind="unit", unit__in=[p.unit_id for p in user.current_posts() if p.role in ANSWERING]
        )
        unsigned = Q(state="held", subject_signed="")
        wanted |= own & (Q(state="notified", received_at=None) | unsigned | Q(state="following", answer=""))
        return self.filter(wanted)

    def _for_hosts(self, user: "User") -> Q:
        wanted = Q(recorder=user.pk, state="notified", received_at__isnull=False)
        wanted |= Q(talker=user.pk, state="held", talker_signed=False)
        for post in user.current_posts():
            here = post.within("region_id")
            if post.role in LEADERS:
                wanted |= here & Q(state="proposed")
            if post.role in OFFICES:
                mine = Q(recorder=user.pk) | Q(proposed_by=user.pk) | Q(recorder=None)
                wanted |= here & (Q(state="approved") | mine & Q(state="following"))
        return wanted

    def with_due(self) -> Self:
        return self.annotate(due_on=Clock.objects.all().next_due(LABEL))

    def in_order_of(self, path: str) -> Any:
        return (Clock.objects.all().first_of_each(LABEL), "target_id") if path == "due_on" else None

    def for_list(self) -> Self:
        return self.select_related(
            "region", "unit", "account__person", "talker__person", "recorder__person", "decided_by__person",
            "proposed_by__person", "step__item", "previous",
        ).with_due()  # fmt: skip

    def for_page(self) -> Self:
        return self.for_list().select_related(
            "received_by__person",
            "answered_by__person",
            "followed_by__person",
            "accountability__region",
            "item",
        )


class TalkPartQuerySet(ScopedQuerySet):
    """Rows below a talk: seen exactly when it is."""
