"""澄清: for a person of whom a complaint proved not true; agreed to by another, carried out, and no word of who complained."""

import pytest

from cases.models import Clarification, EndingTerm, Lead, PartnerBody
from cases.services import bulletins, clearing
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Notification
from povertyaudit.core.verify import verify
from tests import factories
from tests.cases.conftest import services, tick_all
from tests.core.machines import API, assert_refusal, machine

pytestmark = pytest.mark.django_db
SECRET, TEXT = "欧阳铁柱", "经查，反映的问题不属实。"


def cleared(make, close_kind="untrue", **fields):
    """A lead verified and found untrue."""
    p, lead = make.people, make("in_step", **fields)
    services.finish_step(lead, by=p.inspector1, result="经核查不属实。")
    services.propose(lead, by=p.inspector1, method="close", proposal="予以了结。")
    services.approve(lead, by=make.approver_of(lead))
    tick_all(lead, p.inspector1)
    services.conclude(lead, by=p.inspector1, close_kind=close_kind, result_text="查否。")
    return Lead.objects.get(pk=lead.pk)


def clarification(lead, people, **change):
    said = {"subject": lead.subjects.first(), "way": way(), "place": "石桥坳村委会", "text": TEXT}
    return clearing.propose_clarification(by=people.inspector1, lead=lead, **said | change)


def way(code="clear_at_meeting"):
    return EndingTerm.objects.clearings().get(code=code)


