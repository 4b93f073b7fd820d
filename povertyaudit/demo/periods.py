"""整改定期报告 of one township: signed, missed, done without, filled in and waiting for the head, still owed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from povertyaudit.core import moment
from povertyaudit.core.models import Role
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import COUNTY_TIME
from rectification.models import FigureKind, Item, PeriodReport
from rectification.services import opening_periods, periods

FIRST = ("已核对名单 96 户，正在组织兑付。", {"visited": 96, "repaid": 182_000})
NEXT = ("已完成 118 户兑付，剩余 12 户正在核对。", {"visited": 118, "repaid": 305_000})


def make(cast: Cast) -> None:
    """Four items at work are reported on by the week: two in time, one not at all, one need not."""
    today = moment.today()
    unit = cast.town_unit(2)
    at_work = Item.objects.exclude(source="finding").filter(units__unit=unit, units__is_main=True)
    found = at_work.filter(state="rectifying", accepted_on__lte=today - timedelta(days=22)).order_by("pk")[:4]
    items = list(found)
    ids = [item.pk for item in items]
    with _ago(21):
        for item in items:
            periods.set_rhythm(item, by=cast.inspector2, cadence="week", note="进入集中攻坚阶段，按周调度。")
    monday = today - timedelta(days=today.weekday())
    with _ago(today.weekday() + 7):
        opening_periods.open_batch(ids, moment.today())
    with _ago(today.weekday() + 6):
        for number, report in enumerate(PeriodReport.objects.filter(item__in=ids).order_by("pk")):
            if number < 2:
                _fill(cast, report, *FIRST)
                periods.sign(report, by=cast.holding(Role.UNIT_HEAD, unit), note="情况属实。")
            elif number == 3:
                periods.waive(report, by=cast.inspector2, note="该周停工等待评审，不再要求。")
    opening_periods.open_batch(ids, monday)
    newest = PeriodReport.objects.filter(item__in=ids, state="owed").order_by("-last_day", "pk").first()
    if newest is not None:
        _fill(cast, newest, *NEXT)


def _fill(cast: Cast, report: PeriodReport, text: str, totals: dict[str, int]) -> None:
    kinds = {kind.code: kind for kind in FigureKind.objects.on()}
    figures = [{"kind": kinds[code], "value": value} for code, value in totals.items()]
    periods.fill(report, by=cast.holding(Role.LIAISON, report.unit), text=text, figures=figures)


@contextmanager
def _ago(days: int) -> Iterator[None]:
    """So many days before, in the morning."""
    at = datetime.combine(moment.today() - timedelta(days=days), time(9, 30), COUNTY_TIME)
    with moment.pretend(at):
        yield
