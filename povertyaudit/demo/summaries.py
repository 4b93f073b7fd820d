"""工作汇总 of the last weeks, months and quarters, and what the first room tells the petition office: those of before sent by the registry, the last of each kind still a draft."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from cases.models import Period
from cases.services import summing
from povertyaudit.core import moment
from povertyaudit.core.models import Region
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import COUNTY_TIME, Diary

# How many of each kind, the newest of which is left unsent.
HOW_MANY = {
    Period.QUARTER: 2,
    Period.MONTH: 3,
    Period.WEEK: 4,
    Period.PARTNERS: 2,
    Period.TOLD: 2,
    Period.SANCTION: 2,
}
ROOM = "第一监督检查室"


def stories(cast: Cast, diary: Diary) -> Iterator[Iterator[datetime]]:
    """One for each summary: drafted in the morning after its period, sent the same day."""
    county = cast.places.county
    for period, number in HOW_MANY.items():
        yesterday = diary.today - timedelta(days=1)
        told = period == Period.TOLD
        days = summing.periods(yesterday)[Period.QUARTER if told else period]
        for left in range(number):
            yield _story(cast, county, period, days, send=left > 0)
            days = summing.before(Period.QUARTER if told else period, days[0])


def _story(cast: Cast, county: Region, period: str, days: summing.Days, *, send: bool) -> Iterator[datetime]:
    morning = datetime.combine(days[1] + timedelta(days=1), time(6, 2), COUNTY_TIME)
    yield morning
    told = period == Period.TOLD
    row = summing.draft(county, period, days, cast.units[ROOM] if told else None)
    if row is None or not send:
        return
    if told:
        yield morning + timedelta(days=3)
        summing.tell(row, by=cast.inspector1, document_number=f"青纪监一〔{days[1].year}〕{days[1].month} 号")
        return
    yield morning + timedelta(hours=3)
    row = summing.amend(
        row, by=cast.casemgr, text=f"{row.text}\n请各室对照清单抓紧办理，超期的逐件说明原因。"
    )
    yield moment.now() + timedelta(minutes=12)
    summing.send(row, by=cast.casemgr, note="已核对。")
