"""Which days a report is asked for: never late at birth, never of days the item was not in the unit's hands."""

from datetime import date, timedelta

import pytest

from povertyaudit.core.models import Clock, Notification
from rectification import services
from rectification.models import Item, ItemRhythm, PeriodReport
from rectification.services import opening_periods, periods
from tests.factories import fresh
from tests.rectification import makers
from tests.rectification.makers import SEEN, again, api
from tests.rectification.test_periods import BEGIN, at_day


@pytest.fixture
def item(cast):
    with at_day(BEGIN):
        return makers.at(cast, "accepted", days=120)


def ask(item, *when):
    """The days of the report opened on the day; None where none was."""
    day = date(*when)
    with at_day(day):
        if not opening_periods.open_batch([item.pk], day):
            return None
    made = item.period_reports.first()
    return made.first_day, made.last_day


def test_no_report_is_late_when_it_is_opened(cast, item):
    """The days of the month before last are told of in the next report."""
    assert ask(item, 2026, 12, 20) is None
    assert ask(item, 2027, 1, 1) == (BEGIN, date(2026, 12, 31))
    assert ask(item, 2027, 2, 20) is None
    assert ask(item, 2027, 3, 1) == (date(2027, 1, 1), date(2027, 2, 28))
    assert not PeriodReport.objects.missed(date(2027, 1, 1)).exists()


def test_a_report_is_about_three_days_or_more(cast, item):
    """Signed for on the last but one day: the next report begins there."""
    Item.objects.filter(pk=item.pk).update(accepted_on="2026-11-29", at_work_since="2026-11-29")
    assert ask(item, 2026, 12, 1) is None
    assert ask(item, 2027, 1, 1) == (date(2026, 11, 29), date(2026, 12, 31))


def test_a_new_rhythm_leaves_the_period_before_to_the_old(cast, item, client):
    """Of the item, as of a round or a source."""
    with at_day(date(2026, 11, 20)):
        services.set_rhythm(
            item, by=cast.inspector1, cadence="ten_days", valid_from=date(2026, 12, 1), note="攻坚"
        )
    assert ask(item, 2026, 12, 1) == (BEGIN, date(2026, 11, 30))
    assert ask(item, 2026, 12, 11) == (date(2026, 12, 1), date(2026, 12, 10))
    with at_day(date(2026, 12, 12)):  # a mistake is put right on the same day, and taken back
        services.set_rhythm(item, by=cast.inspector1, cadence="none", note="停工")
        services.set_rhythm(item, by=cast.inspector1, cadence="inherit", note="误填")
    assert [(one.cadence, one.reason) for one in item.rhythms.all()] == [
        ("ten_days", "攻坚"),
        ("inherit", "误填"),
    ]
    with at_day(date(2026, 12, 12)):
        client.force_login(cast.inspector1)
        page = client.get(item.get_absolute_url()).content.decode()
        assert "月报（按来源的规定）" in page
        shown = api(client, cast.inspector1).get(f"items/{item.public_id}/").json()
        assert shown["report_rhythm"] == "月报（按来源的规定）"
    assert ask(item, 2026, 12, 21) is None
    assert ask(item, 2027, 1, 1) == (date(2026, 12, 11), date(2026, 12, 31))


