"""Who sees bulletins (insiders) and their copies (whom they were sent to), and the reads that have a name."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q

from cases.call_querysets import WORKERS
from cases.roles import LEADERS
from povertyaudit.core.models import Clock, Recusal, Role
from povertyaudit.core.models.terms import TermQuerySet
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, User

DRAFTERS = frozenset({Role.CASE_MANAGER})
READERS = WORKERS | {Role.FINANCE, Role.PETITION, Role.ADJUDICATION, Role.PATROL_OFFICE}


def may_know(post: "Post", path: str) -> Q:
    """Whoever is recused from the lead of a case knows nothing of its bulletin (`path` leads to its key).

    A reason and not `_without_recused`, so that whom a comment may mention and whom a message reaches follow.
    """
    cases = apps.get_model("cases", "BulletinCase")._base_manager.filter(bulletin=OuterRef(path))
    recused = Recusal.objects.filter(
        person__accounts=post.user_id, target_label="cases.lead", target_id=OuterRef("lead_id"), ended_at=None
    )
    return ~Q(Exists(cases.filter(Exists(recused))))


class BulletinChannelQuerySet(TermQuerySet):
    pass


class BulletinQuerySet(ScopedQuerySet):
    """Those who draft and those who approve; whom it is sent to sees his copy, never this."""

    def reasons(self, post: "Post") -> list[Reason]:
        if post.role in DRAFTERS | LEADERS:
            return [Reason(f"可查看{post.place}的通报", post.within("region_id") & may_know(post, "pk"))]
        return []

    def issued(self) -> Self:
        """What counts as 期: issued, and not taken back by a later one."""
        return self.filter(state="issued")

    def waiting_for(self, user: "User") -> Self:
        wanted = Q(pk__in=())
        if user.roles & DRAFTERS:
            wanted |= Q(state__in=("draft", "approved"))
        if user.roles & LEADERS:
            wanted |= Q(state="submitted") & ~Q(drafted_by__person=user.person_id)
        return self.filter(wanted)

    def for_list(self) -> Self:
        return self.select_related(
            "region", "drafted_by__person", "approved_by__person", "corrects"
        ).annotate(
            case_count=Count("cases", distinct=True), person_count=Count("cases__persons", distinct=True)
        )

    def for_page(self) -> Self:
        return self.for_list().prefetch_related(
            "cases__persons", "cases__lead", "copies__unit", "copies__channel"
        )


class BulletinCaseQuerySet(ScopedQuerySet):
    """Seen exactly when the bulletin is."""

    def issued(self) -> Self:
        return self.filter(bulletin__state="issued")


class BulletinPersonQuerySet(ScopedQuerySet):
    """Seen exactly when the bulletin is."""

    def issued(self) -> Self:
        return self.filter(case__bulletin__state="issued")


# Sent for a village to another unit than its own: it has come there once it was told.
THROUGH = Q(region__level=5) & ~Q(unit__region=F("region"))


class CopyQuerySet(ScopedQuerySet):
    """The unit it was sent to; those who sent it and may know of the bulletin."""

    def reasons(self, post: "Post") -> list[Reason]:
        found = []
        if post.role in READERS:
            found.append(Reason("通报发给您所在单位", Q(unit=post.unit_id)))
        if post.role in DRAFTERS | LEADERS:
            sent = Q(sender_region=post.region_id) & may_know(post, "bulletin_id")
            found.append(Reason(f"可查看{post.place}通报的送达情况", sent))
        return found

    def unread(self) -> Self:
        return self.filter(state="sent")

    def waiting_for(self, user: "User") -> Self:
        """Unread; read, and the village that has no account of its own is still to be told."""
        return self.filter(
            Q(state="sent") | THROUGH & Q(state="read", posted_on=None), unit__in=user.unit_ids
        )

    def with_due(self) -> Self:
        return self.annotate(due_on=Clock.objects.all().next_due("cases.bulletincopy"))

    def in_order_of(self, path: str) -> Any:
        return (
            (Clock.objects.all().first_of_each("cases.bulletincopy"), "target_id")
            if path == "due_on"
            else None
        )

    def for_list(self) -> Self:
        return (
            self.with_due()
            .select_related("region", "unit", "channel", "bulletin", "read_by__person", "posted_by__person")
            .prefetch_related("bulletin__cases__persons")
        )
