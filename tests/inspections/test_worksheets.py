"""A worksheet holds one problem with its evidence; two of the team sign exactly that, and it becomes a finding."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from inspections import services as rounds
from inspections.models import Finding, Worksheet
from inspections.services import plans, worksheets
from povertyaudit.core import files
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Attachment, Recusal, User
from povertyaudit.core.verify import verify
from tests import factories
from tests.core.machines import PDF
from tests.inspections import field_makers as makers
from tests.inspections import makers as round_makers

pytestmark = pytest.mark.django_db
TEAM = ("patrol1", "inspector1")


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


def paper(name="凭证.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def team_round(people, **more):
    made = round_makers.round_(people, team=False, **more)
    members = [{"user": people.patrol1, "role": "leader"}, {"user": people.inspector1, "role": "member"}]
    rounds.set_team(made, by=people.patroloffice, members=members)
    made.refresh_from_db()
    return made


def signed(people, row, *names):
    for name in names or TEAM:
        row = worksheets.sign(row, by=getattr(people, name))
    return row


def test_the_whole_way_on_pages(people):
    made, one, two = team_round(people), web(people.patrol1), web(people.inspector1)
    unit = factories.unit("柳溪镇人民政府", region=factories.TOWN)
    assert one.get("/worksheets/new/").status_code == 200
    said = {
        "round": made.public_id, "problem_class": "funds", "text": "补助重复发放。", "basis": "补助办法第三条",
        "unit": unit.public_id, "found_on": "2026-03-10", "evidence": [paper()],
    }  # fmt: skip
    answer = one.post("/worksheets/new/", said)
    assert answer.status_code == 302, answer.context["form"].errors
    row = Worksheet.objects.get()
    here = row.get_absolute_url()
    assert "待签字的问题底稿" in two.get("/").content.decode()
    shown = one.get(f"{here}sign/").content.decode()
    assert "补助重复发放" in shown
    assert "凭证.pdf" in shown
    assert one.post(f"{here}sign/", {"note": "属实"}).status_code == 302
    assert one.get(f"{here}sign/").status_code == 403
    assert one.post(f"{here}to_finding/", {}).status_code == 422
    assert two.post(f"{here}sign/", {}).status_code == 302
    assert "2/2" in one.get("/worksheets/?signed=yes").content.decode()
    assert one.get(f"{here}to_finding/").status_code == 200
    assert one.post(f"{here}to_finding/", {}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.finding.text) == ("recorded", "补助重复发放。")
    assert row.finding.number in one.get(here).content.decode()
    assert verify().broken == []


def test_the_whole_way_by_api(people):
    team_round(people, name="第七轮")
    factories.unit("柳溪镇人民政府", region=factories.TOWN)
    one, two = api(people.patrol1), api(people.inspector1)
    said = {
        "round": "第七轮",
        "problem_class": "资金使用",
        "text": "补助重复发放。",
        "unit": "柳溪镇人民政府",
        "found_on": "2026-03-10",
    }
    made = one.post("/api/v1/worksheets/", said, format="json")
    assert made.status_code == 201, made.data
    here = f"/api/v1/worksheets/{made.data['id']}/"
    empty = one.post(f"{here}sign/", {}, format="json")
    assert (empty.status_code, empty.data["code"]) == (422, "sign.evidence")
    assert one.post(f"{here}add_evidence/", {"evidence": [paper()]}, format="multipart").status_code == 200
    assert one.post(f"{here}sign/", {}, format="json").data["signatures"][0]["valid"] is True
    changed = {k: v for k, v in said.items() if k != "round"} | {"text": "补助重复发放四户。"}
    assert two.post(f"{here}amend/", changed, format="json").data["signatures"][0]["valid"] is False
    for who in (one, two):
        assert who.post(f"{here}sign/", {}, format="json").status_code == 200
    done = one.post(f"{here}to_finding/", {}, format="json")
    assert done.status_code == 200, done.data
    assert done.data["state"] == "recorded"
    assert one.get(f"/api/v1/findings/{done.data['finding']}/").status_code == 200
    assert api(people.patrol2).get(here).status_code == 404


def test_two_different_persons_sign(people):
    row = makers.worksheet(people, round=team_round(people))
    row = signed(people, row, "patrol1")
    with pytest.raises(NotAllowed):
        worksheets.sign(row, by=people.patrol1)
    twin = factories.user("patrol_team", unit=factories.unit("县委巡察一组"), person=people.patrol1.person)
    members = [{"user": people.patrol1, "role": "leader"}, {"user": twin, "role": "member"}]
    with pytest.raises(RuleBroken):  # one person with two accounts is no team
        rounds.set_team(row.round, by=people.patroloffice, members=members)
    with pytest.raises(NotAllowed):
        worksheets.sign(row, by=twin)
    for who in (people.patroloffice, people.patrol2, people.secretary):
        with pytest.raises(NotAllowed):
            worksheets.sign(row, by=who)
    with pytest.raises(RuleBroken):
        worksheets.to_finding(row, by=people.patrol1)


@pytest.mark.parametrize("label", ["worksheet", "round"])
def test_whoever_is_recused_neither_signs_nor_counts(people, label):
    row = makers.worksheet(people, round=team_round(people))
    target = row if label == "worksheet" else row.round

    def recuse(who):
        Recusal.objects.create(
            person=who.person, target_label=f"inspections.{label}", target_id=target.pk, reason="亲属",
            declared_by=people.secretary,
        )  # fmt: skip

    row = signed(people, row)
    recuse(people.inspector1)  # found out after he had signed
    with pytest.raises(RuleBroken):
        worksheets.to_finding(row, by=people.patrol1)
    other = makers.worksheet(people, round=row.round, text="另一个问题")
    if label == "round":
        with pytest.raises(NotAllowed):
            worksheets.sign(other, by=people.inspector1)
        assert web(people.inspector1).get(f"{other.get_absolute_url()}sign/").status_code == 404


def test_whoever_stands_aside_from_the_object_neither_sees_nor_signs(people):
    made = team_round(people)
    town = round_makers.objects(people, made)["柳溪镇"]
    row = makers.worksheet(people, round=made)
    assert row.object == town
    rounds.declare_recusal(made, by=people.inspector1, objects=[town], ground="home")
    assert not Worksheet.objects.visible_to(factories.fresh(people.inspector1)).exists()
    for verb in (
        lambda: worksheets.sign(row, by=people.inspector1),
        lambda: makers.worksheet(people, round=made, by=people.inspector1),
    ):
        with pytest.raises(NotAllowed):
            verb()
    with pytest.raises(NotAllowed):
        makers.visit(people, by=people.inspector1, round=made, region=town.region)
    assert makers.visit(people, by=people.inspector1, round=made).object.name == "石桥坳村"


@pytest.mark.parametrize("change", ["text", "evidence", "replaced"])
def test_any_change_voids_what_was_signed(people, change):
    row = signed(people, makers.worksheet(people, round=team_round(people)))
    if change == "text":
        worksheets.amend(row, by=people.patrol1, text="改写的问题")
    elif change == "evidence":
        worksheets.add_evidence(row, by=people.patrol1, evidence=[makers.jpeg()])
    else:
        files.replace(Attachment.objects.of(row).get(), makers.jpeg(), by=people.patrol1)
    row = Worksheet.objects.get(pk=row.pk)
    assert row.signed == "0/2"
    with pytest.raises(RuleBroken):
        worksheets.to_finding(row, by=people.patrol1)
    assert not Finding.objects.exists()
    signed(people, row)
    assert worksheets.to_finding(row, by=people.patrol1).finding is not None


def test_the_same_evidence_again_changes_nothing(people):
    row = signed(people, makers.worksheet(people, round=team_round(people)))
    worksheets.add_evidence(row, by=people.patrol1, evidence=[paper()])
    assert Worksheet.objects.get().signed == "2/2"


def test_a_signature_of_who_has_left_the_team_counts_no_more(people):
    row = signed(people, makers.worksheet(people, round=team_round(people)))
    members = [{"user": people.patrol1, "role": "leader"}]
    rounds.set_team(row.round, by=people.patroloffice, members=members)
    with pytest.raises(RuleBroken):
        worksheets.to_finding(Worksheet.objects.get(), by=people.patrol1)


def test_of_a_plan_without_a_round_the_round_is_chosen_when_the_plan_is_over(people):
    plan, made = makers.plan(people, "under_way"), team_round(people)
    row = signed(people, makers.worksheet(people, plan=plan))
    assert row.number is None
    for said in ({}, {"round": made}):
        with pytest.raises(RuleBroken):
            worksheets.to_finding(row, by=people.patrol1, **said)
    plans.finish(plan, by=people.patrol1)
    row = Worksheet.objects.get()
    assert row.number == "990101-DG-2026-0001"
    assert worksheets.to_finding(row, by=people.patrol1, round=made).finding.round == made


def test_a_worksheet_is_known_as_its_plan_or_its_round_is(people):
    makers.worksheet(people, plan=makers.plan(people, "under_way"))
    makers.worksheet(people, round=team_round(people, secret=True), text="保密轮次的问题")
    names = [one.username for one in User.objects.all() if Worksheet.objects.visible_to(one).exists()]
    assert set(names) == {"patroloffice", "secretary", "patrol1", "inspector1"}
    for client in (web(people.casemgr),):
        assert "补助" not in client.get("/worksheets/").content.decode()
        assert "补助重复发放" not in client.get("/search/?q=补助").content.decode()
        for row in Worksheet.objects.all():
            assert client.get(row.get_absolute_url()).status_code == 404
    assert api(people.casemgr).get("/api/v1/worksheets/").data["results"] == []
    assert set(Worksheet.objects.values_list("number", flat=True)) == {None}
    rounds.finish_round(Worksheet.objects.last().round, by=people.patroloffice)
    assert Worksheet.objects.visible_to(factories.fresh(people.casemgr)).get().number.endswith("-0001")


def test_a_sheet_of_a_visit_belongs_where_the_visit_does(people):
    plan = makers.plan(people, "under_way")
    visit = makers.visit(people, plan)
    page = web(people.patrol1)
    assert page.get(f"{visit.get_absolute_url()}worksheet/").status_code == 200
    unit = factories.unit("柳溪镇人民政府", region=factories.TOWN)
    said = {
        "problem_class": "conduct",
        "text": "值班脱岗。",
        "unit": unit.public_id,
        "found_on": visit.visited_on.isoformat(),
    }
    made = page.post(f"{visit.get_absolute_url()}worksheet/", said)
    assert made.status_code == 302, made.context["form"].errors
    row = Worksheet.objects.get()
    assert (row.plan, row.visit) == (plan, visit)


def test_what_does_not_go_together_is_refused(people):
    made = team_round(people)
    foreign = factories.unit("松涛镇人民政府", region="990102101000")
    for kind, bad in (
        (RuleBroken, {}),
        (NotAllowed, {"round": made, "by": people.patrol2}),
        (RuleBroken, {"round": made, "unit": foreign}),
        (RuleBroken, {"round": made, "found_on": round_makers.STARTS.replace(year=2025)}),
        (RuleBroken, {"plan": makers.plan(people, "approved")}),
    ):
        with pytest.raises(kind):
            makers.worksheet(people, **bad)
    row = worksheets.discard(makers.worksheet(people, round=made), by=people.patrol1, note="重复")
    with pytest.raises(WrongState):
        worksheets.sign(row, by=people.inspector1)
