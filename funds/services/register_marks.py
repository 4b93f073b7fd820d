"""Which register speaks for a county's year, and what changed against the year before: set-wise, after each change."""

from django.db import connection

from funds.models import HouseholdMark, Register
from funds.models.marks import NEEDS
from povertyaudit.core import rows
from povertyaudit.core.models import User

# Texts of constants; m is the mark, p the one of the same household the year before.
_LOST = " OR ".join(f"(p.{need} AND NOT m.{need})" for need in NEEDS)
_FELL = "(p.exit IN ('out', 'stable') AND m.exit IN ('back', 'poor'))"
_CHANGED = " OR ".join(f"p.{need} <> m.{need}" for need in NEEDS)
_SAID = "(p.exit <> '' AND m.exit <> '' AND p.exit <> m.exit)"


def settle(county: str, year: int, *, by: User | None) -> None:
    """The newest register with marks that counts speaks for the year; it and the year after are compared anew."""
    with_marks = (
        Register.objects.standing().filter(region_id=county, as_of__year=year).order_by("-as_of", "-pk")
    )
    speaks = next((one for one in with_marks if HouseholdMark.objects.filter(register=one).exists()), None)
    for one in with_marks.filter(marks_year=year).exclude(pk=speaks.pk if speaks else None):
        rows.change(one, verb="register.speak", by=by, changes={"marks_year": None})
    if speaks is not None and speaks.marks_year != year:
        rows.change(speaks, verb="register.speak", by=by, changes={"marks_year": year})
    for later in (year, year + 1):
        _compare(_speaker(county, later), _speaker(county, later - 1))


def _speaker(county: str, year: int) -> int | None:
    found = Register.objects.standing().filter(region_id=county, marks_year=year)
    return found.values_list("pk", flat=True).first()


def _compare(now: int | None, before: int | None) -> None:
    """Set `lost` and `changed` of one register's marks against another's."""
    if now is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE funds_householdmark SET lost = FALSE, changed = FALSE WHERE register_id = %s AND (lost OR changed)",
            [now],
        )
        if before is None:
            return
        joined = "FROM funds_householdmark p WHERE p.register_id = %s AND p.household_no = m.household_no"
        for column, rule in (("lost", f"{_LOST} OR {_FELL}"), ("changed", f"{_CHANGED} OR {_SAID}")):
            cursor.execute(
                f"UPDATE funds_householdmark AS m SET {column} = TRUE WHERE m.register_id = %s "  # noqa: S608 — constants
                f"AND EXISTS (SELECT 1 {joined} AND ({rule}))",
                [now, before],
            )
