"""Pages of rules, calendar and reminders; /readyz; who may open what."""

import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from povertyaudit.core import clock_rules, health, jobs, moment, remind
from povertyaudit.core.models import CalendarDay, ClockRule, Heartbeat, Job, ScanRun
from povertyaudit.core.models.jobs import JobState
from tests import factories
from tests.core.test_calendars import notice
from tests.factories import QINGHE

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return factories.cast()


def post(client, url, data):
    """Post a form page as a browser does: with its one-time token."""
    page = client.get(url)
    return client.post(url, data | {"once": page.context["once"]} if page.context else data)


def filled(rule, **changes):
    return {
        "region": QINGHE, "valid_from": str(moment.today()), "amount": "2", "unit": "months", "exclude_start": "on",
        "month_end_clip": "on", "roll_over": "on", "source": "县纪委监委工作规则", "article": "第三条", "note": "",
    } | changes  # fmt: skip


def test_a_rule_is_changed_by_one_officer_and_confirmed_by_another(client, people):
    rule = clock_rules.rule_for("lead.verify", QINGHE, moment.today())
    client.force_login(people.casemgr)
    page = client.get(rule.get_absolute_url())
    assert "修改规则" in page.content.decode()
    assert post(client, f"{rule.get_absolute_url()}propose/", filled(rule)).status_code == 302
    draft = ClockRule.objects.get(state="draft")
    assert post(client, f"{draft.get_absolute_url()}confirm/", {"note": ""}).status_code == 403
    client.force_login(people.secadmin)
    assert "待确认的期限规则" in client.get("/").content.decode()
    assert draft.public_id in client.get("/clock-rules/?tab=waiting").content.decode()
    assert "所确认的规则" in client.get(f"{draft.get_absolute_url()}confirm/").content.decode()
    assert post(client, f"{draft.get_absolute_url()}confirm/", {"note": ""}).status_code == 302
    assert clock_rules.rule_for("lead.verify", QINGHE, moment.today()).pk == draft.pk
    assert "确认规则" in client.get(draft.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"amount": "０"}, {"amount": "-1"}, {"amount": "9" * 19}, {"unit": "hours"}, {"valid_from": "2020-01-01"},
     {"valid_from": "2026-13-45"}, {"region": "990102000000"}, {"region": "000000000000"}, {"source": "\x00"},
     {"source": "长" * 300}, {"note": "长" * 201}],
)  # fmt: skip
def test_bad_input_is_answered_with_sentences(client, people, wrong):
    rule = clock_rules.rule_for("lead.verify", QINGHE, moment.today())
    client.force_login(people.casemgr)
    answer = post(client, f"{rule.get_absolute_url()}propose/", filled(rule, **wrong))
    assert answer.status_code in {400, 403, 422}
    assert not ClockRule.objects.filter(state="draft").exists()
    assert "。" in "".join(str(e) for e in answer.context["form"].errors.values())


def test_a_neighbours_own_rule_is_not_there(client, people):
    general = clock_rules.rule_for("lead.verify", QINGHE, moment.today())
    draft = clock_rules.propose(
        general, by=people.casemgr, region=people.casemgr.home.region, valid_from=moment.today(), amount=2
    )
    client.force_login(people.neighbour)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert draft.public_id not in client.get("/clock-rules/").content.decode()


def test_the_it_officer_loads_a_notice_on_a_page(client, people):
    client.force_login(people.sysadmin)
    assert "放假安排" in client.get("/").content.decode()
    bad = SimpleUploadedFile("n.csv", b"day,kind,name,source\nx,y,z,s\n")
    answer = post(client, "/calendar/load/", {"file": bad, "source": ""})
    assert answer.status_code == 422
    assert "第 2 行" in answer.content.decode()
    good = SimpleUploadedFile("n.json", notice())
    answer = post(client, "/calendar/load/", {"file": good, "source": ""})
    assert answer.status_code == 302
    assert CalendarDay.objects.count() == 10
    page = client.get("/calendar/").content.decode()
    assert "春节" in page
    assert "2027 年的放假安排已齐" in page


@pytest.mark.parametrize("name", ["casemgr", "official", "auditor", "secadmin"])
def test_nobody_else_loads_notices(client, people, name):
    client.force_login(getattr(people, name))
    assert client.get("/calendar/load/").status_code == 403
    assert client.post("/calendar/load/", {}).status_code == 403


def test_the_it_officer_sees_when_the_scan_last_ran_and_what_it_sent(client, people):
    remind.scan(moment.today())
    jobs.beat("clock")
    client.force_login(people.sysadmin)
    page = client.get("/reminders/").content.decode()
    for words in (
        "提醒运行情况",
        str(moment.today()),
        "已完成",
        "定时进程",
        "失败的任务",
        "放假安排至",
    ):
        assert words in page
    client.force_login(people.auditor)
    assert client.get("/reminders/").status_code == 200
    for name in ("casemgr", "official", "secretary"):
        client.force_login(getattr(people, name))
        assert client.get("/reminders/").status_code == 403


# readiness


@pytest.fixture
def just_up(monkeypatch):
    monkeypatch.setattr(health, "_started", time.monotonic())


@pytest.fixture
def up_for_long(monkeypatch):
    monkeypatch.setattr(health, "_started", health._started - 3600)


def test_readyz_says_how_each_part_is(client, settings, just_up):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    parts = answer.json()
    assert list(parts) == ["database", "broker", "migrations", "clock"]
    assert parts["database"] == parts["migrations"] == "ok"
    assert parts["broker"] == ("embedded" if settings.EMBEDDED else "ok")
    assert parts["clock"] == "starting"


def test_a_clock_that_stands_is_reported(client, up_for_long, time_machine):
    time_machine.move_to("2026-11-23T06:00:00+08:00")
    assert client.get("/readyz").status_code == 503
    Heartbeat.objects.create(name="clock", at=moment.now() - timedelta(minutes=9))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "没有运行" in answer.json()["clock"]
    jobs.beat("clock")
    assert client.get("/readyz").json()["clock"] == "ok"


def test_a_morning_without_its_scan_is_reported(client, up_for_long, time_machine):
    time_machine.move_to("2026-11-23T08:20:00+08:00")
    jobs.beat("clock")
    assert client.get("/readyz").status_code == 200
    time_machine.move_to("2026-11-23T08:40:00+08:00")
    jobs.beat("clock")
    assert "还没有发完" in client.get("/readyz").json()["clock"]
    remind.scan(moment.today())
    assert client.get("/readyz").status_code == 200


def test_a_broker_that_is_gone_is_reported(client, settings):
    settings.EMBEDDED = False
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "消息服务连接不上" in answer.json()["broker"]


def test_a_missing_migration_is_reported(client):
    from django.db.migrations.recorder import MigrationRecorder

    # With all that the first after 1.0.0 replaces: Django takes it as done while those are.
    MigrationRecorder.Migration.objects.filter(app="core", name__gte="0005").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "manage.py migrate" in answer.json()["migrations"]


def test_the_overview_counts_what_waits(client, people):
    Job.objects.create(kind="note", key="a", state=JobState.FAILED)
    ScanRun.objects.create(day=moment.today())
    client.force_login(people.sysadmin)
    assert client.get("/reminders/").status_code == 200
