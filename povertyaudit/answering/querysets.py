"""Who sees terms of responsibility, and the reads of them that have a name."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, Right

from povertyaudit.core.models import Role, UnitKind
from povertyaudit.core.scope import Reason, ScopedQuerySet, prefix_of

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, Region, User

# The discipline and patrol posts and the leaders; they see their region and whom it lies under.
READERS = frozenset({
    Role.PETITION, Role.CASE_MANAGER, Role.SUPERVISION, Role.INVESTIGATION, Role.ADJUDICATION, Role.DEPUTY, Role.SECRETARY,
    Role.PATROL_OFFICE, Role.PATROL_TEAM, Role.COUNTY_LEADER, Role.SERVICE,
})  # fmt: skip
LOCAL = frozenset({Role.LIAISON, Role.UNIT_HEAD})
NAMED_ONLY = frozenset({Role.SECTOR, Role.FINANCE})
LEVELS = (2, 4, 6, 9, 12)  # significant digits of a code, level by level
OVER = ("ended", "recalled")


def above(code: str) -> list[str]:
    """The codes of the regions in which the region lies, from the province down."""
    prefix = prefix_of(code)
    return [prefix[:size].ljust(12, "0") for size in LEVELS if size < len(prefix)]


def of_township(post: "Post") -> bool:
    """A post in a township or a village that answers for its own place."""
    kinds = {UnitKind.TOWNSHIP, UnitKind.VILLAGE}
    return post.role in LOCAL and post.unit.kind in kinds


def place_ways(post: "Post", what: str, unit: str = "home_unit_id", person: str = "user_id") -> list[Reason]:
    """Their region and whom it lies under for those who oversee; its own place for a township; its people for a unit."""
    if post.role in READERS:
        here = post.within("region_id") | Q(region_id__in=above(post.region_id))
        return [Reason(f"可查看{post.place}及其上级的{what}", here)]
    if post.role not in LOCAL | NAMED_ONLY:
        return []
    found = [
        Reason(f"{what}记的是您本人", Q(**{person: post.user_id})),
        Reason(f"{what}由您所在单位派出", Q(**{unit: post.unit_id})),
    ]
    if of_township(post):
        found.append(Reason(f"可查看{post.place}的{what}", post.within("region_id")))
    return found


class ResponsibilityQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        return place_ways(post, "责任人任职")

    def for_list(self) -> Self:
        return self.select_related(
            "region", "area", "capacity", "user__person", "home_unit", "village_person", "successor"
        )

    def for_page(self) -> Self:
        more = (
            "region__successor",
            "predecessor",
            "handover__given_by__person",
            "handover__taken_by__person",
        )
        return self.for_list().select_related(*more)

    def standing(self) -> Self:
        """All but those entered by mistake."""
        return self.exclude(state="voided")

    def on(self, day: date) -> Self:
        """Terms that ran on the day."""
        begun = self.standing().filter(starts_on__lte=day)
        return begun.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def of_place(self, region: "Region") -> Self:
        """Terms of the place and of all it lies in; of areas with its township; of what was merged into it, or it into."""
        codes = [*above(region.code), region.code]
        if region.successor_id:
            codes += [*above(region.successor_id), region.successor_id]
        here = Q(region_id__in=codes) | Q(region__successor_id__in=[region.code])
        areas = apps.get_model("core", "Area").objects.filter(regions__in=codes).values("pk")
        return self.filter(here).filter(Q(area=None) | Q(area__in=areas))

    def answering(self, region: "Region", day: date) -> Self:
        """谁负责: who answered on the day at every level, from the province down; single households are asked for apart."""
        return self.on(day).of_place(region).filter(object_no="").in_order()

    def in_order(self) -> Self:
        """Annotates `place_order`: level by level, and in each in the order of the capacities."""
        rank = Right(Concat(Value("00"), Cast("capacity__order", CharField())), 3)
        return self.annotate(place_order=Concat("region_id", rank, output_field=CharField()))

    def serving(self) -> Self:
        return self.filter(state="serving")

    def ending(self, today: date, days: int) -> Self:
        """Terms that run out within `days` days."""
        return self.serving().filter(ends_on__gte=today, ends_on__lte=today + timedelta(days=days))

    def due(self, today: date, days: int) -> Self:
        """Terms of which something is to be done: over by their date, or within `days` days."""
        return self.serving().filter(ends_on__lte=today + timedelta(days=days))

    def expired(self, today: date) -> Self:
        """Terms over by their date that nobody ended, extended or gave to another."""
        return self.serving().filter(ends_on__lt=today)

    def not_taken(self) -> Self:
        """Handed over, and nobody has confirmed that he has it."""
        return self.standing().filter(handover__isnull=False, handover__taken_on=None)

    def teams(self) -> Self:
        return self.exclude(capacity__team="")

    def short_for(self, months: list[date], days: int) -> Self:
        """Village persons who were present fewer than `days` days in every one of `months`."""
        rows = self.serving()
        for first in months:
            apart: Any = apps.get_model("inspections", "AttendanceMonth")._base_manager
            short = apart.filter(person=OuterRef("village_person"), month=first, days_present__lt=days)
            rows = rows.filter(Exists(short))
        return rows.teams()


class LetterQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """As its place below is seen; who signs it, and a township that signs below it, too."""
        if post.role in READERS:
            return place_ways(post, "责任书")
        found = place_ways(post, "责任书", "lower__home_unit_id", "lower__user_id")
        if post.role in LOCAL | NAMED_ONLY:
            found.append(Reason("责任书由您签订", Q(upper__user_id=post.user_id)))
        return found

    def for_list(self) -> Self:
        sides = [
            f"{side}__{path}"
            for side in ("upper", "lower")
            for path in ("user__person", "home_unit", "capacity", "region", "area")
        ]
        noted = ("upper_noted_by__person", "lower_noted_by__person")
        return self.select_related("region", *sides, *noted)

    def standing(self) -> Self:
        return self.exclude(state="voided")

    def unsigned(self) -> Self:
        return self.filter(state="drawn")

    def waiting_for(self, user: "User") -> Self:
        """Letters that lack the signature of this very person."""
        upper = Q(upper__user__person_id=user.person_id, upper_signed_on=None)
        lower = Q(lower__user__person_id=user.person_id, lower_signed_on=None)
        return self.unsigned().filter(upper | lower)


IMPORTERS = frozenset({Role.SUPERVISION, Role.PATROL_OFFICE})


class TeamListQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        if post.role in IMPORTERS:
            return [Reason(f"可查看{post.place}的驻村任期名单", post.within("region_id"))]
        return []

    def for_list(self) -> Self:
        return self.select_related("region", "taken_by__person")
