"""旬报、月报: opened by the clock, filled from the last, signed by the unit head, missed."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from povertyaudit.core import jobs, moment, terms
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, Clock, Notification
from povertyaudit.core.remind import scan
from rectification import services
from rectification.models import FigureKind, PeriodReport, ReportRhythm, State
from rectification.models.period_days import in_words, over
from rectification.services import opening_periods, periods
from tests.factories import fresh
from tests.rectification import makers
from tests.rectification.makers import again, api

BEGIN = date(2026, 11, 2)  # a Monday


def at_day(day):
    return moment.pretend(timezone.make_aware(datetime(day.year, day.month, day.day, 9)))


def run(day):
    """The clock's job on the day; how many reports it opened."""
    job = jobs.enqueue("period_reports", {"day": day.isoformat()}, f"period-reports:{day}")
    assert jobs.run(job.pk) == "done"
    job.refresh_from_db()
    return job.result["opened"]


@pytest.fixture
def item(cast):
    with at_day(BEGIN):
        return makers.at(cast, "accepted", days=90)


def opened(item, day=date(2026, 12, 1)):
    """The report of the month that ended, as the clock opens it."""
    with at_day(day):
        assert run(day) == 1
    return item.period_reports.first()


@pytest.mark.parametrize(
    ("cadence", "day", "days", "words"),
    [
        ("week", "2026-12-02", ("2026-11-23", "2026-11-29"), "2026年11月23日至11月29日"),
        ("ten_days", "2026-12-10", ("2026-11-21", "2026-11-30"), "2026年11月下旬"),
        ("ten_days", "2026-12-11", ("2026-12-01", "2026-12-10"), "2026年12月上旬"),
        ("ten_days", "2026-12-21", ("2026-12-11", "2026-12-20"), "2026年12月中旬"),
        ("ten_days", "2027-03-01", ("2027-02-21", "2027-02-28"), "2027年2月下旬"),
        ("month", "2027-01-01", ("2026-12-01", "2026-12-31"), "2026年12月"),
        ("week", "2027-01-04", ("2026-12-28", "2027-01-03"), "2026年12月28日至2027年1月3日"),
    ],
)
def test_the_period_that_was_over(cadence, day, days, words):
    found = over(cadence, date.fromisoformat(day))
    assert tuple(one.isoformat() for one in found) == days
    assert in_words(*found) == words
    assert over("none", date.fromisoformat(day)) is None


def test_the_clock_opens_what_is_owed_once(cast, item):
    with at_day(date(2026, 11, 30)):
        assert run(date(2026, 11, 30)) == 0  # October was over before the item began
    report = opened(item)
    assert (report.cadence, report.first_day, report.last_day) == ("month", BEGIN, date(2026, 11, 30))
    assert (report.state, report.unit, report.number) == ("owed", cast.town, "990101-DQ-2026-00001")
    clock = Clock.objects.of(report).get()
    assert (clock.code, clock.due_on) == ("item.period_report", report.due_on)
    assert (clock.owner_user, clock.head_user) == (cast.official, cast.unithead)
    assert report.due_on == date(2026, 12, 3)  # three working days
    assert opening_periods.open_batch([item.pk], date(2026, 12, 1)) == 0
    assert run(date(2026, 12, 2)) == 0
    assert [entry.verb for entry in AuditEntry.objects.of(report)] == ["periodreport.open"]
    with at_day(date(2026, 12, 2)):
        scan(moment.today())
    assert Notification.objects.filter(number=report.number, user=cast.official).exists()


def test_how_often_is_dated(cast, item, django_assert_max_num_queries):
    """The item's own rhythm goes before that of its source; the source's is changed by two people."""
    with at_day(date(2026, 11, 12)):
        with pytest.raises(RuleBroken, match="理由"):
            services.set_rhythm(item, by=cast.inspector1, cadence="ten_days")
        services.set_rhythm(item, by=cast.inspector1, cadence="ten_days", note="集中攻坚")
    with at_day(date(2026, 11, 12)):
        assert run(date(2026, 11, 12)) == 0  # the first ten days were over before
    tenth = opened(item, date(2026, 11, 21))
    days = tenth.first_day.day, tenth.last_day.day  # nobody told of the first ones
    assert (tenth.cadence, *days) == ("ten_days", 2, 20)
    others = [makers.at(cast, "draft") for _ in range(3)]
    with at_day(date(2026, 11, 13)):
        rule = ReportRhythm.objects.on().get(code="other")
        change = terms.change(rule, by=cast.casemgr, to="week", valid_from=date(2026, 11, 20))
        terms.confirm(change, by=cast.secadmin)
        for one in others:
            services.issue(one, by=cast.inspector1)
            services.accept(one, by=cast.official)
    with at_day(date(2026, 11, 30)), django_assert_max_num_queries(40):
        assert opening_periods.open_batch([one.pk for one in others], moment.today()) == 3
    weeks = PeriodReport.objects.filter(item__in=others)
    assert {(one.cadence, one.first_day) for one in weeks} == {("week", date(2026, 11, 13))}
    assert len({one.number for one in weeks}) == 3


