"""走访定额: what the year and the quarter ask is a dated rule; the clock reminds whoever has not done it, once a month."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from inspections.models import VisitRule
from inspections.services import plans, quotas
from povertyaudit.core import moment, terms
from povertyaudit.core.models import Notification, Region
from tests import factories
from tests.inspections import field_makers as makers

pytestmark = pytest.mark.django_db


def at(day):
    return moment.pretend(datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Shanghai")))


def county():
    return Region.objects.get(code=factories.QINGHE)


def told(kind):
    return sorted(one.user.username for one in Notification.objects.filter(key__startswith=kind))


def test_whoever_has_not_gone_out_is_reminded_once_a_month_near_the_end_of_the_year(people):
    members = [{"user": people.leader, "role": "leader"}]
    with at(date(2026, 3, 9)):
        plans.finish(
            plans.start(makers.plan(people, "approved", members=members), by=people.leader), by=people.leader
        )
        quotas.remind(county(), date(2026, 9, 1))
        assert told("visit_quota.leader") == []
    for day in (date(2026, 10, 8), date(2026, 10, 20)):
        with at(day):
            quotas.remind(county(), day)
            assert told("visit_quota.leader") == ["countyleader", "secretary"]
    with at(date(2026, 11, 3)):
        quotas.remind(county(), date(2026, 11, 3))
    assert told("visit_quota.leader") == ["countyleader", "countyleader", "secretary", "secretary"]


def test_a_quarter_without_a_cross_visit_reminds_the_office_once_a_week(people):
    for day in (date(2026, 2, 10), date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 17)):
        with at(day):
            quotas.remind(county(), day)
    assert told("visit_quota.cross") == ["patroloffice", "patroloffice"]
    with at(date(2026, 3, 18)):
        makers.plan(people, "finished", kind="cross", starts_on=date(2026, 3, 18), ends_on=date(2026, 3, 18))
    with at(date(2026, 3, 25)):
        quotas.remind(county(), date(2026, 3, 25))
    assert told("visit_quota.cross") == ["patroloffice", "patroloffice"]


def test_the_clock_stands_a_job_ready_and_the_job_bears_being_run_again(people):
    class Lease:
        def renew(self, **_values):
            pass

    day = date(2026, 12, 8)
    with at(day):
        assert quotas.owed(day, moment.now())[0][1] == "visit_quotas"
        for _ in range(2):
            quotas.job({"day": day.isoformat()}, Lease())
    assert told("visit_quota.leader") == ["countyleader", "leader", "secretary"]


def test_what_is_asked_is_changed_by_two_people_from_a_day_on(people):
    rule = VisitRule.objects.get(code="leader_year")
    start = moment.today() + timedelta(days=3)
    proposed = terms.change(rule, by=people.casemgr, to="2", valid_from=start)
    assert quotas.amount("leader_year", start) == 1
    terms.confirm(proposed, by=people.secadmin)
    assert (quotas.amount("leader_year"), quotas.amount("leader_year", start)) == (1, 2)
    assert "2 次" in VisitRule.objects.on(start).get(code="leader_year").name


def test_the_page_names_who_has_not_and_each_figure_opens_its_rows(people):
    today = moment.today()
    makers.plan(people, "finished", kind="cross", starts_on=today, ends_on=today)
    web = Client()
    web.force_login(people.patroloffice)
    page = web.get("/visit-quotas/").content.decode()
    assert "还没有完成的" in page
    board = web.get("/visit-quotas/?by=quarter")
    line = board.context["lines"][-1]
    assert line.figures[0].value == 1
    assert web.get(line.figures[0].url).context["count"].number == 1
    assert web.get("/visit-quotas/").status_code == 200
    web.force_login(people.official)
    assert web.get("/visit-quotas/").status_code == 403
