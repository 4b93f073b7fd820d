"""四种形态: each person counts once in a period, at the heaviest, whatever leads and decisions he stands in."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, NamedTuple

from cases.models.measures import WEIGHT
from cases.persons import Person, person, told_apart


class Weighed(NamedTuple):
    """A decision as it is counted."""

    pk: int
    form: int
    measure: str
    decided_on: date
    subject: int
    person: Person
    place: str

    @property
    def weight(self) -> tuple[int, int, int, int]:
        return self.form, WEIGHT[self.measure], -self.decided_on.toordinal(), -self.pk


def weighed(rows: Any) -> list[Weighed]:
    """The rows with what tells whom they are about: one query."""
    who = ("subject__name", "subject__unit_text", "subject__id_digest", "lead__region_id")
    found = rows.order_by().values_list("pk", "form", "measure", "decided_on", "subject_id", *who)
    return [
        Weighed(pk, form, measure, day, subject, person(name, unit, digest), place)
        for pk, form, measure, day, subject, name, unit, digest, place in found
    ]


def heaviest(rows: list[Weighed]) -> list[Weighed]:
    """Of each person the one that counts."""
    owners = told_apart({row.subject: (row.subject, row.person, row.place) for row in rows}.values())
    best: dict[int, Weighed] = {}
    for row in rows:
        owner = owners[row.subject]
        if owner not in best or row.weight > best[owner].weight:
            best[owner] = row
    return list(best.values())


def set_aside(rows: list[Weighed]) -> list[int]:
    """The keys of those that do not count: few, where most persons have one decision."""
    return sorted({row.pk for row in rows} - {row.pk for row in heaviest(rows)})


def figures(year: int, quarter: int, rows: list[Weighed]) -> dict[str, Any]:
    """What the board says of a quarter, or (quarter 0) of the year."""
    first = date(year, 3 * quarter - 2, 1) if quarter else date(year, 1, 1)
    last = date(year + (quarter in (0, 4)), 3 * quarter % 12 + 1, 1) - timedelta(days=1)
    name = f"{year} 年第 {quarter} 季度" if quarter else f"{year} 年"
    counts = Counter(row.form for row in heaviest(rows))
    return {"name": name, "first": first, "last": last, "forms": counts, "total": counts.total()}
