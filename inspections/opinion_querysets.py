"""Which opinions, notices and papers of rounds a post may see: as the round is seen, and each unit what was sent to it."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Q

from inspections.querysets import ways
from povertyaudit.core.models import Clock, Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date

    from povertyaudit.core.models import Post

OF_UNITS = frozenset({Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR})


def sent_to(post: "Post", words: str, sent: Q) -> list[Reason]:
    """What was sent to the unit of the post, for those who answer there."""
    return [Reason(words, sent & Q(unit=post.unit_id))] if post.role in OF_UNITS else []


class _Sent(ScopedQuerySet):
    label = ""

    def with_clock(self, *related: str) -> Self:
        rows = self.select_related("round__region", "unit", "region", "finding", *related)
        return rows.annotate(due_on=Clock.objects.all().next_due(self.label))

    def overdue(self, today: "date") -> Self:
        return self.filter(pk__in=Clock.objects.all().targets(self.label, due_on__lt=today))


class OpinionQuerySet(_Sent):
    label = "inspections.opinion"

    def reasons(self, post: "Post") -> list[Reason]:
        found = ways(post, "round__", "意见所在的轮次", "轮次提出的意见")
        return found + sent_to(post, "意见发给您所在单位", Q(sent_on__isnull=False))

    def for_list(self) -> Self:
        return self.with_clock("recorded_by__person", "answered_by__person").prefetch_related(
            "round__members"
        )

    def unanswered(self) -> Self:
        """Sent and not yet accepted: somebody still owes something."""
        return self.filter(state__in=("sent", "answered"))


class ImmediateNoticeQuerySet(_Sent):
    label = "inspections.immediatenotice"

    def reasons(self, post: "Post") -> list[Reason]:
        found = ways(post, "round__", "通知所在的轮次", "轮次发出的立行立改通知")
        return found + sent_to(post, "通知发给您所在单位", Q(pk__isnull=False))

    def for_list(self) -> Self:
        return self.with_clock("issued_by__person", "reported_by__person").prefetch_related("round__members")

    def open(self) -> Self:
        return self.exclude(state="closed")

    def tally(self) -> dict[str, int]:
        """应整改, 已整改: how many notices there are, and how many are closed."""
        found: dict[str, Any] = self.aggregate(should=Count("pk"), done=Count("pk", filter=Q(state="closed")))
        return found


class PaperQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        return ways(post, "round__", "文书所在的轮次", "轮次的文书")

    def for_list(self) -> Self:
        return (
            self.select_related("round__region", "region", "recorded_by__person")
            .prefetch_related("round__members")
            .annotate(due_on=Clock.objects.all().next_due("inspections.roundpaper"))
        )
