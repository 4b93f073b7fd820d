"""A finding is classed by dated terms, bears money and articles, and names no person; a lead goes to the discipline body."""

from datetime import date

import pytest

from cases.models import Handover, HandoverRow, Lead
from inspections import services
from inspections.models import Finding, HandedLead
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Notification
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db
FACTS = {
    "problem_class": "funds", "category": "funds_idle", "text": "到户奖补资金滞留四个月。", "articles": "衔接资金管理办法第九条",
    "found_on": "2026-03-10",
}  # fmt: skip


def test_a_finding_in_full_on_pages(people):
    round_ = makers.round_(people)
    team = handed.web(people.patrol1)
    at = f"/rounds/{round_.public_id}/record_finding/"
    said = FACTS | {
        "unit": handed.town().public_id, "amount_fen": "48000", "suggestion": "十日内补发到户。",
        "lead_unit": handed.bureau().public_id, "region": factories.VILLAGE,
    }  # fmt: skip
    assert team.get(at).status_code == 200
    refused = team.post(at, {**said, "problem_class": "nothing"})
    assert refused.status_code == 400
    made = team.post(at, said)
    assert made.status_code == 302, made.context["form"].errors
    row = Finding.objects.get()
    assert (row.problem_class, row.class_term.code, row.category.code) == ("资金使用", "funds", "funds_idle")
    assert (row.amount_fen, row.region_id, row.lead_unit) == (4_800_000, factories.VILLAGE, handed.bureau())
    page = team.get(f"/findings/{row.public_id}/").content.decode()
    assert all(words in page for words in ("48,000.00", "资金滞留闲置", "十日内补发到户", "县农业农村局"))
    assert team.get(f"/findings/{row.public_id}/amend/").status_code == 200
    changed = {**said, "amount_fen": "50000", "problem_class": "projects"}
    assert team.post(f"/findings/{row.public_id}/amend/", changed).status_code == 302
    row.refresh_from_db()
    assert (row.amount_fen, row.problem_class) == (5_000_000, "项目管理")
    assert team.post(f"/findings/{row.public_id}/withdraw/", {}).status_code == 400
    assert team.post(f"/findings/{row.public_id}/withdraw/", {"note": "重复。"}).status_code == 302
    assert handed.fresh(row).state == "withdrawn"
    assert verify().broken == []


def test_the_same_by_api(people):
    round_ = makers.round_(people)
    team = handed.api(people.patrol1)
    said = FACTS | {"round": round_.name, "unit": handed.TOWN, "amount_fen": 4_800_000}
    for wrong, field in (
        ({"problem_class": "一"}, "problem_class"), ({"category": "nothing"}, "category"),
        ({"amount_fen": -1}, "amount_fen"), ({"amount_fen": 10**18}, "amount_fen"),
        ({"region": "990102101000"}, "region"), ({"articles": "条" * 301}, "articles"),
    ):  # fmt: skip
        refused = team.post("/api/v1/findings/", said | wrong, format="json")
        assert refused.status_code in {400, 422}, wrong
        assert refused.data["field"] == field
    made = team.post("/api/v1/findings/", said, format="json")
    assert (made.status_code, made.data["category"], made.data["amount_fen"]) == (
        201,
        "funds_idle",
        4_800_000,
    )
    at = f"/api/v1/findings/{made.data['id']}"
    done = team.post(f"{at}/amend/", {"amount_fen": None, "problem_class": "项目管理"}, format="json")
    assert (done.data["amount_fen"], done.data["problem_class"]) == (None, "项目管理")
    assert [row["id"] for row in team.get("/api/v1/findings/?problem_class=projects").data["results"]] == [
        made.data["id"]
    ]
    assert team.post(f"{at}/withdraw/", {"note": "重复。"}, format="json").data["state"] == "withdrawn"
    assert team.post(f"{at}/amend/", {"amount_fen": 1}, format="json").status_code == 409


def test_who_is_not_on_the_round_amends_nothing(people):
    row = makers.finding(people, makers.round_(people))
    for who in (people.casemgr, people.patrol2, people.official):
        with pytest.raises(NotAllowed):
            services.amend_finding(row, by=who, text="改")
    with pytest.raises(RuleBroken):
        services.amend_finding(
            row, by=people.patrol1, unit=factories.unit("松涛镇人民政府", region="990102101000")
        )
    with pytest.raises(TypeError):
        services.amend_finding(row, by=people.patrol1, found_on=date(2026, 3, 3))


