"""What is typed into a report is kept or refused; who is shown which missed report, and what is due soon."""

from datetime import date, timedelta

import pytest

from povertyaudit.core.errors import RuleBroken
from rectification.models import FigureKind, PeriodReport
from rectification.services import opening_periods, periods
from tests.rectification import makers
from tests.rectification.test_periods import BEGIN, at_day


def opened(item, day):
    opening_periods.open_batch([item.pk], day)
    return item.period_reports.first()


def test_words_are_not_thrown_away_and_an_ended_figure_is_in_nobodys_way(cast):
    with at_day(BEGIN):
        item = makers.at(cast, "accepted", days=90)
    with at_day(date(2026, 12, 1)):
        first = opened(item, date(2026, 12, 1))
        kinds = [FigureKind.objects.get(code=code) for code in ("trained", "visited")]
        told = [{"kind": kind, "value": 7} for kind in kinds]
        periods.fill(first, by=cast.official, text="已核对名单。", figures=told)
        periods.sign(first, by=cast.unithead)
    with at_day(date(2027, 1, 1)):
        second = opened(item, date(2027, 1, 1))
        FigureKind.objects.filter(code="visited").update(valid_to=date(2026, 12, 31))
        assert [kind.code for kind, _ in periods.last_words(second)[1]] == ["trained"]
        same = {"by": cast.official, "unchanged": True, "unchanged_reason": "停工", "figures": told[:1]}
        with pytest.raises(RuleBroken, match="清空进展情况") as refused:
            periods.fill(second, text="新打的字", **same)
        assert refused.value.field == "text"
        filled = periods.fill(second, text="已核对 名单。", **same)
        assert (filled.text, [one.kind.code for one in filled.figures.all()]) == ("已核对名单。", ["trained"])
        assert periods.fill(second, by=cast.official, text="有进展", figures=told[:1]).unchanged is False


def test_who_watches_over_an_item_is_shown_what_is_missed_of_it(cast, client):
    with at_day(BEGIN):
        found = makers.finding(cast)
        of_round = makers.at(cast, "accepted", days=90, source="finding", finding=found, by=cast.patroloffice)
        other = makers.at(cast, "accepted", days=90)
    with at_day(date(2026, 12, 1)):
        assert opening_periods.open_batch([of_round.pk, other.pk], date(2026, 12, 1)) == 2
    with at_day(date(2026, 12, 10)):
        for account, mine in ((cast.inspector1, other), (cast.casemgr, other), (cast.patroloffice, of_round)):
            client.force_login(account)
            missed = PeriodReport.objects.visible_to(account).missed_for(account, date(2026, 12, 10))
            assert [one.item for one in missed] == [mine]
            page = client.get("/period-reports/?tab=missed").content.decode()
            assert [one.number in page for one in (mine, *{of_round, other} - {mine})] == [True, False]
            assert "整改定期报告" in client.get("/").content.decode()
    report = other.period_reports.get()
    for day, seen in ((date(2026, 12, 4), False), (date(2026, 12, 5), True)):  # a Friday, a Saturday
        assert PeriodReport.objects.filter(pk=report.pk).update(due_on=date(2026, 12, 8))
        assert PeriodReport.objects.this_week(day).filter(pk=report.pk).exists() is seen
    assert PeriodReport.objects.this_week(date(2026, 12, 8) - timedelta(days=3)).count() == 2
