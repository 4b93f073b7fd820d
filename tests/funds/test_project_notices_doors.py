"""Public notices on pages and over REST: the matrix, photos, masked names, whose turn it is, the way to 未公告公示."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.models import Misuse, MisuseKind, ProjectObjection
from funds.project_home import notices_due
from funds.workflow.projects import PROJECT
from povertyaudit.core import moment
from povertyaudit.core.models import Attachment, Notification
from povertyaudit.demo.papers import photo
from tests import factories
from tests.funds import notice_makers as hung
from tests.funds.project_makers import project
from tests.funds.test_doors import api, web
from tests.funds.test_projects_doors import post

pytestmark = pytest.mark.django_db


def test_the_whole_way_on_pages(people, time_machine):
    row, today = project(people, "approved"), moment.today()
    base = row.get_absolute_url()
    page = web(people.official).get(base).content.decode()
    assert f"应于 {today + timedelta(days=10)} 前公示" in page
    assert f"{base}post_notice/?stage=approval&amp;level=village" in page
    form = web(people.official).get(f"{base}post_notice/?stage=approval&level=village").content.decode()
    assert 'value="village" selected' in form
    said = {"stage": "approval", "level": "village", "place": "村部公示栏", "up_on": today.isoformat()}
    post(people.official, f"{base}post-notice/", {**said, "file": photo("公示", 3, after=True)})
    notice = row.notices.get()
    assert Attachment.objects.of(row).get().kind == notice.photo_kind
    post(
        people.official,
        f"{base}add-notice-photo/",
        {"notice": notice.public_id, "file": photo("二", 4, after=True)},
    )
    said = {
        "notice": notice.public_id,
        "objector": "陶有田",
        "text": "户数不对",
        "received_on": today.isoformat(),
    }
    post(people.sector, f"{base}record-objection/", said)
    page = web(people.casemgr).get(base).content.decode()
    for words in ("公示中，第 0 天", "照片2", "陶某某", "户数不对", "待答复"):
        assert words in page, words
    assert "陶有田" not in page
    objection = ProjectObjection.objects.get()
    assert (
        "陶有田"
        in web(people.unithead)
        .get(f"{base}answer-objection/?objection={objection.public_id}")
        .content.decode()
    )
    said = {
        "objection": objection.public_id,
        "finding": "upheld",
        "answer": "已更正",
        "answered_on": today.isoformat(),
    }
    untold = web(people.unithead).post(f"{base}answer-objection/", said)
    assert (untold.status_code, "署名的异议应答复本人" in untold.content.decode()) == (422, True)
    assert web(people.official).post(f"{base}answer-objection/", {**said, "told": "face"}).status_code == 403
    post(people.unithead, f"{base}answer-objection/", {**said, "told": "face"})
    said = {"objection": objection.public_id, "result_place": "村部公示栏", "result_on": today.isoformat()}
    post(people.unithead, f"{base}publish-objection/", said)
    post(
        people.official,
        f"{base}take-down-notice/",
        {"notice": notice.public_id, "down_on": today.isoformat()},
    )
    page = web(people.finance).get(base).content.decode()
    for words in ("只有 0 天，天数不足", "已公布", "可以登记违规资金"):
        assert words in page, words
    assert row.number in web(people.finance).get("/projects/?tab=notices").content.decode()
    assert not Notification.objects.filter(text__contains="陶").exists()


def test_what_was_not_published_is_registered_as_misuse_with_its_words(people, time_machine):
    row = project(people, "approved")
    time_machine.move_to(f"{moment.today() + timedelta(days=10)}T09:00:00+08:00")
    assert (
        row.number not in web(people.finance).get("/projects/?tab=notices").content.decode()
    )  # the last day
    time_machine.move_to(f"{moment.today() + timedelta(days=1)}T09:00:00+08:00")
    assert row.number in web(people.finance).get("/projects/?tab=notices").content.decode()
    page = web(people.finance).get(row.get_absolute_url()).content.decode()
    way = f"/misuses/new/?project={row.public_id}&amp;about=notices"
    assert way in page
    assert way not in web(people.casemgr).get(row.get_absolute_url()).content.decode()
    form = web(people.finance).get(way.replace("&amp;", "&"))
    initial = form.context["form"].initial
    assert (initial["kind"], initial["project"]) == (MisuseKind.objects.get(code="NO_PUBLIC"), row.number)
    assert "批复村级公示没有登记" in initial["description"]
    kind = initial["kind"].pk
    body = {
        **{name: initial[name] for name in ("title", "description", "project", "how_found")}, "kind": kind, "amount_fen": "1万",
        "found_on": moment.today().isoformat(), "responsible_unit": row.responsible_unit.public_id,
    }  # fmt: skip
    post(people.finance, "/misuses/new/", body)
    assert Misuse.objects.get().project == row


def test_the_whole_way_by_api_and_what_each_may_do(people):
    row = project(people, "approved")
    town, base = api(people.official), f"/api/v1/projects/{row.public_id}/"
    said = {"stage": "approval", "level": "county", "place": "https://example.cn/gs/1"}
    done = town.post(f"{base}post_notice/", said, format="json")
    assert (done.status_code, "take_down_notice" in done.data["actions"]) == (200, True), done.data
    assert town.post(f"{base}post_notice/", {**said, "stage": "x"}, format="json").status_code == 400
    notice = town.get(f"{base}notices/").data[0]
    assert (notice["level"], notice["days"]) == ("county", 0)
    sent = {"file": photo("公示", 3, after=True), "kind": f"notice:{notice['id']}"}
    assert town.post(f"{base}attach/", sent, format="multipart").status_code == 201
    sent = {"file": photo("公示", 3, after=True), "kind": "notice:x"}
    assert town.post(f"{base}attach/", sent, format="multipart").status_code == 422
    said = {"notice": "1", "objector": "陶有田", "text": "网页打不开"}
    assert town.post(f"{base}record_objection/", said, format="json").status_code == 200
    shown = api(people.finance).get(f"{base}objections/").data[0]
    assert (shown["objector"], shown["finding"]) == ("陶某某", "")
    ledger = b"".join(api(people.finance).get("/api/v1/projects/ledger.csv").streaming_content).decode()
    assert "陶有田" not in ledger
    answer = {"objection": "1", "finding": "upheld", "answer": "已修复", "told": "phone"}
    assert town.post(f"{base}answer_objection/", answer, format="json").status_code == 403
    head = api(people.unithead)
    assert head.post(f"{base}answer_objection/", answer, format="json").status_code == 200
    said = {"objection": "1", "result_place": "网站"}
    assert head.post(f"{base}publish_objection/", said, format="json").status_code == 200
    cells = {(one["stage"], one["level"]): one for one in town.get(f"{base}notice_cells/").data}
    assert len(cells) == 9
    assert (cells["approval", "county"]["gap"], cells["start", "village"]["due"]) == (
        "批复县级公示只有 0 天，天数不足",
        None,
    )
    assert len(town.get("/api/v1/projects/?notices=false").data["results"]) == 1
    assert town.post(f"{base}take_down_notice/", {"notice": "1"}, format="json").status_code == 200
    assert len(town.get("/api/v1/projects/?notices=true").data["results"]) == 1
    row.refresh_from_db()
    wanted = {"post_notice", "add_notice_photo", "take_down_notice", "void_notice", "record_objection"}
    for name in ("official", "unithead", "sector", "finance", "casemgr", "countyleader", "inspector1"):
        offered = {step.name for step in PROJECT.offered(row, factories.fresh(getattr(people, name)))}
        assert offered >= wanted if name in {"official", "unithead", "sector"} else not offered & wanted, name


def test_what_is_to_be_put_up_stands_on_the_home_page_of_the_unit_at_the_same_cost(people):
    first = project(people, "approved")
    hung.owed(people, project(people, "approved", place="已公示"))
    who = factories.fresh(people.official)
    with CaptureQueriesContext(connection) as one:
        section = notices_due(who)
    (entry,) = section.entries
    assert (entry.number, entry.what) == (first.number, "登记批复县级公示")
    assert entry.clock == first.approved_on + timedelta(days=10)
    assert first.number in web(people.official).get("/projects/?tab=to_notice").content.decode()
    assert notices_due(factories.fresh(people.finance)) is None
    assert notices_due(factories.fresh(people.otherofficial)) is None
    for n in range(3):
        project(people, "approved", place=f"{n}组")
    with CaptureQueriesContext(connection) as four:
        assert len(notices_due(who).entries) == 4
    assert len(four) == len(one)
