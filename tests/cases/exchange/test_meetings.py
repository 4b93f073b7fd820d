"""A joint meeting: recorded with what it decided, each resolution with its owner and its day, followed until done."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases import services as real
from cases.models import Meeting, Resolution
from povertyaudit.core import moment, verify
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Attachment, Clock, Notification
from povertyaudit.core.sight import why
from tests import factories
from tests.core.machines import API, PDF, assert_refusal, machine
from tests.core.test_clock_pages import post

pytestmark = pytest.mark.django_db


def held(people, **values):
    day = moment.today() - timedelta(days=2)
    said = {
        "title": "第三次联席会议",
        "held_on": day,
        "chair": "县纪委书记",
        "bodies": "县公安局、县审计局",
        "by": people.casemgr,
    }
    one = {"text": "逐户清退。", "unit": people.official.home.unit, "due_day": day + timedelta(days=10)}
    return real.record_meeting(**said | {"resolutions": [one]} | values)


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_a_meeting_is_recorded_and_its_resolutions_followed_on_pages(client, people):
    client.force_login(people.casemgr)
    today = moment.today()
    said = {"title": "联席会议", "held_on": str(today), "chair": "书记", "bodies": "十八家单位", "text": "",
            "resolutions-TOTAL_FORMS": "1", "resolutions-INITIAL_FORMS": "0", "resolutions-0-text": "核对名单。",
            "resolutions-0-unit": "柳溪镇人民政府", "resolutions-0-due_day": str(today + timedelta(days=5))}  # fmt: skip
    assert post(client, "/meetings/new/", said).status_code == 302
    meeting, row = Meeting.objects.get(), Resolution.objects.get()
    assert Clock.objects.of(row).get().due_on == today + timedelta(days=5)
    assert Notification.objects.filter(user=people.official, text__contains=row.number).exists()
    minutes = SimpleUploadedFile("纪要.pdf", PDF, content_type="application/pdf")
    assert (
        post(client, f"{meeting.get_absolute_url()}attach/", {"file": minutes, "title": ""}).status_code
        == 302
    )
    assert Attachment.objects.of(meeting).get().title == "会议纪要"
    refused = post(client, f"{meeting.get_absolute_url()}close/", {"note": ""})
    assert refused.status_code == 422
    assert f"还有 1 项议定事项没有落实：{row.number}。" in refused.content.decode()
    client.force_login(people.official)
    assert row.number in client.get("/").content.decode()
    assert client.get(meeting.get_absolute_url()).status_code == 404
    assert post(client, f"{row.get_absolute_url()}finish/", {"done_text": "已核对。"}).status_code == 302
    client.force_login(people.casemgr)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert row.number in page
    assert "纪要" in page
    assert post(client, f"{meeting.get_absolute_url()}close/", {"note": ""}).status_code == 302
    assert verify.verify().broken == []


def test_late_is_late_for_ever_and_what_falls_short_is_sent_back(people):
    meeting = held(people)
    row = meeting.resolutions.get()
    with moment.pretend(moment.now() + timedelta(days=20)):
        real.finish_resolution(again(row), by=people.official, done_text="已清退。")
        assert Clock.objects.of(row).get().late_by == 12
        with pytest.raises(WrongState):
            real.finish_resolution(again(row), by=people.unithead, done_text="我也报了。")
        real.reopen_resolution(again(row), by=people.casemgr, note="没有附名单。")
        assert Clock.objects.of(row).open().get().due_on == row.due_day
        assert again(row).done_text == "已清退。"


def test_only_owner_and_registry_report_and_only_they_and_leaders_see(people):
    row = held(people).resolutions.get()
    for name, sees in {"official": True, "unithead": True, "leader": True, "secretary": True, "otherofficial": False,
                       "inspector1": False, "neighbour": False, "sysadmin": False}.items():  # fmt: skip
        user = factories.fresh(getattr(people, name))
        assert Resolution.objects.visible_to(user).filter(pk=row.pk).exists() == sees, name
    assert why(row, factories.fresh(people.official))[0][1] == "您所在单位是责任单位"
    for name in ("leader", "otherofficial"):
        with pytest.raises(NotAllowed):
            real.finish_resolution(again(row), by=getattr(people, name), done_text="已办。")
    real.finish_resolution(again(row), by=people.casemgr, done_text="镇政府电话报告已办。")


def test_programs_do_the_same_and_bad_input_is_said_at_its_field(people):
    desk, today = machine(people.casemgr), moment.today()
    one = {"text": "核对。", "unit": "柳溪镇人民政府", "due_day": str(today + timedelta(days=9))}
    said = {"title": "会议", "held_on": str(today), "chair": "书记", "bodies": "各单位", "resolutions": [one]}
    made = desk.post(f"{API}meetings/", said, format="json")
    assert (made.status_code, made.json()["unfinished"]) == (201, 1)
    place = f"{API}meetings/{made.json()['id']}/"
    early = one | {"due_day": str(today - timedelta(days=1))}
    assert_refusal(desk.post(f"{place}add_resolution/", early, format="json"), 422)
    assert_refusal(desk.post(f"{place}close/", {}, format="json"), 422)
    assert_refusal(
        desk.post(f"{API}meetings/", said | {"held_on": str(today + timedelta(days=1))}, format="json"), 422
    )
    assert_refusal(machine(people.leader).post(f"{API}meetings/", said, format="json"), 403)
    old = desk.post(f"{API}meetings/", said | {"held_on": "1999-12-31"}, format="json")
    assert old.json()["message"] == "召开日期应在 2000 年和今天之间，请核对。"
    with pytest.raises(RuleBroken):
        real.add_resolution(Meeting.objects.get(), by=people.casemgr, text="x", unit=people.official.home.unit,
                            due_day=today, person=people.finance)  # fmt: skip
    mine = machine(people.unithead).get(f"{API}resolutions/").json()["results"]
    assert [row["actions"] for row in mine] == [["finish"]]


def test_the_lists_of_meetings_and_resolutions_open(client, people):
    row = held(people)
    client.force_login(people.casemgr)
    assert (
        f'href="/resolutions/?meeting={row.public_id}&amp;state=open">1</a>'
        in client.get("/meetings/").content.decode()
    )
    assert (
        row.resolutions.get().number in client.get(f"/resolutions/?meeting={row.public_id}").content.decode()
    )
