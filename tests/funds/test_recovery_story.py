"""The book of a misuse through both doors: where it came to light, what is owed, what came back, who is asked, the totals."""

import re
from datetime import date

import pytest
from django.db import transaction

from funds.models import FundRule, LedgerEntry, Misuse, Recovery
from povertyaudit.core.models import Attachment, AuditValue, Role
from povertyaudit.core.verify import verify
from rectification.services import source_papers
from tests import factories
from tests.cases.conftest import Maker
from tests.funds import makers
from tests.funds import project_makers as projects
from tests.funds.test_doors import BACK, NEW, api, form, web
from tests.inspections import makers as rounds

pytestmark = pytest.mark.django_db


def posted(client, address, **data):
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context["form"].errors
    return Misuse.objects.order_by("pk").last()


def told(answer, *words):
    assert answer.status_code in {400, 422}
    page = answer.content.decode()
    for word in words:
        assert word in page, word


def test_the_book_on_pages(people, time_machine):
    desk, room, leader = web(people.finance), web(people.inspector1), web(people.leader)
    told(desk.post("/misuses/new/", form(people, amount_fen="100", owed_fen="200")), "不超过涉及金额")
    told(desk.post("/misuses/new/", form(people, amount_fen="100", owed_fen="50")), "请写明理由")
    told(desk.post("/misuses/new/", form(people, amount_fen="12.345")), "最多两位小数")
    told(desk.post("/misuses/new/", form(people, period_from="2026-03-11")), "晚于发现日期")
    told(desk.post("/misuses/new/", form(people, period_to="2026-03-01")), "止日不能早于起日")
    row = posted(desk, "/misuses/new/", **form(
        people, amount_fen="300000", owed_fen="250000", owed_reason="五万元已依法用于本村", period_from="2025-01-01",
    ))  # fmt: skip
    here = row.get_absolute_url()
    told(desk.post(f"{here}record_recovery/", {**BACK, "amount_fen": "250000.01"}), "250,000.00")
    told(
        desk.post(f"{here}record_recovery/", {**BACK, "amount_fen": "1", "received_on": "2026-03-01"}),
        "早于发现日期",
    )
    told(
        desk.post(f"{here}record_recovery/", {**BACK, "amount_fen": "1", "kind": "returned"}),
        "请填写户主姓名",
    )
    assert desk.get(f"{here}record_recovery/").content.decode().count("金额核对无误") == 0
    slip = {**BACK, "amount_fen": "25"}  # 25 万元 written as 25 元
    told(desk.post(f"{here}record_recovery/", slip), "正好相差 1 万倍", "金额核对无误")
    posted(desk, f"{here}record_recovery/", **{**slip, "confirmed": "on"})
    told(desk.post(f"{here}record_recovery/", {**BACK, "amount_fen": "5"}), "已在本县登记过")
    other = makers.misuse(people, title="另一笔")
    told(
        desk.post(f"{other.get_absolute_url()}record_recovery/", {**BACK, "amount_fen": "5"}),
        "已在本县登记过",
    )
    homes = {
        "households-TOTAL_FORMS": 2,
        "households-INITIAL_FORMS": 0,
        "voucher_no": "发放表1",
        "received_on": "2026-05-06",
    }
    homes |= {
        "households-0-household": "欧阳铁柱",
        "households-0-amount_fen": "1000.5",
        "households-0-village": "石桥坳村",
    }
    twice = homes | {
        "households-1-household": "欧阳铁柱",
        "households-1-amount_fen": "2",
        "households-1-village": "石桥坳村",
    }
    told(desk.post(f"{here}record_returns/", twice), "出现了两次")
    homes |= {"households-1-household": "陶有田", "households-1-amount_fen": "2000"}
    posted(desk, f"{here}record_returns/", **homes)
    page = desk.get(here).content.decode()
    assert "欧阳某某" in page
    assert "欧阳铁柱" not in page + desk.get("/recoveries/").content.decode()
    assert "欧阳铁柱" not in desk.get("/recoveries/?format=csv").getvalue().decode()
    back = Recovery.objects.get(household="欧阳铁柱")
    assert "欧阳铁柱（石桥坳村）" in room.get(f"{here}confirm_return/").content.decode()
    said = {"recovery": back.public_id, "result": "less", "way": "home", "asked_on": "2026-06-01"}
    told(room.post(f"{here}confirm_return/", said), "请写明群众怎么说")
    posted(room, f"{here}confirm_return/", **said, said="只拿到八百")
    assert "收到金额不符" in desk.get("/recoveries/?tab=denied").content.decode()
    assert "请核实后冲正或者补退" in desk.get("/notifications/").content.decode()
    posted(desk, f"{here}void_recovery/", recovery=back.public_id, note="按实退金额重新登记")
    posted(desk, f"{here}raise_owed/", amount_fen="0.01", note="应计利息")
    told(
        desk.post(
            f"{here}request_relief/",
            {"kind": "write_off", "amount_fen": "999999", "basis": "1", "reason": "x"},
        ),
        "不超过未结",
    )
    posted(
        desk,
        f"{here}request_relief/",
        kind="write_off",
        amount_fen="500",
        basis="青财〔2026〕1号",
        reason="企业已注销",
    )
    assert desk.get(f"{here}request_relief/").status_code == 409
    assert desk.post(f"{here}decide_relief/", {"granted": "yes"}).status_code == 403
    told(leader.post(f"{here}decide_relief/", {"granted": "no"}), "请写明理由")
    posted(leader, f"{here}decide_relief/", granted="yes")
    row = Misuse.objects.get(pk=row.pk)
    assert (row.owed_fen, row.recovered_fen) == (25_000_001, 2_500 + 200_000 + 50_000)
    page = desk.get(here).content.decode()
    for words in ("应追缴立账", "调增应追缴", "核销", "冲正第", "247,475.01"):
        assert words in page, words
    assert "欧阳铁柱" not in str(list(AuditValue.objects.values_list("value", flat=True)))
    assert verify().broken == []
    figures_open_their_rows(desk)


