"""诬告陷害: no effect until a body of city level or above found it; never beside an identity, and no way to one."""

import pytest

from cases.models import FalseAccusation, IdentityRequest
from cases.services import clearing, identity
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Notification
from povertyaudit.core.verify import verify
from tests import factories
from tests.cases.conftest import services
from tests.cases.test_clearing import again, cleared
from tests.core.machines import API, assert_refusal, machine

pytestmark = pytest.mark.django_db
SECRET, BASIS = "欧阳铁柱", "反映所附的收据经核对系伪造。"
FOUND = {"level": "city", "body": "市纪委监委", "document_number": "市纪〔2026〕9 号"}
WORD = "诬告陷害"


def mark(lead, people, **change):
    return clearing.propose_false_accusation(by=people.inspector1, lead=lead, **{"basis": BASIS, **change})


@pytest.fixture
def lead(make):
    return cleared(make, identity_status="claimed", complainant={"name": SECRET, "phone": "13800138000"})


@pytest.fixture
def found(lead, people):
    """As a higher body found it."""
    row = clearing.submit(mark(lead, people), by=people.secretary)
    return clearing.confirm(again(row), by=people.casemgr, **FOUND)


def test_the_whole_way_on_pages(client, lead, people):
    client.force_login(people.inspector1)
    new = f"/false-accusations/new/?lead={lead.number}"
    assert new in client.get(lead.get_absolute_url()).content.decode()
    assert client.post(new, {"lead": lead.number, "basis": BASIS}).status_code == 302
    row = FalseAccusation.objects.get()
    at = row.get_absolute_url()
    assert "没有效力" in client.get(at).content.decode()
    client.force_login(people.secretary)
    assert row.number in client.get("/").content.decode()
    assert client.post(f"{at}submit/", {"note": "同意上报。"}).status_code == 302
    client.force_login(people.casemgr)
    today = moment.today().isoformat()
    refused = client.post(f"{at}confirm/", {**FOUND, "level": "", "document_on": today})
    assert refused.status_code == 400
    assert client.post(f"{at}confirm/", {**FOUND, "document_on": today}).status_code == 302
    row = again(row)
    assert (row.state, row.stands, row.body) == ("confirmed", True, "市纪委监委")
    assert "市纪〔2026〕9 号" in client.get(at).content.decode()
    client.force_login(people.inspector1)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert ("请研究是否为王某某澄清" in page, "市纪委监委" in page) == (True, True)
    assert lead.number in client.get("/leads/?false_accusation=confirmed").content.decode()
    assert verify().broken == []


def test_over_rest_the_same_and_only_by_whom_it_is(lead, people):
    office, head, registry = (machine(who) for who in (people.inspector1, people.secretary, people.casemgr))
    made = office.post(f"{API}false-accusations/", {"lead": lead.number, "basis": BASIS}, format="json")
    assert made.status_code == 201, made.json()
    at = f"{API}false-accusations/{made.json()['id']}/"
    assert made.json()["stands"] is False
    assert_refusal(
        office.post(f"{API}false-accusations/", {"lead": lead.number, "basis": BASIS}, format="json"), 422
    )
    assert_refusal(registry.post(f"{at}submit/", {}, format="json"), 403)
    assert_refusal(registry.post(f"{at}confirm/", FOUND, format="json"), 409)
    assert head.post(f"{at}submit/", {}, format="json").json()["state"] == "submitted"
    assert_refusal(office.post(f"{at}confirm/", FOUND, format="json"), 403)
    assert_refusal(registry.post(f"{at}confirm/", {**FOUND, "level": "county"}, format="json"), 400)
    assert registry.post(f"{at}confirm/", FOUND, format="json").json()["stands"] is True
    for stranger in (
        people.petition,
        people.investigator,
        people.neighbour,
        people.ledgerclient,
        people.auditor,
    ):
        assert machine(stranger).get(at).status_code == 404, stranger


def test_a_county_does_not_find_it_and_what_is_only_proposed_counts_nowhere(client, lead, people):
    row = mark(lead, people)
    client.force_login(people.inspector1)
    assert lead.number not in client.get("/leads/?false_accusation=confirmed").content.decode()
    assert "请研究是否" not in client.get(lead.get_absolute_url()).content.decode()
    clearing.submit(row, by=people.secretary)
    with pytest.raises(RuleBroken, match="请选择认定机关的层级"):
        clearing.confirm(again(row), by=people.casemgr, **FOUND | {"level": "county"})
    for empty in ("body", "document_number"):
        with pytest.raises(RuleBroken, match="认定机关和文号"):
            clearing.confirm(again(row), by=people.casemgr, **FOUND | {empty: " "})
    clearing.reject(again(row), by=people.casemgr, note="不能证明故意捏造。")
    assert not again(row).stands
    with pytest.raises(WrongState):
        clearing.confirm(again(row), by=people.casemgr, **FOUND)
    mark(lead, people)  # with other grounds


