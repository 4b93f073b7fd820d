"""Trainings, meetings, lessons: planned, held, counted, kept; who sees them; what is refused, and where it is said."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from povertyaudit.activities.models import Activity, Attended, Participant
from povertyaudit.activities.services import activities, people, reminding, rules
from povertyaudit.core import audit, moment
from povertyaudit.core.errors import DomainError, NotAllowed
from povertyaudit.core.models import Notification
from tests.activities import makers as make
from tests.core.test_clock_pages import post
from tests.factories import fresh
from tests.rectification.makers import api, at, photo

pytestmark = pytest.mark.django_db
NO_ROWS = {"attended-TOTAL_FORMS": 0, "attended-INITIAL_FORMS": 0}
ONE_ROW = {
    "attended-TOTAL_FORMS": 1, "attended-INITIAL_FORMS": 0, "attended-0-category": "village", "attended-0-times": "60",
    "attended-0-persons": "",
}  # fmt: skip


def web(user):
    client = Client()
    client.force_login(fresh(user))
    return client


def text(user, url, status=200):
    answer = web(user).get(url)
    assert answer.status_code == status, (user, url, answer.status_code)
    return answer.content.decode()


def refused(call, field, words):
    with pytest.raises(DomainError) as found, transaction.atomic():
        call()
    errors = getattr(found.value, "errors", [found.value])
    assert any(one.field == field and words in one.message for one in errors), errors


def test_the_whole_way_on_pages(cast):
    """Planned with a list, told, held on a phone with a photo, tied to a measure, kept — and seen by whom it concerns."""
    item = at(cast, "accepted")
    day = make.ago(-2)
    plan = {
        "kind": make.kind().pk,
        "title": "驻村干部业务培训",
        "starts_on": day,
        "starts_at": "09:00",
        "sessions": 1,
    }
    post(web(cast.official), "/activities/plan/", plan)
    row = Activity.objects.get()
    url = row.get_absolute_url()
    assert (row.state, row.level, row.unit, row.region_id) == (
        "planned",
        "township",
        cast.town,
        cast.town.region_id,
    )
    names = {"users": [cast.sector.public_id], "names": "陶有禾，石桥坳村会计\n田守拙"}
    post(web(cast.official), f"{url}set-people/", names)
    assert Notification.objects.filter(user=cast.sector, text__contains="请参加“驻村干部业务培训”").exists()
    assert "驻村干部业务培训" in text(cast.sector, "/")
    assert row.number in text(cast.sector, url)
    text(cast.otherofficial, url, 404)
    early = web(cast.official).post(f"{url}hold/", plan | ONE_ROW).content.decode()
    assert "活动还没有结束" in early
    with moment.pretend(moment.now() + timedelta(days=2)):
        rows = list(row.people.all())
        came = {"people-TOTAL_FORMS": 3, "people-INITIAL_FORMS": 3}
        for at_, one in enumerate(rows):
            came |= {
                f"people-{at_}-person": one.public_id,
                f"people-{at_}-state": "present",
                f"people-{at_}-reason": "",
            }
        lacking = (
            web(cast.official).post(f"{url}sign-in/", came | {"people-2-state": "absent"}).content.decode()
        )
        assert "未到的请写明原因" in lacking
        post(
            web(cast.official),
            f"{url}sign-in/",
            came | {"people-2-state": "absent", "people-2-reason": "下村"},
        )
        many = web(cast.official).post(f"{url}hold/", plan | ONE_ROW).content.decode()
        assert "参加人数 60 大于参加名单中已签到的 2 人" in many
        post(web(cast.official), f"{url}hold/", plan | ONE_ROW | {"attended-0-times": "2", "files": photo()})
        row.refresh_from_db()
        assert (row.state, row.times, row.persons) == ("held", 2, 2)
        post(web(cast.official), f"{url}fulfil/", {"item": item.number, "measure": 2})
        assert "第2条措施" in text(cast.official, url)
        assert "驻村干部业务培训" in text(cast.inspector1, item.get_absolute_url())
        assert row.number in text(cast.sector, item.get_absolute_url())  # leads the item
        post(web(cast.official), f"{url}archive/", {"note": ""})
    row.refresh_from_db()
    assert row.state == "archived"
    assert "登记举办" in text(cast.leader, url)
    text(cast.neighbour, url, 404)
    assert "驻村干部业务培训" not in text(cast.neighbour, "/activities/")
    assert "驻村干部业务培训" in text(cast.countyleader, "/activities/?q=驻村")
    assert row.number in text(cast.official, "/search/?q=驻村干部")


def test_the_whole_way_by_api(cast, client):
    item = at(cast, "accepted")
    new = {"kind": "POLICY", "title": "政策培训", "starts_on": f"{make.ago(1)}", "sessions": 2}
    wrong = api(client, cast.official).post(
        "activities/", new | {"attended": [{"category": "staff", "times": 5}]}
    )
    assert (wrong.status_code, wrong.json()["field"]) == (422, "attended")
    made = api(client, cast.official).post(
        "activities/", new | {"attended": [make.CAME, {"category": "staff", "times": 20, "persons": 14}]}
    ).json()  # fmt: skip
    base = f"activities/{made['id']}/"
    assert (made["times"], made["persons"], len(made["attended"])) == (106, 59, 2)
    edited = api(client, cast.official).post(
        f"{base}edit/", {"attended": [{"category": "staff", "times": 30, "persons": 15}]}
    ).json()  # fmt: skip
    assert (edited["times"], edited["persons"], len(edited["attended"])) == (30, 15, 1)
    linked = api(client, cast.official).post(f"{base}fulfil/", {"item": item.number, "measure": 1}).json()
    assert linked["measures"] == [{"item": item.number, "measure": 1, "text": "第1条措施"}]
    assert (
        api(client, cast.official)
        .post(f"{base}unlink/", {"item": item.number, "measure": 1})
        .json()["measures"]
        == []
    )
    assert api(client, cast.official).post(f"{base}archive/", {}).json()["code"] == "activity.papers"
    voided = api(client, cast.official).post(f"{base}void/", {"note": "重复登记"}).json()
    assert (voided["state"], voided["ended_reason"]) == ("voided", "重复登记")
    again = api(client, cast.casemgr).post(
        "activities/", new | {"unit": cast.town.name, "attended": [make.CAME]}
    )
    assert again.status_code == 201
    planned = (
        api(client, cast.official).post("activities/plan/", new | {"starts_on": f"{make.ago(-3)}"}).json()
    )
    gone = api(client, cast.official).post(f"activities/{planned['id']}/cancel/", {"note": "防汛"}).json()
    assert gone["state"] == "cancelled"
    for user, seen in (
        (cast.unithead, 3),
        (cast.leader, 3),
        (cast.otherofficial, 0),
        (cast.neighbour, 0),
        (cast.sector, 0),
    ):
        assert len(api(client, user).get("activities/").json()["results"]) == seen, user
    lines = b"".join(api(client, cast.leader).get("activities/ledger.csv").streaming_content).decode(
        "utf-8-sig"
    )
    assert lines.count(",政策培训,培训,") == 3


def test_what_is_refused_and_at_which_field(cast):
    official = fresh(cast.official)
    for values, field, words in (
        ({"starts_on": make.ago(-2)}, "ends_on", "还没有结束"),
        ({"ends_on": make.ago(9)}, "ends_on", "不能早于开始日期"),
        ({"ends_on": make.ago(-400)}, "ends_on", "不能超过一年"),
        ({"attended": []}, "attended", "请填写参加人次"),
        ({"attended": [make.CAME | {"persons": 90}]}, "attended", "人数 90 大于人次 86"),
        ({"attended": [make.CAME | {"persons": 9}]}, "attended", "大于人数 9 乘以场次 2"),
        ({"attended": [make.CAME | {"times": -1}]}, "attended", "应为正整数"),
        ({"attended": [make.CAME, make.CAME]}, "attended", "只能填写一行"),
        (
            {
                "attended": [
                    {"category": c, "times": 1_900_000, "persons": 1_900_000} for c in ("staff", "people")
                ]
            },
            "attended",
            "合计不能超过",
        ),
        ({"attended": [{"category": "staff", "times": 3}]}, "attended", "人次和人数都要填写"),
        ({"sessions": 0}, "sessions", "场次应在"),
        ({"kind": make.kind(), "starts_on": make.ago(9000)}, "kind", "当日没有启用"),
    ):
        refused(lambda v=values: make.held(cast, by=official, **v), field, words)
    refused(lambda: make.planned(cast, days=-1), "starts_on", "不能早于今天")
    make.held(cast)
    refused(lambda: make.held(cast), "title", "已有同类别、同名称的活动")
    with pytest.raises(NotAllowed, match="您不能登记“柳溪镇人民政府”的活动"), transaction.atomic():
        make.held(cast, by=fresh(cast.otherofficial), unit=cast.town)
    with pytest.raises(NotAllowed, match="不登记活动"), transaction.atomic():
        make.held(cast, by=fresh(cast.leader))
    broken = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"0" * 100, content_type="image/jpeg")
    refused(lambda: make.held(cast, title="照片", files=[broken]), "files", "“a.jpg”")
    row = make.planned(cast)
    refused(lambda: people.set_people(row, by=official, people=[{"name": ""}]), "people", "第 1 人")
    refused(
        lambda: people.set_people(row, by=official, people=[{"name": "甲"}, {"name": "甲"}]), "people", "重复"
    )
    refused(
        lambda: people.set_people(row, by=official, people=[{"user": cast.neighbour}]),
        "people",
        "只能选择本县",
    )
    refused(lambda: people.sign_in(row, by=official, people=[]), "people", "还没有开始")
    refused(lambda: activities.edit(row, by=official, starts_on=make.ago(2)), "starts_on", "不能早于今天")
    refused(lambda: activities.cancel(row, by=official, note=" "), "note", "理由")
    item = at(cast, "accepted")
    refused(lambda: people.fulfil(row, by=official, item=item, measure=9), "measure", "没有第 9 条措施")
    assert audit.history(row).count() == 1


def test_the_database_holds_the_counts_and_the_days(cast):
    row = make.held(cast, attended=[make.CAME])
    for changes in (
        {"persons": 90}, {"times": 91, "persons": 45}, {"ends_on": make.ago(9)}, {"held_on": make.ago(20)},
        {"times": 0, "persons": 0}, {"archived_on": make.ago(0)}, {"ended_reason": "无"}, {"cost_fen": -1},
        {"state": "planned", "planned_on": make.ago(1), "held_on": None, "times": 0, "persons": 0, "starts_on": make.ago(4)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Activity.objects.filter(pk=row.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attended.objects.filter(activity=row).update(persons=87)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.create(activity=row, name="甲", state="absent")


def test_the_clock_reminds_of_plans_and_of_the_warning_month(cast):
    lease = type("Lease", (), {"renew": lambda self: None})()
    day = moment.now().replace(month=5, day=10)
    with moment.pretend(day):
        row = make.planned(cast, days=2, place="县委党校")
        month = rules.warning_month(moment.today().year)
        assert (month.first.month, month.last.day, month.who) == (5, 31, "all")
        reminding.job({"day": moment.today().isoformat()}, lease)
        told = Notification.objects.get(user=cast.official, text__contains="将于")
        assert "县委党校" in told.text
        make.held(
            cast,
            by=fresh(cast.sector),
            kind=make.kind("WARN_FILM"),
            title="警示教育片",
            starts_on=moment.today(),
        )
        page = text(cast.leader, "/activities/warning-month/")
        assert "没有举办" in page
        assert "已举办 1 个" in page
    with moment.pretend(day.replace(day=27)):
        for _ in range(2):
            reminding.job({"day": moment.today().isoformat()}, lease)
        assert (
            Notification.objects.filter(text__contains="警示教育月，本单位还没有举办").values("user").count()
            == 6
        )
        assert (
            Notification.objects.filter(user=cast.official, text__contains=f"“{row.title}”日期已过").count()
            == 1
        )
        assert not Notification.objects.filter(user=cast.sector, text__contains="本单位还没有举办").exists()
    with moment.pretend(day.replace(month=6, day=1)):
        reminding.job({"day": moment.today().isoformat()}, lease)
        assert Notification.objects.filter(
            user=cast.inspector1, text__contains="个单位没有登记警示教育"
        ).exists()


def test_longer_lists_ask_no_more_questions(cast):
    def questions(url):
        client = web(cast.leader)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    make.held(cast)
    few = questions("/activities/"), questions("/activities/warning-month/")
    for n in range(4):
        make.held(cast, title=f"第 {n} 期")
    assert (questions("/activities/"), questions("/activities/warning-month/")) == few
