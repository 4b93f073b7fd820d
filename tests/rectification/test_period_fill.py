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


def test_a_report_goes_back_to_be_filled_in_anew(cast, client):
    """By the head before he signs, on the page; by who watches over the item after, over the API, until a later one is
    signed. It is not handed in again as it was, and totals as of a day stay what they were."""
    with at_day(BEGIN):
        item = makers.at(cast, "accepted", days=120)
    kind = FigureKind.objects.get(code="trained")
    told = [{"kind": kind, "value": 7}]
    with at_day(date(2026, 12, 1)):
        report = opened(item, date(2026, 12, 1))
        periods.fill(report, by=cast.official, text="已核对名单。", figures=told)
        url, path = report.get_absolute_url(), f"period-reports/{report.public_id}/"
        client.force_login(cast.unithead)
        assert "退回重填" in client.get(url).content.decode()
        refused = client.post(f"{url}send_back/", {"note": ""})
        assert "请" in refused.content.decode()
        assert client.post(f"{url}send_back/", {"note": "没有写明户数。"}).status_code == 302
        report.refresh_from_db()
        assert (report.state, report.text) == ("returned", "已核对名单。")
        assert PeriodReport.objects.waiting_for(cast.official).get() == report
        client.force_login(cast.official)
        assert "没有写明户数。" in client.get(f"{url}fill/").content.decode()
        same = makers.api(client, cast.official).post(f"{path}fill/", {"text": "已核对 名单。"})
        assert (same.status_code, same.json()["code"]) == (422, "fill.as_returned")
        periods.fill(report, by=cast.official, text="已核对名单 7 户。", figures=told)
        periods.sign(report, by=cast.unithead)
        assert (
            makers.api(client, cast.unithead).post(f"{path}send_back/", {"note": "有误"}).status_code == 403
        )
    with at_day(date(2026, 12, 8)):
        assert (
            makers.api(client, cast.patroloffice).post(f"{path}send_back/", {"note": "有误"}).status_code
            == 404
        )
        back = makers.api(client, cast.inspector1).post(f"{path}send_back/", {"note": "户数与台账不符。"})
        assert (back.status_code, back.json()["state"], back.json()["signed_on"]) == (200, "returned", None)
        report.refresh_from_db()
        assert report.due_on > date(2026, 12, 8)  # owed anew from the day it was sent back
        assert report.signatures.get().voided_at is not None
        periods.fill(report, by=cast.official, text="已核对名单 8 户。", figures=[{"kind": kind, "value": 8}])
        periods.sign(report, by=cast.unithead)
    with at_day(date(2027, 1, 1)):
        later = opened(item, date(2027, 1, 1))
        periods.fill(later, by=cast.official, text="又兑付 4 户。", figures=[{"kind": kind, "value": 12}])
        periods.sign(later, by=cast.unithead)
        refused = makers.api(client, cast.inspector1).post(f"{path}send_back/", {"note": "再改"})
        assert (refused.status_code, refused.json()["code"]) == (422, "send_back.later")
        client.force_login(cast.inspector1)
        assert ">12</a>" in client.get("/period-reports/totals/").content.decode()
        board = client.get("/period-reports/totals/?by=unit&on=2026-12-31").content.decode()
        assert "截至 2026-12-31" in board
        assert ">8</a>" in board
        rows = client.get("/period-reports/?latest_on=2026-12-31&figure=trained&view=all").content.decode()
        assert (report.number in rows, later.number in rows) == (True, False)
        assert "日期" in client.get("/period-reports/totals/?on=xx").content.decode()