def test_time_under_review_or_closed_is_not_asked_about_and_an_application_waives_nothing(cast, item):
    """What lapsed with the application is owed again, from the day it is sent back."""
    assert ask(item, 2026, 12, 1)
    report = item.period_reports.get()
    with at_day(date(2026, 12, 2)):
        makers.shown(cast, item)
        services.apply(again(item), by=cast.unithead)
        report.refresh_from_db()
        assert (report.state, report.lapsed) == ("waived", True)
    with at_day(date(2026, 12, 18)):
        services.send_back(again(item), by=cast.sector, note="补充佐证")
        report.refresh_from_db()
        assert (report.state, report.lapsed) == ("owed", False)
        assert Clock.objects.of(report).running().get().due_on == report.due_on > date(2026, 12, 18)
        assert Notification.objects.filter(
            number=report.number, user=cast.official, text__contains="前填报"
        ).exists()
        periods.fill(report, by=cast.official, text="已落实")
        periods.sign(report, by=cast.unithead)
    assert ask(item, 2027, 1, 1) == (date(2026, 12, 1), date(2026, 12, 31))
    with at_day(date(2027, 1, 2)):
        services.add_result(again(item), by=cast.official, text="按退回意见补充")
        services.apply(again(item), by=cast.unithead)
        assert item.period_reports.filter(lapsed=True).count() == 1
        services.review(again(item), by=cast.sector)
        services.verify(again(item), by=cast.inspector2, **SEEN)
    with at_day(date(2027, 3, 10)):
        services.reopen(again(item), by=cast.leader, note="反弹", due_on=date(2027, 6, 1))
    assert not item.period_reports.filter(lapsed=True).exists()  # no later 退回 brings it back
    assert item.period_reports.first().state == "waived"  # asked for no more: the item was crossed off
    assert ask(item, 2027, 4, 1) == (date(2027, 3, 10), date(2027, 3, 31))


def test_a_report_waiting_for_the_former_head_is_owed_by_the_new_unit(cast, item, client):
    assert ask(item, 2026, 12, 1)
    report = item.period_reports.get()
    with at_day(date(2026, 12, 3)):
        periods.fill(report, by=cast.official, text="前单位的文字")
        makers.handed(cast, item, fresh(cast.otherhead).current_posts()[0].unit)
        report.refresh_from_db()
        assert (report.state, report.text, report.filled_by) == ("owed", "", None)
        assert report.due_on > date(2026, 12, 3) + timedelta(days=2)
        assert Notification.objects.filter(number=report.number, user=cast.otherhead).exists()
        path = f"period-reports/{report.public_id}/fill/"
        assert api(client, cast.otherofficial).post(path, {"text": "新单位的文字"}).status_code == 200


def test_days_left_out_are_told_of_next_and_days_nobody_asked_about_never(cast, item):
    """Nothing was asked for half a year; an item older than these reports is not asked for its years."""
    assert ask(item, 2027, 1, 1) == (BEGIN, date(2026, 12, 31))
    with at_day(date(2027, 1, 5)):
        services.set_rhythm(item, by=cast.inspector1, cadence="none", note="停工")
    assert ask(item, 2027, 3, 1) is None
    with at_day(date(2027, 7, 6)):
        services.set_rhythm(item, by=cast.inspector1, cadence="month", note="复工")
    assert ask(item, 2027, 8, 1) == (date(2027, 7, 1), date(2027, 7, 31))
    old = makers.at(cast, "accepted")  # in the unit's hands for years when these reports began
    Item.objects.filter(pk=old.pk).update(
        issued_on="2024-01-05", accepted_on="2024-01-05", at_work_since="2024-01-05"
    )
    assert ask(old, 2027, 1, 1) == (date(2026, 12, 1), date(2026, 12, 31))
    ItemRhythm.objects.create(
        item=old, cadence="none", valid_from="2027-01-02", reason="停工", set_by=cast.inspector1
    )
    ItemRhythm.objects.create(
        item=old, cadence="ten_days", valid_from="2027-04-03", reason="复工", set_by=cast.inspector1
    )
    # The first ten days of April were slept over: told of from the day they were asked about again.
    assert ask(old, 2027, 4, 21) == (date(2027, 4, 3), date(2027, 4, 20))


def test_the_page_lists_the_latest_and_says_how_many_are_missing(cast, item, client):
    """However many there are: the oldest of the missing ones by name, the rest as one line that opens them."""
    for year, month in ((2026, 12), *((2027, month) for month in range(1, 8))):
        assert ask(item, year, month, 1)
    with at_day(date(2027, 7, 20)):
        client.force_login(cast.inspector1)
        page = client.get(item.get_absolute_url()).content.decode()
    assert page.count("还没有签报，已过报送时限") == 4
    rest = f"/period-reports/?item={item.number}&amp;missed=true&amp;view=all"
    assert f'href="{rest}"' in page
    assert "另有 4 期定期报告还没有签报" in page