def again(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def lead(make):
    return cleared(make, identity_status="claimed", complainant={"name": SECRET, "phone": "13800138000"})


def test_the_whole_way_on_pages(client, lead, people):
    person = lead.subjects.get()
    client.force_login(people.inspector1)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert f"/clarifications/new/?lead={lead.number}" in page
    new = f"/clarifications/new/?lead={lead.number}"
    assert person.name in client.get(new).content.decode()
    said = {
        "lead": lead.number, "subject": person.public_id, "way": "clear_at_meeting", "place": "石桥坳村委会", "text": TEXT,
    }  # fmt: skip
    assert client.post(new, said).status_code == 302
    row = Clarification.objects.get()
    at = row.get_absolute_url()
    client.force_login(people.leader)
    assert "待办理的澄清" in client.get("/").content.decode()
    assert client.post(f"{at}approve/", {"note": "同意。"}).status_code == 302
    client.force_login(people.inspector1)
    assert "登记澄清情况" in client.get("/").content.decode()
    refused = client.post(f"{at}carry_out/", {"done_on": "2026-01-01", "informed": "村两委成员"})
    assert "批准日期" in refused.content.decode()
    today = again(row).decided_on.isoformat()
    done = client.post(f"{at}carry_out/", {"done_on": today, "informed": "村两委成员和本人"})
    assert done.status_code == 302, done.content.decode()
    row = again(row)
    assert (row.state, row.informed, row.recorded_by) == ("done", "村两委成员和本人", people.inspector1)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert ("已澄清" in page, "村两委成员和本人" in page) == (True, True)
    assert "/clarifications/new/" not in page
    assert lead.number in client.get("/leads/?clarified=done").content.decode()
    assert lead.number not in client.get("/leads/?clarified=under_way").content.decode()
    assert verify().broken == []


def test_over_rest_the_same(lead, people):
    office, head = machine(people.inspector1), machine(people.secretary)
    said = {
        "lead": lead.number, "subject": lead.subjects.get().public_id, "way": "clear_in_writing", "place": "柳溪镇党委", "text": TEXT,
    }  # fmt: skip
    made = office.post(f"{API}clarifications/", said, format="json")
    assert made.status_code == 201, made.json()
    at = f"{API}clarifications/{made.json()['id']}/"
    assert_refusal(office.post(f"{API}clarifications/", said, format="json"), 422)  # once for one person
    assert_refusal(office.post(f"{at}approve/", {}, format="json"), 403)
    assert_refusal(office.post(f"{at}carry_out/", {"informed": "本人"}, format="json"), 409)
    assert head.post(f"{at}approve/", {}, format="json").json()["state"] == "approved"
    done = office.post(f"{at}carry_out/", {"informed": "镇党委班子成员"}, format="json").json()
    assert (done["state"], done["informed"]) == ("done", "镇党委班子成员")
    for stranger in (people.neighbour, people.official, people.auditor):
        assert machine(stranger).get(at).status_code == 404


def test_only_what_proved_untrue_and_only_for_whom_nothing_was_decided(make, lead, people):
    for other in (make("concluded"), make("in_step")):
        with pytest.raises(RuleBroken, match="查否"):
            clarification(other, people)
    with pytest.raises(RuleBroken, match="被反映人中选择"):
        clarification(lead, people, subject=make("registered").subjects.first())
    with pytest.raises(RuleBroken, match="方式"):
        clarification(lead, people, way=EndingTerm.objects.ways().first())
    with pytest.raises(NotAllowed):
        clearing.propose_clarification(
            by=people.petition, lead=lead, subject=lead.subjects.get(), way=way(), place="村", text=TEXT
        )
    with pytest.raises(NotAllowed):
        clearing.propose_clarification(
            by=people.investigator, lead=lead, subject=lead.subjects.get(), way=way(), place="村", text=TEXT
        )


def test_who_was_dealt_with_is_not_cleared(make, people):
    lead = make("in_step")
    services.decide(lead, by=people.casemgr, subject=lead.subjects.first(), measure="first_reminder")
    services.finish_step(lead, by=people.inspector1, result="不属实。")
    services.propose(lead, by=people.inspector1, method="close", proposal="予以了结。")
    services.approve(lead, by=make.approver_of(lead))
    tick_all(lead, people.inspector1)
    services.conclude(lead, by=people.inspector1, close_kind="untrue", result_text="查否。")
    lead = Lead.objects.get(pk=lead.pk)
    assert clearing.to_clear(lead) == []
    with pytest.raises(RuleBroken, match="已受到处理"):
        clarification(lead, people)


def test_two_persons_a_reason_and_not_after_the_lead_was_opened_again(lead, people):
    row = clarification(lead, people)
    same = factories.user(
        "deputy", unit=people.leader.home.unit, person=people.inspector1.person, username="two-posts"
    )
    Lead.objects.filter(pk=lead.pk).update(leader=same)
    with pytest.raises(NotAllowed, match="同一个人"):
        clearing.approve(again(row), by=same)
    Lead.objects.filter(pk=lead.pk).update(leader=people.leader)
    with pytest.raises(RuleBroken):
        clearing.refuse(again(row), by=people.leader, note="")
    clearing.approve(again(row), by=people.leader)
    services.reopen(lead, by=people.casemgr, note="有新证据。")
    with pytest.raises(RuleBroken, match="重新办理"):
        clearing.carry_out(again(row), by=people.casemgr, informed="本人")


def test_the_ground_is_asked_at_every_step_and_there_is_a_way_out(client, make, lead, people):
    """Opened again before it was agreed to, after it was, and the person dealt with: withdrawn with the reason."""
    waits, agreed = clarification(cleared(make), people), clarification(lead, people)
    agreed = clearing.approve(again(agreed), by=people.leader)
    client.force_login(people.casemgr)  # who may carry it out finds it among what waits
    assert agreed.number in client.get("/").content.decode()
    assert agreed.number in client.get("/clarifications/?tab=mine").content.decode()
    for row in (waits, agreed):
        services.reopen(row.lead, by=people.casemgr, note="有新证据。")
    with pytest.raises(RuleBroken, match="重新办理"):
        clearing.approve(again(waits), by=people.leader)
    at = agreed.get_absolute_url()
    assert f"{at}withdraw/" in client.get(at).content.decode()
    refused = client.post(f"{at}carry_out/", {"done_on": agreed.decided_on.isoformat(), "informed": "本人"})
    assert (refused.status_code, "撤回这件澄清" in refused.content.decode()) == (422, True)
    for note, status in (("", 400), (f"{SECRET}又来信。", 422), ("线索重新办理。", 302)):
        assert client.post(f"{at}withdraw/", {"note": note}).status_code == status
    page = client.get(at).content.decode()
    assert ("已撤回" in page, "线索重新办理。" in page, f'href="{at}withdraw/' in page) == (True, True, False)
    api = f"{API}clarifications/{waits.public_id}/withdraw/"
    assert_refusal(machine(people.leader).post(api, {"note": "撤回。"}, format="json"), 403)
    done = machine(people.inspector1).post(api, {"note": "撤回。"}, format="json").json()
    assert (done["state"], done["withdrawal"], done["decided_by"]) == ("withdrawn", "撤回。", None)
    assert Notification.objects.filter(kind="clarification.withdraw", user=people.leader).count() == 2
    assert verify().broken == []
    fresh = clarification(cleared(make), people)
    services.reopen(fresh.lead, by=people.casemgr, note="有新证据。")
    services.decide(fresh.lead, by=people.casemgr, subject=fresh.subject, measure="first_reminder")
    ended = {"state": "concluded", "close_kind": "untrue", "concluded_on": moment.today()}
    Lead.objects.filter(pk=fresh.lead.pk).update(**ended)  # as untrue once more
    with pytest.raises(RuleBroken, match="已受到处理"):
        clearing.approve(again(fresh), by=people.leader)
    clearing.withdraw(again(fresh), by=people.casemgr, note="已受到处理。")


def test_an_address_with_a_nul_in_it_names_no_lead(client, lead, people):
    client.force_login(people.casemgr)
    draft = bulletins.draft(by=people.casemgr, title="典型案例通报")
    book = services.open_handover(
        by=people.casemgr, direction="in", body=PartnerBody.objects.get(code="audit"), document="移送函",
        handed_on=moment.today(), entries=[{"title": "虚报冒领"}],
    )  # fmt: skip
    pages = ("/clarifications/new/?lead=", f"/bulletins/{draft.public_id}/add_case/?lead=",
             f"{book.get_absolute_url()}register_row/?row=")  # fmt: skip
    assert [client.get(f"{page}%00").status_code for page in pages] == [200] * 3
    client.force_login(people.patroloffice)
    assert client.get(f"/opinions/new/?unit={'a' * 21}%00").status_code == 200


def test_one_that_was_refused_may_be_proposed_again(lead, people):
    row = clarification(lead, people)
    clearing.refuse(again(row), by=people.secretary, note="当面说明即可。")
    with pytest.raises(WrongState):
        clearing.approve(again(row), by=people.secretary)
    assert clearing.to_clear(lead) == [lead.subjects.get()]
    clarification(lead, people)


def test_no_text_of_it_says_who_complained(lead, people):
    for field in ("place", "text"):
        with pytest.raises(RuleBroken, match="反映人信息|反映人的姓名"):
            clarification(lead, people, **{field: f"{SECRET}的反映不属实"})
    row = clarification(lead, people)
    with pytest.raises(RuleBroken, match="反映人"):
        clearing.approve(again(row), by=people.leader, note=f"向{SECRET}说明。")
    clearing.approve(again(row), by=people.leader)
    with pytest.raises(RuleBroken, match="反映人"):
        clearing.carry_out(again(row), by=people.inspector1, informed=f"本人、{SECRET}")
    told = Notification.objects.filter(kind__startswith="clarification.")
    assert told.exists()
    assert not any(lead.subjects.get().name in one.text for one in told)