def test_a_lead_is_handed_over_during_the_round_on_pages(people):
    round_ = makers.round_(people)
    found = makers.finding(people, round_, amount_fen=4_860_000)
    team, registry = handed.web(people.patrol1), handed.web(people.casemgr)
    at = f"/rounds/{round_.public_id}/hand_lead/"
    assert found.public_id in team.get(f"{at}?finding={found.public_id}").content.decode()
    rows = {"leads-TOTAL_FORMS": "2", "leads-INITIAL_FORMS": "0", "leads-0-finding": found.public_id,
            "leads-0-persons": "费守拙", "leads-1-title": "反映村干部冒领补助", "leads-1-persons": "廉初霁"}  # fmt: skip
    assert team.post(at, rows).status_code == 302
    handover = Handover.objects.get()
    first, second = handover.rows.all()
    assert (handover.body.code, handover.handed_by, handover.unit.name) == (
        "inspection",
        people.patrol1,
        "县委巡察办",
    )
    assert (first.text, first.amount_fen, first.persons, second.persons) == (
        found.text,
        4_860_000,
        "费守拙",
        "廉初霁",
    )
    assert "费守拙" not in str(Finding.objects.values())
    assert Notification.objects.filter(user=people.casemgr, number=handover.number).exists()
    assert "费守拙" in team.get(f"/handovers/{handover.public_id}/").content.decode()
    receipt = {"receipt_by": "案管室", "receipt_on": handover.handed_on.isoformat()}
    assert registry.post(f"/handovers/{handover.public_id}/receipt/", receipt).status_code == 302
    page = registry.get(
        f"/handovers/{handover.public_id}/register_row/?row={first.public_id}"
    ).content.decode()
    assert found.text in page
    said = {
        "row": first.public_id,
        "title": first.title,
        "region": factories.TOWN,
        "category": "embezzle",
        "text": first.text,
    }
    assert registry.post(f"/handovers/{handover.public_id}/register_row/", said).status_code == 302
    lead = Lead.objects.get()
    assert (lead.channel, lead.subjects.get().name, lead.text) == ("inspection", "费守拙", found.text)
    assert HandedLead.objects.count() == 2
    assert verify().broken == []


def test_the_same_by_api_without_retyping(people):
    round_ = makers.round_(people)
    found = makers.finding(people, round_)
    team = handed.api(people.patrol1)
    at = f"/api/v1/rounds/{round_.public_id}/hand_lead/"
    assert team.post(at, {"leads": []}, format="json").status_code == 422
    assert team.post(at, {"leads": [{"persons": "费守拙"}]}, format="json").status_code == 422
    done = team.post(at, {"leads": [{"finding": found.number, "persons": "费守拙"}]}, format="json")
    assert done.status_code == 200, done.data
    row = HandoverRow.objects.get()
    assert (row.text, row.region_id) == (found.text, found.region_id)
    said = {"row": "1", "title": row.title, "region": factories.TOWN, "category": "embezzle"}
    registry = handed.api(people.casemgr)
    kept = registry.post(f"/api/v1/handovers/{row.handover.public_id}/register_row/", said, format="json")
    assert kept.status_code == 200, kept.data
    assert Lead.objects.get().text == found.text


def test_who_hands_over_sees_it_and_others_of_the_round_do_not_see_others(people):
    round_ = makers.round_(people)
    services.hand_lead(round_, by=people.patrol1, leads=[{"title": "一", "persons": "费守拙"}])
    row = Handover.objects.get()
    for name in ("patrol1", "patroloffice", "casemgr", "secretary"):
        assert Handover.objects.visible_to(factories.fresh(getattr(people, name))).exists(), name
    for name in ("patrol2", "inspector1", "official", "neighbour", "countyleader", "auditor", "leader"):
        assert not Handover.objects.visible_to(factories.fresh(getattr(people, name))).exists(), name
    with pytest.raises(NotAllowed):
        services.hand_lead(round_, by=people.patrol2, leads=[{"title": "一"}])
    other = makers.finding(people, makers.round_(people, "另一轮"))
    with pytest.raises(RuleBroken):
        services.hand_lead(round_, by=people.patrol1, leads=[{"finding": other}])
    said = {"receipt_by": "案管室", "receipt_on": row.handed_on.isoformat()}
    assert handed.web(people.patrol1).post(f"/handovers/{row.public_id}/receipt/", said).status_code == 403


def test_a_round_with_things_open_is_not_closed_and_told_what(people):
    round_ = handed.with_reviewers(people, makers.round_(people))
    services.hand_lead(handed.fresh(round_), by=people.patrol1, leads=[{"title": "一", "persons": "费守拙"}])
    handed.opinion(people, round_, sent=True)
    handed.notice(people, round_)
    handed.feedback(people, round_, to="issued")
    services.finish_round(handed.fresh(round_), by=people.patroloffice)
    with pytest.raises(RuleBroken) as refused:
        services.close_round(handed.fresh(round_), by=people.patroloffice)
    told = " ".join(error.message for error in getattr(refused.value, "errors", [refused.value]))
    for words in ("移交清单", "意见", "立行立改", "反馈表没有签收"):
        assert words in told
    assert "费守拙" not in told
    with pytest.raises(WrongState):
        services.hand_lead(
            makers.round_(people, "保密轮次", secret=True), by=people.patrol1, leads=[{"title": "一"}]
        )
