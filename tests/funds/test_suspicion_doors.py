"""Match lists and suspicions through pages and API: the whole way, the board, what a list shows and costs, and to whom."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Lead
from funds.models import MatchList, Suspicion
from povertyaudit.core import moment
from povertyaudit.core.models import AuditEntry
from tests import factories
from tests.funds import suspicion_makers as make
from tests.funds.test_doors import api, web
from tests.funds.test_projects_doors import post
from tests.rectification.makers import photo

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<a href="/suspicions/[A-Za-z0-9]{22}/">')
HEAD = {"platform": "市平台", "rule": "HAS_CAR", "source": "DIBAO", "compared": "CARS", "as_of": "2026-02-28"}


def chosen(rule="HAS_CAR"):
    head = make.head(rule)
    return {
        name: getattr(value, "pk", None) or str(value) for name, value in head.items() if name != "as_of"
    } | {"as_of": "2026-02-28"}


def test_the_whole_way_on_pages(people):
    factories.unit("柳溪镇人民政府", region=factories.TOWN)
    desk, town, today = people.inspector1, people.official, moment.today().isoformat()
    wrong = web(desk).post(
        "/match-lists/new/", {**chosen(), "file": make.sheet([make.cells(1, region="没有村")])}
    )
    assert (wrong.status_code, "第 2 行“村”" in wrong.content.decode()) == (422, True)
    assert make.number(1) not in wrong.content.decode()
    post(desk, "/match-lists/new/", {**chosen(), "file": make.sheet([make.cells(n) for n in range(1, 5)])})
    base = MatchList.objects.get().get_absolute_url()
    assert "可以导入 4 个疑点" in web(desk).get(base).content.decode()
    post(desk, f"{base}bring-in/", {})
    rows = list(Suspicion.objects.order_by("pk"))
    said = {"desk_text": "在册，请入户。", "responsible_unit": "", "assigned_to": ""}
    ticked = {"ids": [f"{row.public_id}.1" for row in rows], "go": "1", **said}
    assert "已办理 4 条" in web(desk).post("/suspicions/bulk/desk-check/", ticked).content.decode()
    address = rows[0].get_absolute_url()
    home = web(town).get("/").content.decode()
    assert "待我核查的疑点" in home
    assert rows[0].number in home
    form = web(town).get(f"{address}visit/")
    assert "geolocation=(self)" in form.headers["Permissions-Policy"]
    assert 'capture="environment"' in form.content.decode()
    seen = {"visited_on": today, "visitor": "沈知远", "visitor2": "陆景禾", "finding": "车已过户。"}
    for row in rows[:3]:
        post(
            town,
            f"{row.get_absolute_url()}visit/",
            {**seen, "latitude": "29.4", "longitude": "110.5", "photos": photo()},
        )
    shown = web(desk).get(address).content.decode()
    for words in (rows[0].person_name, "入户照片", "沈知远、陆景禾", "29.4"):
        assert words in shown, words
    excuse = make.Excuse.objects.get(code="CAR_SOLD").pk
    post(people.finance, f"{address}clear/", {"excuse": excuse, "decision": "有过户凭证。"})
    post(
        desk,
        f"{rows[1].get_absolute_url()}correct/",
        {"fix": "refunded", "fix_fen": "3600", "decision": "已退。"},
    )
    category = make.Category.objects.on().get(code="false_claim").pk
    handed = {"category": category, "subject_kind": "unknown", "decision": "隐瞒车辆。"}
    post(desk, f"{rows[2].get_absolute_url()}hand-on/", handed)
    lead = Lead.objects.get()
    assert lead.number in web(desk).get(rows[2].get_absolute_url()).content.decode()
    assert rows[2].number in web(desk).get(lead.get_absolute_url()).content.decode()
    hidden = web(town).get(rows[2].get_absolute_url()).content.decode()
    assert "已转办" in hidden
    assert not any(words in hidden for words in (lead.number, "隐瞒车辆", "线索"))
    told = web(town).post(f"{address}reveal/", {"reason": "核对"}).content.decode()
    assert make.number(1) in told
    assert make.number(1) not in web(town).get(address).content.decode()
    for who in (people.neighbour, people.otherofficial, people.petition):
        assert web(who).get(address).status_code == 404
        assert web(who).get(base).status_code == 404


def test_lists_and_exports_show_the_family_name_alone(people):
    row = make.suspicion(people, "cleared")
    page = web(people.finance).get("/suspicions/").content.decode()
    out = b"".join(web(people.finance).get("/suspicions/?format=csv").streaming_content).decode("utf-8-sig")
    for text in (page, out):
        assert "陶某" in text
        assert row.person_name not in text
        assert make.number(1) not in text
    for tab, count in (("cleared", 1), ("imported", 0)):
        found = web(people.finance).get(f"/suspicions/?tab={tab}&rule=HAS_CAR&excuse=CAR_SOLD&view=all")
        assert len(ROW.findall(found.content.decode())) == count
    listed = api(people.finance).get("/api/v1/suspicions/").data["results"][0]
    assert (listed["name"], "says" in listed) == ("陶某", False)


def test_the_board_counts_in_one_question_and_every_figure_opens_its_rows(people):
    for n, state in enumerate(make.STATES, 1):
        make.suspicion(people, state, n)
    make.suspicion(people, "imported", 9, rule="HAS_HOUSE")
    lead = Lead.objects.get()
    Lead.objects.filter(pk=lead.pk).update(filed_on=moment.today())
    said = {"reported_rows": 1130, "reported_filed": 35, "reported_handled": 122, "reported_fen": "52000"}
    post(people.inspector1, "/match-lists/reported/", {**chosen("TWICE"), **said, "as_of": "2018-06-30"})
    page = web(people.inspector1).get("/fund-boards/matches/").content.decode()
    for words in ("33.3 %（1/3）", "有车享受低保或者建档", "1130", "122", "52,000.00", "came_of=filed"):
        assert words in page, words
    client, url = web(people.inspector1), "/suspicions/?rule=HAS_CAR&view=all&"
    for asked, count in (("standing=checked", 5), ("standing=decided", 3), ("standing=lead", 1), ("came_of=filed", 1), ("came_of=handled", 0)):  # fmt: skip
        assert len(ROW.findall(client.get(url + asked).content.decode())) == count, asked
    fund = web(people.finance).get("/fund-boards/matches/").content.decode()
    assert "组织处理" not in fund.partition("上报数")[0]
    excuses = web(people.finance).get("/fund-boards/matches/?by=excuse").content.decode()
    assert "公安交管部门：车辆已过户或者抵押" in excuses
    assert web(people.official).get("/fund-boards/matches/").status_code == 403
    assert "33.3" not in web(people.neighbour).get("/fund-boards/matches/").content.decode()


def test_the_whole_way_by_api(people):
    factories.unit("柳溪镇人民政府", region=factories.TOWN)
    desk, town, fund = api(people.inspector1), api(people.official), api(people.finance)
    line = make.line(1)
    bad = desk.post("/api/v1/match-lists/", {**HEAD, "lines": [line, {**line, "region": "x"}]}, format="json")
    assert (bad.status_code, bad.data["field"], bad.data["message"][:3]) == (422, "lines", "第 2")
    made = desk.post("/api/v1/match-lists/", {**HEAD, "lines": [line, make.line(2)]}, format="json")
    assert (made.status_code, made.data["rows_given"], made.data["state"]) == (201, 2, "staged")
    brought = desk.post(f"/api/v1/match-lists/{made.data['id']}/bring_in/", {}, format="json")
    assert (brought.data["state"], brought.data["rows_made"]) == ("imported", 2)
    first, second = Suspicion.objects.order_by("pk")
    bulk = {"ids": [first.number, second.number], "desk_text": "在册。"}
    done = desk.post("/api/v1/suspicions/bulk/desk_check/", bulk, format="json")
    assert [one["ok"] for one in done.data["results"]] == [True, True]
    base = f"/api/v1/suspicions/{first.public_id}/"
    seen = {"visitor": "沈知远", "visitor2": "陆景禾", "finding": "已过户。"}
    assert town.post(f"{base}visit/", {**seen, "latitude": 1}, format="json").status_code == 422
    assert town.post(f"{base}visit/", seen, format="json").data["state"] == "visited"
    assert town.post(f"{base}attach/", {"file": photo()}, format="multipart").status_code == 201
    assert desk.post(f"{base}clear/", {"excuse": "CAR_SOLD"}, format="json").status_code == 403
    assert fund.post(f"{base}clear/", {"excuse": "CAR_SOLD"}, format="json").data["state"] == "cleared"
    told = desk.post(f"{base}reveal/", {"reason": "核对"}, format="json")
    assert (told.data["id_number"], "no-store" in told.headers["Cache-Control"]) == (make.number(1), True)
    assert AuditEntry.objects.filter(verb="suspicion.reveal").count() == 1
    assert api(people.neighbour).get(base).status_code == 404
    base = f"/api/v1/suspicions/{second.public_id}/"
    town.post(f"{base}visit/", seen, format="json")
    handed = {"category": "false_claim", "decision": "隐瞒车辆。"}
    assert desk.post(f"{base}hand_on/", handed, format="json").data["lead"] == Lead.objects.get().number
    assert town.get(base).data["lead"] is None


def test_a_longer_list_asks_no_more_questions(people):
    def questions():
        client = web(people.inspector1)
        client.get("/suspicions/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/suspicions/")
        return len(asked)

    make.suspicion(people, "cleared", 1)
    few = questions()
    for n in range(2, 7):
        make.suspicion(people, "desk_checked", n)
    assert questions() <= few
