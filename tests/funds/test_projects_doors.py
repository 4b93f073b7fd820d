"""Projects through pages and API: the whole way, bad input, a photo, the ledger, what a list and a record cost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.models import Allocation, FundKind, Project, ProjectKind
from povertyaudit.core import moment
from povertyaudit.demo.papers import photo
from tests import factories
from tests.core.machines import PDF
from tests.funds import project_makers as makers
from tests.funds.project_makers import WAN
from tests.funds.test_doors import api, web

pytestmark = pytest.mark.django_db
PAPER = {
    "title": "第一批",
    "paper_no": "县财农〔2026〕5号",
    "level": "county",
    "issued_on": "2026-03-02",
    "received_on": "2026-03-03",
}
PROJECT = {
    "title": "石桥坳村饮水管道", "year": "2026", "region": factories.VILLAGE, "place": "二组", "content": "更换管道 2 公里。",
    "sector_unit": "县农业农村局", "responsible_unit": "柳溪镇人民政府", "plan_start": "2026-04-01",
    "plan_end": "2026-09-30", "households": "30", "persons": "90", "poor_households": "3", "poor_persons": "8",
}  # fmt: skip


def lines(*wanted):
    """A formset as a browser sends it."""
    body = {"lines-TOTAL_FORMS": str(len(wanted)), "lines-INITIAL_FORMS": "0"}
    for n, (allocation, yuan) in enumerate(wanted):
        body |= {f"lines-{n}-allocation": allocation, f"lines-{n}-amount_fen": yuan}
    return body


def post(who, path, body=None):
    answer = web(who).post(path, body or {})
    assert answer.status_code == 302, (path, answer.status_code, answer.content.decode()[:4000])
    return answer


def test_the_whole_way_on_pages(people, notices_only_warn):
    today = moment.today().isoformat()
    fund = FundKind.objects.get(code="COUNTY").pk
    post(people.finance, "/allocations/new/", {**PAPER, "fund_kind": fund, "amount_fen": "100万"})
    paper = Allocation.objects.get()
    assert web(people.sector).get(paper.get_absolute_url()).status_code == 200
    makers.project(people, "review")
    kind = ProjectKind.objects.get(code="WATER").pk
    said = {**PROJECT, "kind": kind, "planned_fen": "60万"}
    assert web(people.official).get("/projects/new/").status_code == 200
    bad = web(people.official).post("/projects/new/", {**said, "plan_end": "2026-01-01"})
    assert (bad.status_code, "不能早于计划开工日期" in bad.content.decode()) == (422, True)
    post(people.official, "/projects/new/", said)
    row = Project.objects.latest("pk")
    base = row.get_absolute_url()
    assert web(people.official).get(f"{base}amend/").status_code == 200
    post(people.official, f"{base}amend/", {**said, "planned_fen": "80万", "place": "三组"})
    post(people.sector, f"{base}submit-review/", {"surveyed_on": today, "survey": "可以"})
    shown = web(people.finance).get(base).content.decode()
    assert "还有 1 个疑似重复的项目没有答复" in shown
    assert "石桥坳村通组路硬化" in shown
    double = row.doubles.get().public_id
    assert "800,000.00" in web(people.finance).get(f"{base}answer-double/").content.decode()
    answer = {"double": double, "decision": "different", "answer": "一条是路，一条是管道。"}
    post(people.finance, f"{base}answer-double/", answer)
    approval = {
        "reviewed_on": today, "review_text": "同意", "approval_no": "县扶批〔2026〕1号", "approved_on": today,
        "approved_fen": "80万",
    }  # fmt: skip
    short = web(people.finance).post(f"{base}approve/", {**approval, **lines((paper.public_id, "70万"))})
    assert (short.status_code, "两者应当相等" in short.content.decode()) == (422, True)
    post(people.finance, f"{base}approve/", {**approval, **lines((paper.public_id, "80万"))})
    assert row.number in web(people.finance).get(paper.get_absolute_url()).content.decode()
    award = {
        "contractor": "岚丰建设",
        "contract_no": "1",
        "contract_on": today,
        "contract_fen": "78万",
        "retention_fen": "",
    }
    post(people.unithead, f"{base}award/", award)
    post(people.unithead, f"{base}start/", {"started_on": today})
    post(people.unithead, f"{base}complete/", {"completed_on": today})
    seen = {"accepted_on": today, "accepted_text": "2 公里", "settled_fen": "77.5万"}
    post(people.sector, f"{base}accept/", seen)
    post(people.unithead, f"{base}publish/", {"published_on": today})
    picture = {"kind": "photo_after", "file": photo("竣工", 3, after=True)}
    post(people.official, f"{base}attach/", picture)
    text = SimpleUploadedFile("竣工.pdf", PDF, content_type="application/pdf")
    assert (
        web(people.official).post(f"{base}attach/", {"kind": "photo_after", "file": text}).status_code == 422
    )
    page = web(people.casemgr).get(base).content.decode()
    for words in ("已竣工公示", "775,000.00", "县财农〔2026〕5号", "竣工照片（同一角度）", "更换管道 2 公里"):
        assert words in page, words


def test_the_whole_way_by_api(people):
    desk, town = api(people.finance), api(people.official)
    made = desk.post(
        "/api/v1/allocations/", {**PAPER, "fund_kind": "COUNTY", "amount_fen": 100 * WAN}, format="json"
    )
    assert (made.status_code, made.data["left_fen"]) == (201, 100 * WAN), made.data
    body = {**PROJECT, "kind": "WATER", "planned_fen": 60 * WAN}
    for field, value in (
        ("region", factories.YUNPING),
        ("planned_fen", -1),
        ("year", 1),
        ("kind", "x"),
        ("plan_end", "0"),
    ):
        wrong = town.post("/api/v1/projects/", {**body, field: value}, format="json")
        assert wrong.status_code in {400, 422}, field
        assert "。" in wrong.data["message"]
    row = town.post("/api/v1/projects/", body, format="json")
    assert row.status_code == 201, row.data
    base = f"/api/v1/projects/{row.data['id']}/"
    assert town.post(f"{base}amend/", {"targets": "通水"}, format="json").data["targets"] == "通水"
    api(people.sector).post(f"{base}submit_review/", {"survey": "可以"}, format="json")
    source = [{"allocation": PAPER["paper_no"], "amount_fen": 60 * WAN}]
    said = {"review_text": "同意", "approval_no": "1", "approved_fen": 60 * WAN, "lines": source}
    assert api(people.sector).post(f"{base}approve/", said, format="json").status_code == 403
    done = desk.post(f"{base}approve/", said, format="json")
    assert (done.status_code, done.data["state"], done.data["funded_fen"]) == (200, "approved", 60 * WAN), (
        done.data
    )
    assert desk.get(f"{base}lines/").data[0]["paper_no"] == PAPER["paper_no"]
    assert desk.get(f"{base}doubles/").data == []
    assert len(desk.get("/api/v1/projects/?late=end&kind=WATER&level=county").data["results"]) == 1
    assert desk.get("/api/v1/projects/?suspected=true").data["results"] == []
    ledger = b"".join(desk.get("/api/v1/projects/ledger.csv?headings=zh")).decode()
    assert "县财农〔2026〕5号 县级专项 60000000" in ledger
    assert "资金来源" in ledger


def test_outside_the_scope_there_is_nothing(people):
    row = makers.project(people, "approved")
    paper = Allocation.objects.get()
    for who in (people.neighbour, people.otherofficial, people.petition, people.sysadmin):
        for thing in (row, paper):
            assert web(who).get(thing.get_absolute_url()).status_code == 404
            assert api(who).get(f"/api/v1{thing.get_absolute_url()}").status_code == 404
        assert api(who).get("/api/v1/projects/").data["results"] == []
    assert web(people.casemgr).get("/projects/new/").status_code == 403
    assert web(people.official).get("/allocations/new/").status_code == 403


@pytest.mark.parametrize("path", ["/projects/", "/allocations/", "/api/v1/projects/", "/api/v1/allocations/"])
def test_a_list_costs_the_same_with_one_row_and_with_five(people, path):
    client = api(people.finance) if path.startswith("/api") else web(people.finance)
    state = "approved" if "allocations" in path else "review"  # each of them finds the others beside it
    makers.project(people, state)
    makers.project(people, state)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        assert client.get(path).status_code == 200
    for n in range(4):
        makers.project(people, state, title=f"第{n}个", place=f"{n}组")
    with CaptureQueriesContext(connection) as five:
        assert client.get(path).status_code == 200
    assert len(five) == len(one)