def test_a_round_says_how_often_its_items_are_reported_on(cast, client):
    """Also those born later; what is set for one item goes before it."""
    with at_day(BEGIN):
        found = makers.finding(cast)
        door = api(client, cast.patroloffice)
        path = f"rounds/{found.round.public_id}/set_rhythm/"
        assert door.post(path, {"cadence": "week"}).status_code in (400, 422)
        past = door.post(path, {"cadence": "week", "valid_from": "2026-11-01", "note": "周调度"})
        assert (past.status_code, past.json()["field"]) == (422, "valid_from")
        assert door.post(path, {"cadence": "week", "note": "周调度"}).status_code == 200
        client.force_login(cast.patroloffice)
        assert client.get(f"/rounds/{found.round.public_id}/set_rhythm/").status_code == 200
        born = makers.at(cast, "accepted", source="finding", finding=found, by=cast.patroloffice)
    with at_day(date(2026, 11, 9)):
        assert run(moment.today()) == 1
        services.set_rhythm(born, by=cast.patroloffice, cadence="none", note="已停工")
    assert run(date(2026, 11, 16)) == 0
    assert [one.cadence for one in born.period_reports.all()] == ["week"]


def test_a_report_is_filled_from_the_last_and_signed(cast, item, client):
    """Both doors: the page begins with what was said last, only the head signs, a later period must differ."""
    first = opened(item)
    url = f"/period-reports/{first.public_id}/"
    with at_day(date(2026, 12, 2)):
        client.force_login(cast.official)
        assert "本周要做" in client.get("/").content.decode()
        answer = client.post(f"{url}fill/", page(text="", unchanged="on"))
        assert "没有可以对照的上期" in answer.content.decode()
        figures = [("trained", 40), ("visited", 126)]
        assert client.post(f"{url}fill/", page(*figures, text="已核对名单。")).status_code == 302
        assert Notification.objects.filter(user=cast.unithead, text__contains="请签报").exists()
        with pytest.raises(NotAllowed):
            periods.sign(first, by=cast.official)
        client.force_login(cast.unithead)
        assert "已核对名单" in client.get(f"{url}sign/").content.decode()
        signed = api(client, cast.unithead).post(f"period-reports/{first.public_id}/sign/", {"note": "属实"})
    assert (signed.status_code, signed.json()["state"]) == (200, "signed")
    assert {f["kind"]: f["value"] for f in signed.json()["figures"]} == {"trained": 40, "visited": 126}
    signature = first.signatures.get()
    assert (signature.person, signature.voided_at) == (cast.unithead.person, None)
    assert Clock.objects.of(first).get().state == "stopped"
    second = opened(item, date(2027, 1, 1))
    assert second.first_day == date(2026, 12, 1)
    path = f"period-reports/{second.public_id}/fill/"
    with at_day(date(2027, 1, 4)):
        client.force_login(cast.official)
        form = client.get(f"/period-reports/{second.public_id}/fill/").content.decode()
        assert "已核对名单" in form
        assert "月报（2026年12月）" in form
        assert 'value="126"' in form
        door = api(client, cast.official)
        for body, field in (
            ({"text": "已核对 名单。"}, "text"),
            ({"text": "  "}, "text"),
            ({"unchanged": True}, "unchanged_reason"),
            ({"unchanged": True, "unchanged_reason": "停工", "figures": [{"kind": "trained", "value": 41}]}, "unchanged"),
            ({"text": "另有进展", "unchanged_reason": "停工"}, "unchanged_reason"),
            ({"text": "另有进展", "figures": [{"kind": "trained", "value": 41}]}, "note"),
            ({"text": "另有进展", "figures": [{"kind": "trained", "value": 1}] * 2}, "figures"),
        ):  # fmt: skip
            refused = door.post(path, body)
            said = (refused.status_code, refused.json()["field"])
            assert said in ((422, field), (400, field)), (body, refused.json())
        kept = door.post(path, {"unchanged": True, "unchanged_reason": "等待评审，本期停工。"})
        assert kept.json()["text"] == "已核对名单。"
        assert [f["value"] for f in kept.json()["figures"]] == [40, 126]
        again_filled = door.post(path, {"text": "完成评审。"})  # until it is signed
        assert (again_filled.status_code, again_filled.json()["unchanged"]) == (200, False)
        assert api(client, cast.otherofficial).post(path, {"text": "x"}).status_code == 404
        assert api(client, cast.inspector1).post(path, {"text": "x"}).status_code == 403
    with pytest.raises(WrongState):
        periods.fill(first, by=cast.official, text="补写")


def page(*figures, **values):
    """What the form of the page sends."""
    rows = {
        "figures-TOTAL_FORMS": len(figures), "figures-INITIAL_FORMS": 0, "figures-MIN_NUM_FORMS": 0,
        "figures-MAX_NUM_FORMS": 100, "unchanged_reason": "", "note": "",
    }  # fmt: skip
    for number, (kind, value) in enumerate(figures):
        rows |= {f"figures-{number}-kind": kind, f"figures-{number}-value": value}
    return rows | values


