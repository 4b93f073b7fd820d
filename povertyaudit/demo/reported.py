"""报表 of the last periods: those of before checked by the registry and signed by the secretary, the last month waiting for
its signature, the last of the others still a draft."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from funds.spans import Span
from povertyaudit.core import moment
from povertyaudit.core.models import Region
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import COUNTY_TIME, Diary
from povertyaudit.reporting import spanning
from povertyaudit.reporting.models import Report, ReportKind
from povertyaudit.reporting.services import guard, reports

HOW_MANY = {ReportKind.QUARTER: 2, ReportKind.MONTH: 3, ReportKind.TEN_DAYS: 2}
# As the published paper has it (seed 002): 35 of 93 is 37.6 %, so the guard stops the draft that quotes it.
QUOTED = "此前召回更换驻村第一书记的情况：93 个贫困村中更换 35 个，占 37.5%。"
EXPLAINED = "提示的各处已与清单逐件核对，情况属实。"


def stories(cast: Cast, diary: Diary) -> Iterator[Iterator[datetime]]:
    """One for each report: drafted in the morning after its period, checked and signed the same day."""
    last = reports.periods(diary.today - timedelta(days=1))
    for kind, number in HOW_MANY.items():
        span: Span | None = last[kind]
        for left in range(number):
            if span is None or span.last is None:
                break
            yield _story(
                cast,
                cast.places.county,
                kind,
                span,
                steps=0 if kind != ReportKind.MONTH and not left else 2 if left else 1,
            )
            span = spanning.before(span)


def _story(cast: Cast, county: Region, kind: str, span: Span, *, steps: int) -> Iterator[datetime]:
    """`steps`: 0 left as a draft, 1 checked, 2 signed."""
    assert span.last is not None  # noqa: S101 — said by who asks
    morning = datetime.combine(span.last + timedelta(days=1), time(6, 3), COUNTY_TIME)
    yield morning
    row = reports.draft(county, kind, span)
    if row is None:
        return
    if not steps:
        if kind == ReportKind.QUARTER:
            yield morning + timedelta(hours=4)
            reports.amend(again(row), by=cast.casemgr, text=f"{row.text}\n{QUOTED}", note="引用以前的材料。")
        return
    yield morning + timedelta(hours=4)
    row = reports.recount(again(row), by=cast.casemgr)
    explained = EXPLAINED if guard.findings(again(row)) else ""
    row = reports.check(again(row), by=cast.casemgr, explained=explained, note="已核对。")
    if steps > 1:
        yield moment.now() + timedelta(hours=2)
        reports.sign(again(row), by=cast.secretary, note="同意签发。")


def again(row: Report) -> Report:
    """As the next request would load it."""
    found: Report = Report.objects.for_page().get(pk=row.pk)
    return found
