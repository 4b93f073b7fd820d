"""Put it together: the demo's places and people, then leads and items by the hundred thousand, then the mark."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction

from cases.models import Lead
from povertyaudit.core import audit
from povertyaudit.core.models import Counter, NumberScheme, Region, Role, Unit, UnitKind
from povertyaudit.core.verify import NOT_A_REGISTER
from povertyaudit.demo import geography, people
from povertyaudit.demo import leads as demo_leads
from povertyaudit.demo.scale import funds, items, leads, loading, misuses, world
from povertyaudit.demo.scale.world import World
from rectification.models import Item

OWN = {
    "ZG": "item",
    "XD": "allocation",
    "XM": "project",
    "BZ": "payment",
    "ZJ": "misuse",
}  # registers with letters


def is_empty() -> bool:
    """Whether nobody has put anything here yet."""
    return not (Region.objects.exists() or Lead.objects.exists() or Item.objects.exists())


@transaction.atomic
def seed(today: date, seed_value: int, password: str, *, count: dict[str, int]) -> dict[str, int]:
    """Everything or nothing; the same arguments give the same rows. `count`: leads, items, measures, projects, payments,
    misuses, entries."""
    qinghe, yunping = geography.build()
    casts = people.build(qinghe, yunping, password)
    _city_desk(password)
    demo_leads.load_categories()
    made = world.build(today, seed_value, casts)
    with collected_later(), loading.without_words():
        leads.build(made, count["leads"])
        items.build(made, count["items"], count["measures"])
        funds.build(made, count["projects"], count["payments"])
        misuses.build(made, count["misuses"], count["entries"])
        made.load.finish()
    funds.settle()
    _counters(made)
    body = Unit.objects.get(name="澜汀市纪委监委")
    facts = {"seed": seed_value, "today": today, **count}
    audit.record(NOT_A_REGISTER, body, by=None, facts=facts)
    return {str(model._meta.verbose_name): last for model, last in made.load.last.items()}


def _city_desk(password: str) -> None:
    """Somebody who reads the money of both counties."""
    city = Region.objects.get(code=geography.CITY)
    desk = Unit.objects.create(name="澜汀市财政局", kind=UnitKind.DEPARTMENT, region=city)
    people.Hall(password).user("cityfinance", Role.FINANCE, desk, city)


@contextmanager
def collected_later() -> Iterator[None]:
    """Millions of values are made and none are cyclic: looking for garbage meanwhile costs a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _counters(made: World) -> None:
    """So that the next number goes on after the last one written."""
    schemes = dict(NumberScheme.objects.values_list("code", "pk"))
    rows: list[Any] = []
    for county in made.counties:
        for key, last in county.written.items():
            office, year = key.split()
            scheme, letters = (OWN[office], "") if office in OWN else ("lead", office)
            rows.append(
                Counter(
                    scheme_id=schemes[scheme],
                    county_id=county.code,
                    office=letters,
                    year=int(year),
                    last=last,
                )
            )
    Counter.objects.bulk_create(rows)


def analyse() -> None:
    """Let the database know what is in it now (after the commit)."""
    with connection.cursor() as cursor:
        whole = connection.vendor == "postgresql" and not connection.in_atomic_block
        cursor.execute("VACUUM ANALYZE" if whole else "ANALYZE")
