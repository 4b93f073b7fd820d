"""Reads of assessments. What a unit got is known to those who judge until it is published; a unit then reads its own sheet."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Q

from povertyaudit.assessment.roles import JUDGED, LEADERS, ORGANISERS, OVERSEERS, READERS, SCORERS
from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date

    from povertyaudit.core.models import Post, User

COUNTING, SCORING, SIGNED, PUBLISHED = "counting", "scoring", "signed", "published"
ENDED = (SIGNED, PUBLISHED)
OWED, SUBMITTED, WAIVED = "owed", "submitted", "waived"


def _overseen(post: "Post", what: str, state: str) -> list[Reason]:
    """Those who judge see it from the beginning, county leaders once it is signed, machines once it is published."""
    here = post.within("region_id")
    if post.role in OVERSEERS:
        return [Reason(f"可查看{post.place}的{what}", here)]
    if post.role in READERS:
        return [Reason(f"可查看{post.place}已签发的{what}", here & Q(**{f"{state}__in": ENDED}))]
    if post.role == Role.SERVICE:
        return [Reason(f"可查看{post.place}已公布的{what}", here & Q(**{state: PUBLISHED}))]
    return []


class AssessmentQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        found = _overseen(post, "考核", "state")
        if post.role in JUDGED:
            sheets: Any = self.model._meta.get_field("sheets").related_model
            mine = sheets._base_manager.filter(unit=post.unit_id).values("assessment")
            found.append(Reason("考核已公布，您所在单位是考核对象", Q(state=PUBLISHED, pk__in=mine)))
        return found

    def standing(self) -> Self:
        return self.exclude(state="cancelled")

    def waiting_for(self, user: "User") -> Self:
        """To sign; to publish."""
        wanted = Q(pk__in=())
        if user.roles & LEADERS:
            wanted |= Q(state=SCORING)
        if user.roles & ORGANISERS:
            wanted |= Q(state=SIGNED)
        owing = ~Q(pk__in=self._owed().values("assessment"))
        return self.filter(wanted & (owing | ~Q(state=SCORING)))

    def _owed(self) -> Any:
        sheets: Any = self.model._meta.get_field("score_sheets").related_model
        return sheets._base_manager.filter(state=OWED)

    def for_list(self) -> Self:
        counted = {"units": Count("sheets", distinct=True)}
        return self.select_related(
            "region", "scheme", "rival", "opened_by__person", "signed_by__person", "decided_by__person"
        ).annotate(**counted)


class UnitSheetQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        found = _overseen(post, "考核得分", "assessment__state")
        if post.role in JUDGED:
            own = Q(assessment__state=PUBLISHED, unit=post.unit_id)
            found.append(Reason("考核已公布，这是您所在单位的得分", own))
        return found

    def for_list(self) -> Self:
        rows = self.select_related("region", "unit__successor", "assessment__scheme", "assessment__rival")
        return rows.prefetch_related("adjustments")

    def ranked(self) -> Self:
        """In the order of the ranking; units left out last."""
        return self.order_by("left_out", "place", "unit_id")


class ScoreSheetQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """The office that scores, and those who organise. What another office gave is not shown to scorers."""
        found = []
        if post.role in OVERSEERS:
            found.append(Reason(f"可查看{post.place}的考核评分", post.within("region_id")))
        if post.role in SCORERS:
            found.append(Reason("考核由您所在单位评分", Q(unit=post.unit_id)))
        return found

    def waiting_for(self, user: "User") -> Self:
        if not user.roles & SCORERS:
            return self.none()
        return self.filter(state=OWED, unit__in=user.unit_ids)

    def for_list(self) -> Self:
        return self.select_related(
            "region", "unit", "assessment__scheme", "assessment__rival", "submitted_by__person"
        )


class PartQuerySet(ScopedQuerySet):
    """Rows below a sheet: seen exactly when it is."""


PROPOSED, DECIDED = "proposed", ("agreed", "changed", "done")


class MeasureQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Those who judge; county leaders and the unit once it is decided that something follows."""
        here = post.within("region_id")
        if post.role in OVERSEERS:
            return [Reason(f"可查看{post.place}的考核结果运用", here)]
        if post.role in READERS:
            return [Reason(f"可查看{post.place}已决定的考核结果运用", here & Q(state__in=DECIDED))]
        if post.role in {Role.UNIT_HEAD, Role.LIAISON}:
            return [Reason("考核结果运用已决定，涉及您所在单位", Q(state__in=DECIDED, unit=post.unit_id))]
        return []

    def waiting_for(self, user: "User") -> Self:
        """To decide, by the leader the rule names; to record what came of it."""
        wanted = Q(pk__in=())
        if Role.SECRETARY in user.roles:
            wanted |= Q(state=PROPOSED)
        elif Role.DEPUTY in user.roles:
            wanted |= Q(state=PROPOSED, rule__decider=Role.DEPUTY)
        if user.roles & ORGANISERS:
            wanted |= Q(state__in=("agreed", "changed"))
        return self.filter(wanted)

    def for_list(self) -> Self:
        return self.select_related(
            "region", "unit", "rule", "assessment__scheme", "sheet", "decided_by__person"
        )


class DutyQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Those who oversee the region, its leaders, and the office that answers for it."""
        found = []
        if post.role in OVERSEERS | READERS | {Role.SERVICE}:
            found.append(Reason(f"可查看{post.place}的督查安排", post.within("region_id")))
        if post.role in SCORERS:
            found.append(Reason("督查由您所在单位负责", Q(unit=post.unit_id)))
        return found

    def late(self, today: "date") -> Self:
        """Owed and past the day."""
        return self.filter(state="open", due_on__lt=today)

    def waiting_for(self, user: "User") -> Self:
        if not user.roles & SCORERS:
            return self.none()
        return self.filter(state="open", unit__in=user.unit_ids)

    def for_list(self) -> Self:
        return self.select_related("region", "unit", "rule", "round", "plan", "done_by__person")
