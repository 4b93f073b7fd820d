"""Opinions and 立行立改: a problem is no opinion; each is sent, answered by its unit, accepted or returned."""

from datetime import timedelta

import pytest

from inspections import services
from inspections.models import Finding, ImmediateNotice, Opinion
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Clock, Notification
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db


def test_an_opinion_goes_to_a_department_and_comes_back_on_pages(people):
    round_ = makers.round_(people)
    team, sector = handed.web(people.patrol1), handed.web(people.sector)
    found = makers.finding(people, round_)
    said = {
        "round": round_.public_id, "kind": "advice", "unit": handed.bureau().public_id, "text": "全县核查冷库。",
        "finding": found.public_id,
    }  # fmt: skip
    assert team.get(f"/opinions/new/?round={round_.public_id}").status_code == 200
    made = team.post("/opinions/new/", said)
    assert made.status_code == 302, made.context["form"].errors
    row = Opinion.objects.get()
    assert (row.state, row.number, Finding.objects.count()) == ("recorded", None, 1)
    assert sector.get(f"/opinions/{row.public_id}/").status_code == 404
    assert (
        team.post(f"/opinions/{row.public_id}/amend/", {**said, "text": "全县逐座核查冷库。"}).status_code
        == 302
    )
    assert team.post(f"/opinions/{row.public_id}/send/", {}).status_code == 302
    row.refresh_from_db()
    assert row.number == "990101-YJ-2026-0001" or row.number.startswith("990101-YJ-")
    assert Notification.objects.filter(user=people.sector, number=row.number).exists()
    page = sector.get(f"/opinions/{row.public_id}/").content.decode()
    assert "全县逐座核查冷库" in page
    assert f"/findings/{found.public_id}/" not in page  # the unit reads the opinion, not what the team found
    assert "待答复的巡察意见" in sector.get("/").content.decode()
    assert sector.post(f"/opinions/{row.public_id}/answer/", {"answer_text": "  "}).status_code == 400
    assert sector.post(f"/opinions/{row.public_id}/answer/", {"answer_text": "已核查。"}).status_code == 302
    assert team.post(f"/opinions/{row.public_id}/send_back/", {"note": "没有数据。"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.return_reason, row.answer_text) == ("sent", "没有数据。", "已核查。")
    assert (
        sector.post(f"/opinions/{row.public_id}/answer/", {"answer_text": "12 座核查完毕。"}).status_code
        == 302
    )
    assert team.post(f"/opinions/{row.public_id}/accept/", {}).status_code == 302
    assert handed.fresh(row).state == "accepted"
    assert not Clock.objects.of(row).open().exists()
    assert verify().broken == []


def test_the_same_by_api(people):
    round_ = makers.round_(people)
    team, unit = handed.api(people.patrol1), handed.api(people.official)
    said = {"round": round_.name, "kind": "rectify", "unit": handed.TOWN, "text": "限期补发。"}
    made = team.post("/api/v1/opinions/", said, format="json")
    assert made.status_code == 201, made.data
    at = f"/api/v1/opinions/{made.data['id']}"
    assert unit.post(f"{at}/answer/", {"answer_text": "已补发。"}, format="json").status_code == 404
    sent = team.post(f"{at}/send/", {"due_on": "2026-01-01"}, format="json")
    assert (sent.status_code, sent.data["field"]) == (422, "due_on")
    day = (moment.today() + timedelta(days=9)).isoformat()
    sent = team.post(f"{at}/send/", {"due_on": day}, format="json")
    assert (sent.status_code, sent.data["due_on"]) == (200, day)
    assert unit.post(f"{at}/answer/", {"answer_text": "已补发。"}, format="json").data["state"] == "answered"
    assert team.post(f"{at}/accept/", {}, format="json").data["state"] == "accepted"
    assert unit.post(f"{at}/answer/", {"answer_text": "再答。"}, format="json").status_code == 409
    assert unit.get("/api/v1/opinions/?kind=rectify&state=accepted").data["results"][0]["number"]


def test_many_are_sent_at_once(people):
    round_ = makers.round_(people)
    rows = [handed.opinion(people, round_, text=f"意见{n}") for n in range(3)]
    answer = handed.api(people.patroloffice).post(
        "/api/v1/opinions/bulk/send/", {"ids": [row.public_id for row in rows]}, format="json"
    )
    assert [one["ok"] for one in answer.data["results"]] == [True] * 3
    assert Opinion.objects.unanswered().count() == 3
    assert handed.web(people.patroloffice).get("/opinions/").status_code == 200


def test_only_the_recipient_answers_and_only_the_round_records(people):
    round_ = makers.round_(people)
    row = handed.opinion(people, round_, sent=True)
    with pytest.raises(NotAllowed):
        services.answer_opinion(row, by=people.otherofficial, answer_text="不是我们。")
    for who in (people.patrol2, people.inspector1, people.official):
        with pytest.raises(NotAllowed):
            handed.opinion(people, round_) if who is None else services.record_opinion(
                by=who, round=round_, kind="advice", unit=handed.town(), text="一"
            )
    other = makers.finding(people, makers.round_(people, "另一轮"))
    with pytest.raises(RuleBroken) as refused:
        handed.opinion(people, round_, finding=other)
    assert refused.value.field == "finding"
    with pytest.raises(RuleBroken):
        handed.opinion(people, round_, unit=factories.unit("松涛镇人民政府", region="990102101000"))


def test_what_was_not_sent_is_withdrawn_and_what_was_sent_is_not_altered(people):
    row = handed.opinion(people, makers.round_(people))
    assert services.withdraw_opinion(row, by=people.patrol1, note="重复。").state == "withdrawn"
    sent = handed.opinion(people, makers.round_(people, "另一轮"), sent=True)
    for act in (services.amend_opinion, services.withdraw_opinion):
        with pytest.raises(WrongState):
            act(sent, by=people.patrol1, note="改")


def test_right_at_once_with_proof_on_pages(people):
    round_ = makers.round_(people)
    team, unit = handed.web(people.patrol1), handed.web(people.official)
    said = {
        "round": round_.public_id,
        "unit": handed.town().public_id,
        "text": "补贴错发。",
        "demand": "追回。",
    }
    assert team.get("/immediate-notices/new/").status_code == 200
    assert team.post("/immediate-notices/new/", said).status_code == 302
    row = ImmediateNotice.objects.get()
    at = f"/immediate-notices/{row.public_id}"
    assert (
        Clock.objects.of(row).get().due_on == moment.today() + timedelta(days=15)
        or Clock.objects.of(row).exists()
    )
    assert "待办的立行立改" in unit.get("/").content.decode()
    bare = unit.post(f"{at}/report/", {"closing_text": "已追回。"})
    assert (bare.status_code, handed.fresh(row).state) == (422, "issued")
    assert "佐证材料" in bare.content.decode()
    assert (
        unit.post(f"{at}/report/", {"closing_text": "已追回。", "proofs": handed.paper()}).status_code == 302
    )
    assert "立行立改佐证" in team.get(f"{at}/").content.decode()
    assert team.post(f"{at}/send_back/", {"note": "没有公示。"}).status_code == 302
    assert unit.post(f"{at}/attach/", {"file": handed.paper("公示.pdf")}).status_code == 302
    assert unit.post(f"{at}/report/", {"closing_text": "已追回并公示。"}).status_code == 302
    assert team.post(f"{at}/close/", {}).status_code == 302
    assert ImmediateNotice.objects.all().tally() == {"should": 1, "done": 1}
    assert verify().broken == []


def test_right_at_once_by_api_and_overdue_is_shown(people):
    round_ = makers.round_(people)
    row = handed.notice(people, round_)
    unit, office = handed.api(people.unithead), handed.api(people.patroloffice)
    at = f"/api/v1/immediate-notices/{row.public_id}"
    refused = unit.post(f"{at}/report/", {"closing_text": "已追回。"}, format="json")
    assert (refused.status_code, refused.data["code"]) == (422, "notice.evidence")
    assert unit.post(f"{at}/attach/", {"file": handed.paper()}, format="multipart").status_code == 201
    assert office.post(f"{at}/press/", {}, format="json").status_code == 200
    late = moment.now() + timedelta(days=40)
    with moment.pretend(late):
        assert [
            one["id"] for one in office.get("/api/v1/immediate-notices/?due=overdue").data["results"]
        ] == [row.public_id]
        assert (
            unit.post(f"{at}/report/", {"closing_text": "已追回。"}, format="json").data["state"]
            == "reported"
        )
    assert Clock.objects.of(row).get().late_by > 0
    assert office.post(f"{at}/close/", {}, format="json").status_code in {200, 422}


def test_units_see_their_own_and_others_see_nothing(people):
    round_ = makers.round_(people)
    sent, note = handed.opinion(people, round_, sent=True), handed.notice(people, round_)
    for who in (people.otherofficial, people.neighbour, people.countyleader, people.auditor, people.patrol2):
        for path in (f"/opinions/{sent.public_id}/", f"/immediate-notices/{note.public_id}/"):
            assert handed.web(who).get(path).status_code == 404
            assert handed.api(who).get(f"/api/v1{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/opinions/", "/immediate-notices/", "/api/v1/opinions/", "/api/v1/immediate-notices/"]
)
def test_a_list_costs_the_same_with_one_row_and_with_five(people, path, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = (handed.api if path.startswith("/api") else handed.web)(people.patroloffice)
    round_ = makers.round_(people)

    def one():
        handed.opinion(people, round_, sent=True)
        handed.notice(people, round_)

    one()
    client.get(path)
    with CaptureQueriesContext(connection) as first:
        assert client.get(path).status_code == 200
    for _ in range(4):
        one()
    with CaptureQueriesContext(connection) as five:
        assert client.get(path).status_code == 200
    assert len(five) == len(first)
