"""分类公示要求: which notices are owed may name a kind of project and a size; the most specific wins, and the page says why."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from funds.models import NoticeRule, Project, ProjectKind
from funds.services import notice_rules, notice_terms
from povertyaudit.core import moment, terms
from povertyaudit.core.errors import RuleBroken
from tests.factories import fresh
from tests.funds.project_makers import WAN, project
from tests.funds.test_doors import api, web

pytestmark = pytest.mark.django_db


def confirmed(people, **said):
    said.setdefault("valid_from", moment.today())
    return terms.confirm(notice_terms.propose(by=people.casemgr, **said), by=people.secadmin)


def cell(row, name="start_county"):
    stage, level = name.split("_")
    found = notice_rules.cells(Project.objects.get(pk=row.pk))
    return next(one for one in found if (one.stage, one.level) == (stage, level))


def test_the_most_specific_rule_of_kind_and_size_wins_and_is_said(people, time_machine):
    desk = web(people.casemgr)
    new = {
        "kind": "ROADS",
        "from_wan": "0",
        "cell": "start_county",
        "amount": "15",
        "valid_from": moment.today().isoformat(),
    }
    assert "/terms/notice-rules/new/" in desk.get("/terms/?tab=notice_rules").content.decode()
    assert web(people.official).get("/terms/notice-rules/new/").status_code == 403
    said = desk.post("/terms/notice-rules/new/", new | {"kind": ""})
    assert "请选择项目类别或者金额" in said.content.decode()
    assert desk.post("/terms/notice-rules/new/", new).status_code == 302
    roads = NoticeRule.objects.get()
    assert (roads.name, roads.state) == ("道路桥梁：开工县级公示（15 天内）", "draft")
    row = project(people, "started")
    code, size = row.kind.code, row.approved_fen // WAN
    assert (code, size) == ("ROADS", 80)
    assert cell(row).due is None, "nothing is confirmed yet"
    terms.confirm(roads, by=people.secadmin)
    door = api(people.casemgr)
    big = {"from_wan": 50, "cell": "start_county", "amount": "3", "valid_from": moment.today().isoformat()}
    for wrong, field in (
        ({"from_wan": 7}, "from_wan"), ({"amount": "4"}, "amount"), ({"cell": "x"}, "cell"), ({"kind": "NONE"}, "kind"),
        ({"from_wan": 0}, "kind"),
    ):  # fmt: skip
        answer = door.post("/api/v1/notice-rules/", big | wrong, format="json")
        assert (answer.status_code in (400, 422), answer.data["field"]) == (True, field)
    made = door.post("/api/v1/notice-rules/", big, format="json")
    assert (made.status_code, made.data["content"], made.data["list"]) == (201, "3", "notice_rules")
    assert door.post("/api/v1/notice-rules/", big, format="json").status_code == 422
    terms.confirm(NoticeRule.objects.waiting().get(), by=people.secadmin)
    again = door.post("/api/v1/notice-rules/", big, format="json")
    assert (again.status_code, again.data["field"]) == (422, "cell")
    assert "已有这一处公示的要求" in again.data["message"]
    due = moment.today() + timedelta(days=15)
    assert (cell(row).due, cell(row).why) == (due, roads.name), "the kind before the size"
    other = project(people, "started", place="别处")
    Project.objects.filter(pk=other.pk).update(kind=ProjectKind.objects.get(code="WATER"))
    assert cell(other).due == moment.today() + timedelta(days=3)
    confirmed(people, kind="ROADS", from_wan=30, cell="start_county", amount="0")
    confirmed(people, kind="ROADS", from_wan=500, cell="start_county", amount="5")
    assert (cell(row).due, cell(row).special) == (None, True), "kind and size before the kind alone"
    assert cell(row, "start_village").why == "开工后 10 天内村级公示、设牌（0：不要求）"
    page = web(people.official).get(row.get_absolute_url()).content.decode()
    assert "按“道路桥梁 30 万元以上：开工县级公示（不要求）”" in page
    time_machine.move_to(f"{moment.today() + timedelta(days=12)}T09:00:00+08:00")
    page = web(people.official).get(other.get_absolute_url()).content.decode()
    assert "开工县级公示没有登记（全部项目 50 万元以上：开工县级公示（3 天内））" in page
    assert "开工村级公示没有登记（开工后 10 天内村级公示" in page
    told = api(people.official).get(f"/api/v1/projects/{other.public_id}/notice_cells/").data
    assert [one["rule"] for one in told if one["stage"] == "start"][0].startswith("全部项目 50 万元以上")
    listed = set(Project.objects.filter(notice_rules.gaps_in()).values_list("pk", flat=True))
    assert {row.pk, other.pk} <= listed
    assert api(people.official).post("/api/v1/notice-rules/", big, format="json").status_code == 403
    assert web(fresh(people.finance)).get("/").status_code == 200


def test_a_rule_names_a_cell_days_and_a_size_there_are(people):
    said = {"cell": "start_county", "amount": "3", "from_wan": 50, "valid_from": moment.today()}
    for wrong in ({"cell": "x"}, {"amount": "4"}, {"from_wan": 7}):
        with pytest.raises(RuleBroken) as refused:
            notice_terms.propose(by=people.casemgr, **said | wrong)
        assert refused.value.field in wrong


def test_the_table_refuses_a_rule_about_nothing(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeRule.objects.create(code="x", name="x", cell="start_county", about="x", amount="3")