def test_only_what_proved_untrue_and_two_persons(make, lead, people):
    with pytest.raises(RuleBroken, match="查否"):
        mark(make("concluded"), people)
    with pytest.raises(NotAllowed):
        clearing.propose_false_accusation(by=people.petition, lead=lead, basis=BASIS)
    same = factories.user(
        "secretary", unit=people.secretary.home.unit, person=people.inspector1.person, username="two-posts"
    )
    with pytest.raises(NotAllowed, match="同一个人"):
        clearing.submit(mark(lead, people), by=same)


def test_not_after_an_answer_that_was_believed_nor_once_the_lead_was_opened_again(client, make, lead, people):
    """Asked when it is proposed, when it is sent up and when the answer is entered."""
    believed = cleared(make, "talk_accepted", method="talk_inquiry", sub_method="inquiry")
    client.force_login(people.inspector1)
    page = client.get(believed.get_absolute_url()).content.decode()
    assert ("/clarifications/new/" in page, "/false-accusations/new/" in page) == (True, False)
    with pytest.raises(RuleBroken, match="只有查否的线索"):
        mark(believed, people)
    waits, sent = mark(lead, people), mark(cleared(make), people)
    sent = clearing.submit(sent, by=people.secretary)
    for row in (waits, sent):
        services.reopen(row.lead, by=people.casemgr, note="有新证据。")
    head, registry = machine(people.secretary), machine(people.casemgr)
    at = [f"{API}false-accusations/{row.public_id}/" for row in (waits, sent)]
    for refused in (
        head.post(f"{at[0]}submit/", {}, format="json"), registry.post(f"{at[1]}confirm/", FOUND, format="json"),
    ):  # fmt: skip
        assert_refusal(refused, 422)
        assert "重新办理" in refused.json()["message"]
    client.force_login(people.casemgr)
    assert "reject/" not in client.get(waits.get_absolute_url()).content.decode()
    assert_refusal(registry.post(f"{at[0]}reject/", {"note": "证据不足。"}, format="json"), 403)
    assert head.post(f"{at[0]}reject/", {"note": "证据不足。"}, format="json").json()["state"] == "rejected"
    assert registry.post(f"{at[1]}reject/", {"note": "退回。"}, format="json").json()["state"] == "rejected"


def test_nowhere_an_identity_is_shown_stands_the_mark(client, lead, people, found):
    """Neither where the desk reveals it, nor where an approved reader reads it, nor on the page that leads there."""
    at = lead.get_absolute_url()
    client.force_login(people.petition)
    assert WORD not in client.get(at).content.decode()
    shown = client.post(f"{at}reveal_complainant/", {"reason": "核对"}).content.decode()
    assert (SECRET in shown, WORD in shown, found.number in shown) == (True, False, False)
    assert lead.number not in client.get("/leads/?false_accusation=confirmed").content.decode()
    request = services.request_identity(lead, by=people.inspector1, reason="核对")
    identity.approve(IdentityRequest.objects.get(pk=request.pk), by=people.secretary)
    client.force_login(people.inspector1)
    read = client.post(f"{request.get_absolute_url()}read/").content.decode()
    assert (SECRET in read, WORD in read, found.number in read) == (True, False, False)


def test_the_mark_says_nothing_of_who_complained_and_leads_nowhere_near(client, lead, people, found):
    client.force_login(people.casemgr)
    page = client.get(found.get_absolute_url()).content.decode()
    for word in (SECRET, "13800138000", "reveal", "request_identity", lead.get_absolute_url()):
        assert word not in page, word
    told = Notification.objects.filter(kind__startswith="falseaccusation.")
    assert told.exists()
    assert not any(lead.number in one.text or SECRET in one.text for one in told)
    for text in (f"{SECRET}故意捏造", "电话 138 0013 8000 的反映系捏造"):
        with pytest.raises(RuleBroken, match="反映人"):
            clearing.propose_false_accusation(by=people.casemgr, lead=lead, basis=text)


def test_a_lead_registered_by_the_reader_s_own_unit_shows_no_mark_on_its_page(client, make, people):
    lead = cleared(
        make, by=people.casemgr, channel="handover", identity_status="claimed", complainant={"name": SECRET}
    )
    client.force_login(people.casemgr)
    before = client.get(lead.get_absolute_url()).content.decode()
    row = clearing.submit(mark(lead, people), by=people.secretary)
    clearing.confirm(again(row), by=people.casemgr, **FOUND)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert "查看反映人" in page
    for part in (row.number, WORD, "请研究是否"):
        assert (part in before, part in page) == (False, False), part
    listed = "/leads/?false_accusation=confirmed"
    assert lead.number not in client.get(listed).content.decode()
    assert machine(people.casemgr).get(f"{API}{listed[1:]}").json()["results"] == []
    assert row.number in client.get("/false-accusations/").content.decode()
    client.force_login(people.secretary)  # of another unit
    assert lead.number in client.get(listed).content.decode()
