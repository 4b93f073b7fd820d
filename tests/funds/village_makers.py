"""Monthly sheets made by the clock and the verbs."""

from datetime import date, datetime

from django.utils import timezone

from funds.models import VillageDuty, VillageSheet
from funds.services import opening_sheets, village_sheets
from povertyaudit.core import jobs, moment
from tests import factories
from tests.inspections.field_makers import jpeg

OCTOBER = date(2026, 10, 1)


def at_day(day):
    return moment.pretend(timezone.make_aware(datetime(day.year, day.month, day.day, 9)))


def run(day):
    """The clock's job on the day; how many sheets it opened."""
    with at_day(day):
        job = jobs.enqueue("village_sheets", {"day": day.isoformat()}, f"village-sheets:{day}")
        assert jobs.run(job.pk) == "done"
    job.refresh_from_db()
    return job.result["opened"]


def opened(month=OCTOBER):
    """The sheet of 石桥坳村 for the month, as the clock opens it."""
    with at_day(month):
        for codes in opening_sheets.batches(month):
            opening_sheets.open_batch(codes, month)
    return VillageSheet.objects.get(region=factories.VILLAGE, month=month)


def answers(**changes):
    """Every duty published, but for those that say something else."""
    codes = VillageDuty.objects.on().values_list("code", flat=True)
    usual = {code: {"duty": code, "answer": "published"} for code in codes}
    return [usual[code] | changes.get(code, {}) for code in usual]


def handed_in(people, day=date(2026, 11, 5), month=OCTOBER, **changes):
    sheet = VillageSheet.objects.filter(region=factories.VILLAGE, month=month).first() or opened(month)
    with at_day(day):
        said = {"answers": answers(**changes), "board": jpeg(), "hand_in": True}
        return village_sheets.fill(sheet, by=factories.fresh(people.official), **said)
