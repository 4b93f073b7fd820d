"""Who sees notices of rectification and the comments on them, and the reads that have a name."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from povertyaudit.core.models import Recusal, Role
from povertyaudit.core.models.terms import TermQuerySet
from povertyaudit.core.scope import Reason, ScopedQuerySet, prefix_of

if TYPE_CHECKING:
    from datetime import date

    from povertyaudit.core.models import Post, User

DRAFTERS = frozenset({Role.PATROL_OFFICE})
LEADERS = frozenset({Role.DEPUTY, Role.SECRETARY})
WATCHERS = frozenset({Role.CASE_MANAGER, Role.SUPERVISION})
DESK = frozenset({Role.PETITION})
INSIDERS = DRAFTERS | LEADERS | WATCHERS  # who read why a problem is kept back
READERS = INSIDERS | DESK
COMMENT_READERS = DRAFTERS | LEADERS | DESK


def may_know(post: "Post", path: str) -> Q:
    """Whoever stands aside from an object of the round knows nothing of a notice that tells of it (`path`: its key).

    A reason and not `_without_recused`, so that whom a comment may mention and whom a message reaches follow.
    """
    problems = apps.get_model("rectification", "NoticeProblem")._base_manager.filter(notice=OuterRef(path))
    recused = Recusal.objects.filter(
        person__accounts=post.user_id, target_label="inspections.roundobject",
        target_id=OuterRef("item__finding__object_id"), ended_at=None,
    )  # fmt: skip
    return ~Q(Exists(problems.filter(Exists(recused))))


class NoticeGroundQuerySet(TermQuerySet):
    pass


class NoticeQuerySet(ScopedQuerySet):
    """整改情况公开: those who draft, approve and watch over rectification; others what is published."""

    def reasons(self, post: "Post") -> list[Reason]:
        here, out = post.within("region_id") & may_know(post, "pk"), Q(published_on__isnull=False)
        if post.role in INSIDERS:
            secret = Q(round__secret=True, round__finished_on=None)
            return [Reason(f"可查看{post.place}的整改情况公开", here & ~secret)]
        if post.role in DESK:
            return [Reason(f"可查看{post.place}已公开的整改情况，并登记群众意见", here & out)]
        return []

    def waiting_for(self, user: "User") -> Self:
        wanted = Q(pk__in=())
        if user.roles & DRAFTERS:
            wanted |= Q(state__in=("draft", "approved"))
        if user.roles & LEADERS:
            wanted |= Q(state="submitted") & ~Q(drafted_by__person=user.person_id)
        return self.filter(wanted)

    def standing(self) -> Self:
        """Not discarded."""
        return self.exclude(state="discarded")

    def to_close(self, today: "date") -> Self:
        """Published, and the days of publication are over."""
        return self.filter(state="published", ends_on__lt=today)

    def for_list(self) -> Self:
        return self.select_related(
            "region", "round__region", "unit", "drafting_unit", "drafted_by__person", "approved_by__person"
        ).annotate(
            problem_count=Count("problems", distinct=True),
            withheld_count=Count("problems", filter=Q(problems__ground__isnull=False), distinct=True),
            comment_count=Count("comments", distinct=True),
        )

    def for_page(self) -> Self:
        problem: Any = apps.get_model("rectification", "NoticeProblem")._default_manager
        rows = problem.select_related(
            "item", "ground", "withheld_by__person", "allowed_by__person"
        ).prefetch_related("lines")
        return self.for_list().prefetch_related(Prefetch("problems", rows))


class NoticePartQuerySet(ScopedQuerySet):
    """Rows below a notice: seen exactly when it is."""


def shown_to(notice: Any, user: "User") -> list[Any]:
    """The problems of a notice this user may read: those kept back, and on what ground, only inside."""
    inside = any(
        post.role in INSIDERS and notice.region_id.startswith(prefix_of(post.region_id))
        for post in user.current_posts()
    )
    return [problem for problem in notice.problems.all() if inside or not problem.withheld]


class CommentQuerySet(ScopedQuerySet):
    """群众意见: those who take them down and those who make petitions of them."""

    def reasons(self, post: "Post") -> list[Reason]:
        if post.role in COMMENT_READERS:
            words = f"可查看{post.place}整改情况公开后收到的群众意见"
            return [Reason(words, post.within("region_id") & may_know(post, "notice_id"))]
        return []

    def waiting_for(self, user: "User") -> Self:
        """Comments of which no petition is registered yet, for the desk."""
        return self.filter(state="received") if user.roles & DESK else self.none()

    def for_list(self) -> Self:
        return self.select_related("region", "notice__round", "recorded_by__person", "lead")