def figures_open_their_rows(desk):
    """Each figure of each way of the totals is the sum of exactly the entries its list shows."""
    for by in ("kind", "nature", "way", "unit", "town", "misuse", "year", "month"):
        page = desk.get(f"/misuses/totals/?by={by}").content.decode()
        links = re.findall(r'<a href="(/ledger-entries/[^"]+)">([−\d,.]+)</a>', page)
        assert links, by
        for address, figure in links:
            name = re.search(r"group=(\w+)", address)
            label = {"owed": "应追缴", "taken": "追缴", "returned": "退还群众", "otherwise": "其他处理"}.get(
                name and name[1], "未结"
            )
            shown = desk.get(address.replace("&amp;", "&")).content.decode()
            sums = dict(re.findall(r"<dt[^>]*>\s*([^<]+?)\s*</dt>\s*<dd[^>]*>\s*([−\d,.]+)", shown))
            assert sums[label] == figure, (by, address)


def test_the_book_by_api(people):
    desk, leader, room = api(people.finance), api(people.leader), api(people.inspector1)

    def sent(client, verb, status=200, **body):
        answer = client.post(f"/api/v1/misuses/{made['id']}/{verb}/", body, format="json")
        assert answer.status_code == status, answer.data
        return answer.data

    body = {
        **NEW,
        "responsible_unit": "柳溪镇人民政府",
        "amount_fen": 100_000,
        "nature": "CORRUPTION",
        "period_from": "2025-02-01",
    }
    made = desk.post("/api/v1/misuses/", body, format="json").data
    assert (made["owed_fen"], made["nature_display"], made["finding"]) == (100_000, "腐败问题", None)
    assert "条例" in made["anchor"]
    for n in range(5):
        makers.misuse(people, title=f"邻{n}", amount_fen=100_000)
    wide = desk.post("/api/v1/misuses/", {**body, "amount_fen": 10**9}, format="json")
    assert (wide.status_code, wide.data["field"]) == (422, "confirmed")
    assert "1000 倍以上" in wide.data["message"]
    with transaction.atomic():  # how many times is a rule, and one rule for projects, payments and misuses
        FundRule.objects.filter(code="slip_times").update(amount="10000")
        more = {**body, "amount_fen": 10**9 - 1}
        assert desk.post("/api/v1/misuses/", more, format="json").status_code == 201
        transaction.set_rollback(True)
    assert (
        desk.post(
            "/api/v1/misuses/", {**body, "amount_fen": 10**9, "confirmed": True}, format="json"
        ).status_code
        == 201
    )
    assert (
        sent(desk, "record_recovery", 422, **BACK | {"kind": "written_off", "amount_fen": 5})["field"]
        == "kind"
    )
    sent(
        desk,
        "record_recovery",
        **BACK | {"kind": "volunteered", "amount_fen": 400, "received_on": "2026-01-05"},
    )
    assert sent(desk, "record_returns", 422, voucher_no="表2", households=[])["field"] == "households"
    sent(
        desk,
        "record_returns",
        voucher_no="表2",
        households=[{"household": "陶有田", "amount_fen": 600}],
        received_on="2026-04-02",
    )
    paid = desk.get("/api/v1/recoveries/?kind=returned").data["results"][0]
    assert (paid["household"], paid["confirmed"]) == ("陶某某", None)
    assert (
        sent(room, "confirm_return", recovery=paid["id"], result="received", way="phone")["state"] == "open"
    )
    assert desk.get(f"/api/v1/recoveries/{paid['id']}/").data["confirmed"] == "received"
    sent(desk, "raise_owed", amount_fen=50, note="利息")
    sent(desk, "request_relief", kind="reduction", amount_fen=99_050, basis="文1", reason="定多了")
    sent(desk, "decide_relief", 403, granted=True)
    done = sent(leader, "decide_relief", granted=True)
    assert (done["state"], done["owed_fen"], done["outstanding_fen"]) == ("settled", 1_000, 0)
    rows = desk.get(f"/api/v1/ledger-entries/?misuse={made['id']}&group=owed").data["results"]
    assert sorted(one["signed_fen"] for one in rows) == [-99_050, 50, 100_000]
    assert api(people.neighbour).get("/api/v1/ledger-entries/").data["results"] == []
    assert web(people.neighbour).get("/ledger-entries/").status_code == 200
    assert LedgerEntry.objects.visible_to(people.neighbour).count() == 0
    assert web(people.petition).get("/misuses/totals/").status_code == 403
    said = desk.get("/api/v1/misuses/totals/?by=misuse").data
    line = next(one for one in said["lines"] if made["id"] in one["entries"])
    assert (line["owed_fen"], line["taken_fen"], line["returned_fen"], line["open_fen"]) == (
        1_000,
        400,
        600,
        0,
    )
    listed = desk.get(f"/api/v1/ledger-entries/?{line['entries']}&group=owed").data["results"]
    assert sum(one["signed_fen"] for one in listed) == line["owed_fen"]
    assert said["whole"]["owed_fen"] == sum(one["owed_fen"] for one in said["lines"])
    other = api(people.neighbour).get("/api/v1/misuses/totals/").data
    assert (other["lines"], other["whole"]["owed_fen"], other["by"]) == ([], 0, "kind")
    assert desk.get("/api/v1/misuses/totals/?by=nobody").data["field"] == "by"
    assert api(people.petition).get("/api/v1/misuses/totals/").status_code == 403