def test_a_missed_report_keeps_the_item_from_being_crossed_off(cast, item, client):
    """It is shown with the way to mend it; what is not yet due when it is applied for is asked for no more."""
    report = opened(item)
    with at_day(date(2026, 12, 2)):
        item = makers.shown(cast, item)
    with at_day(date(2026, 12, 4)):
        with pytest.raises(RuleBroken, match="1 期定期报告还没有签报：月报（2026年11月2日至11月30日）"):
            services.apply(item, by=cast.unithead)
        client.force_login(cast.inspector1)
        home = client.get("/").content.decode()
        assert "未报的整改定期报告" in home
        assert report.number in client.get("/period-reports/?tab=missed").content.decode()
        client.force_login(cast.unithead)
        shown = client.get(item.get_absolute_url()).content.decode()
        assert "还没有签报，已过报送时限" in shown
        assert f'href="{report.get_absolute_url()}"' in shown
        refused = api(client, cast.unithead).post(f"items/{item.public_id}/apply/")
        assert (refused.status_code, refused.json()["code"]) == (422, "close_out.report_missing")
        periods.fill(report, by=cast.unithead, text="已落实")
        periods.sign(report, by=cast.unithead)
    second = opened(item, date(2027, 1, 1))
    with at_day(date(2027, 1, 2)):
        assert services.apply(item, by=cast.unithead).state == State.CLOSURE_APPLIED
        second.refresh_from_db()
        assert second.state == "waived"
        assert not Clock.objects.of(second).running().exists()
    assert run(date(2027, 2, 1)) == 0  # out of the unit's hands
    report.refresh_from_db()
    assert report.signed_on > report.due_on  # late for ever


def test_who_watches_over_the_item_may_do_without_one_and_the_unit_may_change(cast, item, client):
    report = opened(item)
    with at_day(date(2026, 12, 2)):
        makers.handed(cast, item, fresh(cast.otherhead).current_posts()[0].unit)
        report.refresh_from_db()
        assert report.unit == cast.otherhead.current_posts()[0].unit
        assert Clock.objects.of(report).running().get().head_user == cast.otherhead
        with pytest.raises(NotAllowed):
            periods.fill(report, by=cast.official, text="进展")
        with pytest.raises(RuleBroken, match="理由"):
            periods.waive(report, by=cast.inspector1)
        path = f"period-reports/{report.public_id}/waive/"
        assert api(client, cast.patroloffice).post(path, {"note": "停工"}).status_code == 404
        assert api(client, cast.inspector2).post(path, {"note": "停工"}).json()["state"] == "waived"
    assert not Clock.objects.of(report).running().exists()
    assert again(item).period_reports.missed(date(2027, 1, 1)).count() == 0


def test_figures_add_up_over_items_and_open_their_reports(cast, item, client):
    """Each item counts once, with what it reported last; what is only filled in does not count."""
    with at_day(BEGIN):
        other = makers.at(cast, "accepted", days=90)
        waiting = makers.at(cast, "accepted", days=90)
    kind = FigureKind.objects.get(code="trained")
    for day, said in (
        (date(2026, 12, 1), {item: 40, other: 7, waiting: 1}),
        (date(2027, 1, 1), {item: 55, waiting: 900}),
    ):
        with at_day(day):
            run(day)
            for one, value in said.items():
                report = one.period_reports.get(last_day=day - timedelta(days=1))
                periods.fill(
                    report, by=cast.official, text=f"{day} 进展", figures=[{"kind": kind, "value": value}]
                )
                if one != waiting:
                    periods.sign(report, by=cast.unithead)
    with at_day(date(2027, 1, 2)):
        client.force_login(cast.inspector1)
        board = client.get("/period-reports/totals/").content.decode()
        assert "2 个事项签报过定期报告" in board
        address = f"/period-reports/?latest=true&figure=trained&unit={cast.town.public_id}&view=all"
        assert f'<a href="{address.replace("&", "&amp;")}">62</a>' in board
        rows = client.get(address).content.decode()
        assert item.number in rows
        assert other.number in rows
        assert waiting.number not in rows
        assert "62" not in client.get("/period-reports/totals/?by=round").content.decode().split("<tfoot>")[0]
        mine = client.get(f"/period-reports/?item={item.number}").content.decode()
        assert item.number in mine
        assert other.number not in mine
        found = api(client, cast.inspector1).get("period-reports/", latest="true", figure="trained").json()
        assert sum(f["value"] for one in found["results"] for f in one["figures"]) == 62
        client.force_login(cast.neighbour)
        assert "62" not in client.get("/period-reports/totals/").content.decode()


def test_a_kind_of_figure_is_a_dated_term(cast):
    today = moment.today()
    added = terms.add(
        by=cast.casemgr, terms="report_figures", code="wells", name="修建水窖（口）", valid_from=today
    )
    terms.confirm(added, by=cast.secadmin)
    assert FigureKind.objects.on().filter(code="wells").exists()
    assert not FigureKind.objects.on(today - timedelta(days=1)).filter(code="wells").exists()
