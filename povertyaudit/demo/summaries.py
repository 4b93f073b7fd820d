"""工作汇总 of the last weeks, months and quarters: those of before sent by the registry, the last of each kind still a draft."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from cases.models import Period
from cases.services import summing
from povertyaudit.core import moment
from povertyaudit.core.models import Region
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import COUNTY_TIME, Diary

# How many of each kind, the newest of which is left unsent.
HOW_MANY = {Period.QUARTER: 2, Period.MONTH: 3, Period.WEEK: 4}


def stories(cast: Cast, diary: Diary) -> Iterator[Iterator[datetime]]:
    """One for each summary: drafted in the morning after its period, sent the same day."""
    county = cast.places.county
    for period, number in HOW_MANY.items():
        days = summing.periods(diary.today - timedelta(days=1))[period]
        for left in range(number):
            yield _story(cast, county, period, days, send=left > 0)
            days = summing.before(period, days[0])


def _story(cast: Cast, county: Region, period: str, days: summing.Days, *, send: bool) -> Iterator[datetime]:
    morning = datetime.combine(days[1] + timedelta(days=1), time(6, 2), COUNTY_TIME)
    yield morning
    row = summing.draft(county, period, days)
    if row is None or not send:
        return
    yield morning + timedelta(hours=3)
    row = summing.amend(
        row, by=cast.casemgr, text=f"{row.text}\n请各室对照清单抓紧办理，超期的逐件说明原因。"
    )
    yield moment.now() + timedelta(minutes=12)
    summing.send(row, by=cast.casemgr, note="已核对。")
