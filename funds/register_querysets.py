"""Reads of registers, their rows and the yearly marks that have a name."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import F, Q

from povertyaudit.core.models import Role, UnitKind
from povertyaudit.core.scope import Reason, ScopedQuerySet, region_under

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

REGION_WIDE = frozenset(
    {
        Role.FINANCE, Role.CASE_MANAGER, Role.SUPERVISION, Role.INVESTIGATION, Role.SECRETARY, Role.DEPUTY,
        Role.PATROL_OFFICE,
    }
)  # fmt: skip
OWN_VILLAGES = frozenset({Role.LIAISON, Role.UNIT_HEAD})


def of_township(post: "Post") -> bool:
    """A post in a township government: it sees what lies in its own villages."""
    return post.role in OWN_VILLAGES and post.unit.kind == UnitKind.TOWNSHIP


class RegisterQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Discipline offices and the fund desk see the registers of their region; a township those it has rows in."""
        if post.role in REGION_WIDE:
            return [Reason(f"可查看{post.place}的名册", region_under("region_id", post.region_id))]
        if of_township(post):
            words = "名册里有您所在乡镇的村，只能看到本乡镇的对象"
            return [Reason(words, Q(region_id=post.region.county_code(), state="loaded"))]
        return []

    def standing(self) -> Self:
        """Registers that count today."""
        return self.filter(state="loaded")

    def same_as(self, row: Any) -> Self:
        """The others of the same kind, county, day and part."""
        others = self.exclude(pk=row.pk) if row.pk else self
        return others.filter(
            region_id=row.region_id, kind__code=row.kind.code, as_of=row.as_of, part=row.part
        )

    def beside(self, row: Any) -> Self:
        """Other parts of the same register that count."""
        found = self.standing().filter(region_id=row.region_id, kind__code=row.kind.code, as_of=row.as_of)
        return found.exclude(part=row.part)

    def for_list(self) -> Self:
        return self.select_related("kind", "region", "source_unit", "loaded_by__person")


class _OfRegister(ScopedQuerySet):
    """Rows of registers: seen with the register, and by a township only where they lie in its villages."""

    def reasons(self, post: "Post") -> list[Reason]:
        if post.role in REGION_WIDE:
            return [Reason(f"可查看{post.place}的名册", post.within("region_id"))]
        if of_township(post):
            return [Reason("住在您所在的乡镇", post.within("region_id"))]
        return []

    def visible_to(self, user: Any) -> Self:
        registers = apps.get_model("funds", "Register")._default_manager.visible_to(user)
        return super().visible_to(user).filter(register__in=registers.exclude(state="loading"))


class BeneficiaryQuerySet(_OfRegister):
    def standing(self) -> Self:
        """Rows of registers that count today."""
        return self.filter(register__state="loaded")

    def for_list(self) -> Self:
        return self.select_related("register__kind", "region").defer("sealed", "id_key")


class MarkQuerySet(_OfRegister):
    def counted(self) -> Self:
        """Marks of the register that speaks for its county and year."""
        return self.filter(register__state="loaded", register__marks_year=F("year"))

    def for_list(self) -> Self:
        return self.select_related("register__kind", "region")


class RefusalQuerySet(ScopedQuerySet):
    """Seen with the register, except by townships."""

    def visible_to(self, user: Any) -> Self:
        return super().visible_to(user) if user.roles & REGION_WIDE else self.none()
