"""Who sees activities, and the reads of them that have a name."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Q

from povertyaudit.core.models import Role, UnitKind
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, User

PLANNED, HELD, ARCHIVED, CANCELLED, VOIDED = "planned", "held", "archived", "cancelled", "voided"
COUNTED = (HELD, ARCHIVED)  # what figures count
GONE = (CANCELLED, VOIDED)
DESKS = frozenset(
    {Role.CASE_MANAGER, Role.SUPERVISION, Role.PATROL_OFFICE}
)  # may register for any unit of their region
OF_UNITS = frozenset({Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR, Role.FINANCE})
KEEPERS = DESKS | OF_UNITS
REGION_WIDE = DESKS | {
    Role.SECRETARY, Role.DEPUTY, Role.COUNTY_LEADER, Role.PATROL_TEAM, Role.PETITION, Role.INVESTIGATION,
    Role.ADJUDICATION, Role.SERVICE,
}  # fmt: skip
READERS = (REGION_WIDE | OF_UNITS) - {Role.SERVICE}
SOON = timedelta(days=14)


def ways(post: "Post", what: str, unit: str = "unit_id") -> list[Reason]:
    """Rows of units: the discipline and patrol bodies and leaders see their region, a township its places, a unit its own."""
    if post.role in REGION_WIDE:
        return [Reason(f"可查看{post.place}的全部{what}", post.within("region_id"))]
    if post.role not in OF_UNITS:
        return []
    found = [Reason(f"{what}属于您所在单位", Q(**{unit: post.unit_id}))]
    if post.unit.kind == UnitKind.TOWNSHIP:
        found.append(Reason(f"可查看{post.place}的{what}", post.within("region_id")))
    return found


class ActivityQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """As every log; besides who is on the list of those invited, and who sees an item that it carries out."""
        found = ways(post, "活动")
        if post.role in OF_UNITS:
            items = apps.get_model("rectification", "Item")._default_manager.all()
            seen = items.reach(post)
            if seen is not None:
                shown = self._below("fulfilments").filter(item__in=items.filter(seen).values("pk"))
                found.append(Reason("活动落实了您能看到的整改事项", Q(pk__in=shown.values("activity"))))
            listed = self._below("people").filter(user=post.user_id)
            found.append(Reason("您在参加名单中", Q(pk__in=listed.values("activity"))))
        return found

    def _below(self, name: str) -> Any:
        related: Any = self.model._meta.get_field(name).related_model
        return related._base_manager.all()

    def held(self) -> Self:
        """Those that took place: what figures count."""
        return self.filter(state__in=COUNTED)

    def planned(self) -> Self:
        return self.filter(state=PLANNED)

    def with_open_decisions(self) -> Self:
        """Held, with a decision that was neither issued nor noted."""
        waiting = self._below("decisions").filter(state="open").values("activity")
        return self.filter(state=HELD, pk__in=waiting)

    def coming(self, user: "User", today: date) -> Self:
        """Planned: those he is invited to, and those of his units, with those whose day is past and are to be registered."""
        invited = self._below("people").filter(user=user.pk).values("activity")
        own = Q(unit__in=user.unit_ids) | Q(recorded_by=user.pk)
        wanted = own | Q(pk__in=invited, ends_on__gte=today)
        return self.planned().filter(wanted, starts_on__lte=today + SOON)

    def for_list(self) -> Self:
        return self.select_related("kind", "unit", "region", "recorded_by__person")

    def for_page(self) -> Self:
        return (
            self.for_list()
            .select_related("campaign", "round")
            .prefetch_related("attended", "decisions__unit", "decisions__lead_unit", "decisions__item")
        )


class ActivityPartQuerySet(ScopedQuerySet):
    """Rows below an activity: seen exactly when it is."""


class CommendationQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        return ways(post, "表彰")

    def standing(self) -> Self:
        return self.filter(state="standing")

    def for_list(self) -> Self:
        return self.select_related("unit", "region", "activity", "recorded_by__person")


class RegulationQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """As every log; and what the county laid down is read by every unit in it."""
        found = ways(post, "方案制度")
        if post.role in OF_UNITS:
            found.append(Reason("可查看本县县级的方案制度", Q(region_id=post.region.county_code())))
        return found

    def standing(self) -> Self:
        return self.filter(state="standing")

    def in_force(self, day: date) -> Self:
        """What was in force on the day, also when it was repealed since."""
        begun = self.exclude(state=VOIDED).filter(valid_from__lte=day)
        return begun.filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def running_out(self, today: date, last: date) -> Self:
        """In force today and over by `last`, with nothing in their place."""
        return self.standing().in_force(today).filter(valid_to__lte=last, replaced_by=None)

    def to_review(self, today: date, before: date) -> Self:
        """In force without an end since `before`, and not reviewed since."""
        old = Q(reviewed_on=None, valid_from__lte=before) | Q(reviewed_on__lte=before)
        return self.standing().in_force(today).filter(old, valid_to=None)

    def for_list(self) -> Self:
        return self.select_related(
            "unit", "region", "parent", "replaces", "replaced_by", "item", "recorded_by__person"
        )


class ActivitySheetQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """As every log, of the unit that took it in."""
        return ways(post, "导入表")

    def for_list(self) -> Self:
        return self.select_related("unit", "region", "taken_by__person")


class ActivitySheetLineQuerySet(ScopedQuerySet):
    """Lines of a sheet: read when it is."""

    def visible_to(self, user: Any) -> Self:
        sheets: Any = self.model._meta.get_field("sheet").related_model
        return self.filter(sheet__in=sheets._default_manager.visible_to(user))