def test_a_misuse_names_its_project_to_who_may_know_of_it(people):
    desk, project = api(people.finance), projects.stored(people)
    body = {**NEW, "responsible_unit": "柳溪镇人民政府", "amount_fen": 5, "project": project.number}
    made = desk.post("/api/v1/misuses/", body, format="json").data
    assert made["project"] == project.public_id
    assert desk.post("/api/v1/misuses/", {**body, "project": "无"}, format="json").data["field"] == "project"
    # the department that answers for the misuse and has nothing to do with the project
    bureau = factories.unit("县水利局")
    other = factories.user(Role.SECTOR, unit=bureau)
    row = makers.misuse(people, title="水利局的一笔", unit=bureau, project=project)
    assert api(other).get(f"/api/v1/misuses/{row.public_id}/").data["project"] is None
    columns = "/misuses/?format=csv&columns=number,project_number"
    assert project.number in web(people.finance).get(columns).getvalue().decode()
    assert project.number not in web(other).get(columns).getvalue().decode()


def test_where_it_came_to_light_is_shown_on_both_sides(people):
    room, desk = web(people.inspector1), web(people.finance)
    found = rounds.finding(people, rounds.round_(people))
    paper = source_papers.register_paper(
        by=people.inspector1, kind="audit", title="审计反馈", issuer="市审计局", received_on=date(2026, 3, 1)
    )
    way = f"{paper.get_absolute_url()}register_misuse/"
    assert way in room.get(paper.get_absolute_url()).content.decode()
    assert room.get(way).status_code == 200
    row = posted(room, way, **form(people))
    assert row.title in room.get(paper.get_absolute_url()).content.decode()
    page = room.get(row.get_absolute_url()).content.decode()
    assert paper.title in page
    assert f"/items/new/?misuse={row.public_id}" in page
    assert web(people.casemgr).get(way).status_code == 403
    lead = lead_of(people)
    asked = room.get(f"/misuses/new/?lead={lead.public_id}").content.decode()
    assert lead.number in asked
    assert f"/misuses/new/?lead={lead.public_id}" in room.get(lead.get_absolute_url()).content.decode()
    of_lead = posted(room, "/misuses/new/", **form(people, title="线索带出的钱", lead=lead.number))
    assert of_lead.title in room.get(lead.get_absolute_url()).content.decode()
    assert lead.get_absolute_url() in room.get(of_lead.get_absolute_url()).content.decode()
    assert lead.number not in desk.get(of_lead.get_absolute_url()).content.decode()
    assert desk.get(f"/api/v1/misuses/{of_lead.public_id}/").status_code == 200
    assert api(people.finance).get(f"/api/v1/misuses/{of_lead.public_id}/").data["lead"] is None
    assert api(people.inspector1).get(f"/api/v1/misuses/{of_lead.public_id}/").data["lead"] == lead.public_id
    told(desk.post("/misuses/new/", form(people, finding=found.number or "无")), "没有找到这个编号")
    assert not Attachment.objects.exists()


def lead_of(people):
    """A lead in the hands of inspector1."""
    return Maker(people)("signed_for")
