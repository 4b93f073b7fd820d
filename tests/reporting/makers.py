"""Rows to count: leads put straight into the table, many at once."""

from datetime import date
from itertools import count

from cases.models import Category, Lead
from funds import spans
from povertyaudit.reporting.models import Report
from tests import factories

_numbers = count(1)
DAY = date(2018, 5, 10)
OCTOBER = spans.of_month(2026, 10)
MORNING = "2026-11-01T08:00:00+08:00"
STYLES = {"formalism": 59, "bureaucratism": 55, "inaction": 249, "misconduct": 303}  # seed 000: 666 in all


def leads(people, number, *, day=DAY, region=factories.TOWN, **more):
    given = {
        "channel": "letter", "title": "反映项目进度缓慢", "registered_by": people.casemgr, "received_on": day,
        "registering_unit": people.casemgr.current_posts()[0].unit, "region_id": region, **more,
    }  # fmt: skip
    return Lead.objects.bulk_create(
        Lead(number=f"990101-AG-{day.year}-{next(_numbers):04}", **given) for _ in range(number)
    )


def style_leads(people):
    kinds = {one.code: one for one in Category.objects.filter(code__in=STYLES)}
    for code, number in STYLES.items():
        leads(people, number, style=kinds[code])


def again(row):
    return Report.objects.for_page().get(pk=row.pk)
