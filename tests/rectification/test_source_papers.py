"""反馈文件: items of one demand hang on it; its tree reads as the published structure, on the page and over REST."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken
from rectification import services
from rectification.models import Item, SourcePaper
from rectification.services import source_papers
from rectification.tree import tree_of
from tests.rectification import makers
from tests.rectification.makers import api, at

pytestmark = pytest.mark.django_db
NEW = {"kind": "audit", "title": "专项审计报告", "issuer": "市审计局", "document": "审〔2026〕1号"}


def test_a_paper_brings_its_items_through_both_doors(cast, client):
    today = moment.today()
    client.force_login(cast.inspector1)
    made = client.post("/source-papers/new/", NEW | {"received_on": today.isoformat()})
    assert made.status_code == 302, made.content.decode()[-2000:]
    paper = SourcePaper.objects.get()
    late = client.post("/source-papers/new/", NEW | {"received_on": (today + timedelta(days=1)).isoformat()})
    assert late.status_code in (400, 422)
    shown = client.get(paper.get_absolute_url()).content.decode()
    assert f"/items/new/?paper={paper.public_id}" in shown
    opened = client.get(f"/items/new/?paper={paper.public_id}").content.decode()
    assert paper.number in opened
    item = makers.draft(cast, paper=paper)
    body = {"source": "superior", "paper": paper.number, "problem_class": "x", "aspect": "x", "problem": "x",
            "main_unit": "柳溪镇人民政府", "lead_unit": "县农业农村局"}  # fmt: skip
    door = api(client, cast.inspector1)
    for said, words in ((body, "不一致"), (body | {"paper": None}, "请选择反馈文件"),
                        (body | {"source": "misuse", "misuses": [makers.misuse(cast).number]}, "不选反馈文件")):  # fmt: skip
        refused = door.post("items/", said)
        assert (refused.status_code, refused.json()["field"]) == (422, "paper"), refused.content
        assert words in refused.json()["message"]
    assert door.get(f"items/{item.public_id}/").json()["paper"] == paper.public_id
    assert [row["id"] for row in door.get("items/", paper=paper.public_id).json()["results"]] == [
        item.public_id
    ]
    assert item.number in client.get(f"/items/?paper={paper.public_id}").content.decode()
    where = f"source-papers/{paper.public_id}"
    assert door.post(f"{where}/discard/", {"note": "重复"}).status_code == 422
    assert door.post(f"{where}/edit/", {"kind": "superior"}).json()["field"] == "kind"
    assert door.post(f"{where}/edit/", {"title": "更正后的名称"}).json()["title"] == "更正后的名称"
    other = makers.paper(cast, title="重复登记的")
    assert (
        api(client, cast.casemgr)
        .post(f"source-papers/{other.public_id}/discard/", {"note": "重复"})
        .status_code
        == 200
    )
    scan = f"{paper.get_absolute_url()}attach/"
    assert "请选择文件" in client.post(scan, {}).content.decode()
    assert client.post(scan, {"papers": [makers.photo("第一页.jpg")]}).status_code == 302
    sent = door.upload(f"{where}/attach/", {"file": makers.photo("第二页.jpg", (9, 9, 9)), "title": "第二页"})
    assert (sent.status_code, sent.json()["kind"]) == (201, "scan")
    shown = client.get(paper.get_absolute_url()).content.decode()
    page = f"{paper.get_absolute_url()}files/{sent.json()['id']}/"
    assert page in shown
    looked = client.get(page).content.decode()
    assert "第 2 份，共 2 份" in looked
    assert f'<img class="viewed-image" src="/attachments/{sent.json()["id"]}/"' in looked
    with pytest.raises(NotAllowed):
        source_papers.attach_scan(paper, by=cast.official, files=[makers.photo()])
    client.force_login(cast.neighbour)
    assert [client.get(url).status_code for url in (page, f"/attachments/{sent.json()['id']}/")] == [404, 404]
    with pytest.raises(RuleBroken, match="已作废"):
        makers.draft(cast, paper=other)
    with pytest.raises(RuleBroken, match="请选择"):
        services.edit(item, by=cast.inspector1, paper=None)


def test_who_sees_a_paper_sees_its_items_and_no_others(cast, client):
    mine = at(cast, "issued")
    theirs = at(cast, "draft", main_unit=cast.otherhead.current_posts()[0].unit)
    paper = mine.paper
    assert theirs.paper == paper
    for who, found in (("casemgr", 2), ("official", 1), ("sector", 1), ("otherofficial", None), ("neighbour", None),
                       ("patroloffice", None), ("petition", None)):  # fmt: skip
        door = api(client, getattr(cast, who))
        answer = door.get(f"source-papers/{paper.public_id}/tree/")
        assert answer.status_code == (404 if found is None else 200), who
        assert client.get(paper.get_tree_url()).status_code == answer.status_code, who
        assert client.get(paper.get_absolute_url()).status_code == answer.status_code, who
        assert found is None or answer.json()["items"] == found, who
    client.force_login(cast.official)
    assert client.get("/source-papers/new/").status_code == 403
    assert client.get(f"{paper.get_absolute_url()}edit/").status_code == 403


def test_the_tree_reads_as_published_and_costs_the_same_however_long(cast, client):
    paper = makers.paper(cast, "superior", title="专项巡视反馈意见")
    common = {"source": "superior", "paper": paper, "measures": 2}
    done = at(cast, "closed", **common)
    client.force_login(cast.inspector1)
    addresses = [paper.get_tree_url(), f"/api/v1/source-papers/{paper.public_id}/tree/"]
    costs = [cost(client, address) for address in addresses]
    kept = at(cast, "long_term", aspect="政策宣传", **common)
    services.add_result(
        at(cast, "rectifying", problem_class="项目管理", **common), by=cast.official, text="另查"
    )
    assert [cost(client, address) for address in addresses] == costs
    shown = client.get(addresses[0]).content.decode()
    for words in ("一、政策落实", "（二）政策宣传", "二、项目管理", "3．", "（2）第2条措施", "（2）第2条已落实", "措施之外",
                  "2 大类、3 个方面，整改事项共 3 项，整改措施共 6 条", "4/6（66.7%）", "1/3（33.3%）", done.number):  # fmt: skip
        assert words in shown, words
    told = client.get(addresses[1]).json()
    shares = {one["key"]: (one["part"], one["whole"]) for one in told["shares"]}
    assert shares == {
        "measures_done": (4, 6), "done": (1, 3), "mostly_done": (0, 3), "long_term": (1, 3), "closed": (1, 3),
        "closed_late": (0, 1),
    }  # fmt: skip
    second = told["classes"][0]["aspects"][1]["problems"][0]
    assert (second["no"], second["number"]) == (2, kept.number)
    assert [line["no"] for line in second["lines"]] == [1, 2]
    found = makers.finding(cast)
    of_round = at(cast, "issued", source="finding", finding=found, by=cast.patroloffice)
    client.force_login(cast.patroloffice)
    assert of_round.number in client.get(f"{found.round.get_absolute_url()}tree/").content.decode()
    assert client.get(f"/api/v1/rounds/{found.round.public_id}/tree/").json()["measures"] == 2
    assert (
        f"{found.round.get_absolute_url()}tree/"
        in client.get(found.round.get_absolute_url()).content.decode()
    )
    assert api(client, cast.official).get(f"rounds/{found.round.public_id}/tree/").status_code == 404


def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_late_closing_is_counted_for_ever(cast, client, time_machine_at):
    item = at(cast, "sector_reviewed")
    with time_machine_at(days=70):
        services.verify(item, by=cast.inspector2, **makers.SEEN)
        due = moment.today() + timedelta(days=30)
        again = services.reopen(item, by=cast.leader, note="反弹", due_on=due)
        services.apply(again, by=cast.unithead)
        services.review(again, by=cast.sector)
        services.verify(again, by=cast.inspector2, **makers.SEEN)
        at(cast, "closed")
    item = makers.again(item)
    assert (item.closed_late, [one.late for one in item.closings.all()]) == (False, [True, False])
    client.force_login(cast.inspector1)
    listed = client.get("/api/v1/items/?light=late").json()["results"]
    assert [row["number"] for row in listed] == [item.number]
    page = client.get(item.get_absolute_url()).content.decode()
    assert "曾逾期销号" in page
    closed_late = tree_of(cast.inspector1, paper=item.paper).shares[-1]
    assert (closed_late.part, closed_late.whole) == (1, 2)
    rows = client.get("/api/v1/items/ledger.ndjson").getvalue().decode()
    assert f'"paper":"{item.paper.number}"' in rows.replace(": ", ":")
    assert '"late_closings":1' in rows.replace(": ", ":")


def test_what_the_database_refuses_of_papers(cast):
    paper, item = makers.paper(cast), at(cast, "draft")
    broken = (
        (Item, item, {"paper": None}), (Item, item, {"source": "misuse"}),
        (SourcePaper, paper, {"kind": "finding"}), (SourcePaper, paper, {"title": ""}),
    )  # fmt: skip
    for model, row, change in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**change)
    old = Item.objects.filter(pk=item.pk)
    old.update(paper=None, names_paper=False)  # as registered before papers were kept
    services.edit(old.get(), by=cast.inspector1, aspect="改")
    assert services.edit(old.get(), by=cast.inspector1, paper=source_papers.held(paper)).names_paper
