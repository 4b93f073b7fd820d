"""Who may know of a lead at all: need to know, both doors, every address, recusal, and the vault."""

import json

import pytest
from rest_framework.test import APIClient

from cases.models import Lead, LeadSubject
from cases.workflow import LEAD
from povertyaudit.core import vault
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import (
    AuditEntry,
    AuditValue,
    IdempotencyRecord,
    Notification,
    Region,
    Role,
    VaultEntry,
)
from tests import factories
from tests.cases.conftest import services

SECRET = "密名甲乙丙"
PAGES = [*LEAD.transitions, "note_complainant", "reveal_complainant", "sign-for"]


def machine(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def sees(user, lead):
    return Lead.objects.visible_to(factories.fresh(user)).filter(pk=lead.pk).exists()


def test_who_sees_a_lead_from_registration_to_trial(make, people):
    lead = make("registered")
    everybody = [name for name, *_ in factories.PEOPLE]

    def knowing():
        return {name for name in everybody if sees(getattr(people, name), lead)}

    always = {"petition", "casemgr", "secretary", "ledgerclient"}
    assert knowing() == always
    make.dispatch(lead)
    assert knowing() == always | {"inspector1", "inspector2", "leader"}
    services.hand_back(lead, by=people.inspector1, note="不属本室。")
    assert knowing() == always
    make.dispatch(lead)
    services.sign_for(lead, by=people.inspector1)
    services.propose(lead, by=people.inspector1, method="file_case", proposal="立案。")
    services.approve(lead, by=people.secretary)
    services.file_case(lead, by=people.inspector1, handling_unit=people.investigator.home.unit)
    office = always | {"inspector1", "inspector2", "leader"}
    assert knowing() == office | {"investigator"}
    services.start_step(lead, by=people.investigator)
    services.finish_step(lead, by=people.investigator, result="清楚。")
    services.propose(lead, by=people.investigator, method="adjudicate", proposal="移送审理。")
    assert knowing() == office | {"investigator", "adjudicator"}


def test_a_lead_handed_to_another_county_is_seen_there_by_its_handlers(make, people):
    from povertyaudit.core.models import UnitKind

    room = factories.unit("云屏县监督检查室", UnitKind.ROOM, factories.YUNPING, "JD")
    far = factories.user(Role.SUPERVISION, unit=room, region=factories.YUNPING)
    other = factories.user(
        Role.SUPERVISION, unit=factories.unit("别室", region=factories.YUNPING), region=factories.YUNPING
    )
    lead = make("registered")
    make.dispatch(lead, handling_unit=room)
    assert sees(far, lead)
    assert not sees(other, lead)
    assert sees(people.neighbour, lead)  # the registry of the county that handles it
    services.sign_for(lead, by=far)
    services.propose(lead, by=far, method="verify", proposal="初核。")
    services.approve(lead, by=people.leader)


def test_a_township_inspector_outside_the_office_sees_nothing(make, people):
    lead = make("signed_for")
    other = factories.user(Role.SUPERVISION, unit=factories.unit("第二监督检查室"))
    assert not sees(other, lead)


def test_a_petition_desk_sees_only_what_it_registered(make, people):
    other = factories.user(Role.PETITION, unit=factories.unit("派驻信访室"))
    lead, handed = make("registered"), make(by=people.casemgr, channel="handover")
    assert not sees(other, lead)
    assert not sees(people.petition, handed)
    assert sees(people.petition, lead)


OUTSIDE = ("neighbour", "official", "investigator", "sysadmin", "auditor", "countyleader")


@pytest.mark.parametrize("nth", range(len(OUTSIDE)), ids=OUTSIDE)
def test_outside_the_scope_every_address_answers_404(client, make, people, nth):
    """Another county's officer tries every address; of the verbs the others share the rest: the check is one."""
    lead = make("proposed", identity_status="claimed", complainant={"name": SECRET})
    user = getattr(people, OUTSIDE[nth])
    first, step = (0, 1) if nth == 0 else (nth, len(OUTSIDE))
    client.force_login(user)
    api = machine(user)
    assert lead.title not in client.get("/leads/").content.decode()
    assert api.get("/api/v1/leads/").json()["results"] == []
    assert api.get("/api/v1/leads/?q=虚报").json()["results"] == []
    for address in ("", *(f"{verb}/" for verb in [*PAGES][first::step])):
        assert client.get(f"/leads/{lead.public_id}/{address}").status_code == 404, address
        if address:
            assert client.post(f"/leads/{lead.public_id}/{address}", {"note": "x"}).status_code == 404, (
                address
            )
    assert api.get(f"/api/v1/leads/{lead.public_id}/").status_code == 404
    assert api.get(f"/api/v1/leads/{lead.public_id}/attachments/").status_code == 404
    for verb in (*[*LEAD.transitions][first::step], "note_complainant", "reveal_complainant"):
        body = {} if verb == "attach" else {"note": "x"}
        kind = "multipart" if verb == "attach" else "json"
        assert api.post(f"/api/v1/leads/{lead.public_id}/{verb}/", body, format=kind).status_code == 404, verb
    for kind in ("csv", "ndjson"):
        answer = api.get(f"/api/v1/leads/ledger.{kind}")
        assert lead.number not in b"".join(answer.streaming_content).decode()
    assert api.get("/api/v1/leads/ledger.digest").json()["count"] == 0


def test_a_foreign_id_in_a_form_or_json_is_no_valid_choice(client, make, people):
    foreign = make.register(
        by=people.neighbour, channel="handover", region=Region.objects.get(code=factories.YUNPING)
    )
    lead = make()
    client.force_login(people.casemgr)
    page = client.post(f"/leads/{lead.public_id}/merge/", {"into": foreign.number})
    nowhere = client.post(f"/leads/{lead.public_id}/merge/", {"into": "990102-XF-2026-9999"})
    assert page.status_code == nowhere.status_code == 400
    assert page.context["form"].errors == nowhere.context["form"].errors
    api = machine(people.casemgr)
    answers = [
        api.post(f"/api/v1/leads/{lead.public_id}/merge/", {"into": into}, format="json").json()
        for into in (foreign.public_id, foreign.number, "nothing")
    ]
    assert answers[0] == answers[1] == answers[2]
    unit = people.neighbour.home.unit
    dispatched = {"handling_unit": unit.public_id, "leader": "leader", "instruction": "x"}
    answer = api.post(f"/api/v1/leads/{lead.public_id}/dispatch/", dispatched, format="json")
    assert (answer.status_code, answer.json()["field"]) == (400, "handling_unit")
    assert client.post(f"/leads/{lead.public_id}/dispatch/", dispatched).status_code == 400


def test_who_is_recused_finds_the_lead_nowhere(client, make, people):
    lead = make("in_step")
    client.force_login(people.inspector1)
    answer = client.post(f"{lead.get_absolute_url()}recuse/", {"note": "与被反映人系近亲属。"})
    assert answer.headers["Location"] == "/leads/"
    assert not sees(people.inspector1, lead)
    assert Lead.objects.get(pk=lead.pk).handler is None
    assert client.get(lead.get_absolute_url()).status_code == 404
    assert lead.number not in client.get("/leads/").content.decode()
    assert lead.number not in client.get("/").content.decode().split("未读消息")[0]
    before = Notification.objects.filter(user=people.inspector1).count()
    services.press(lead, by=people.casemgr, note="请抓紧。")
    assert Notification.objects.filter(user=people.inspector1).count() == before
    assert Notification.objects.filter(user=people.inspector2, kind="lead.press").exists()
    with pytest.raises(RuleBroken):
        services.assign(lead, by=people.casemgr, handler=people.inspector1)


def test_another_persons_recusal_is_for_registry_and_leaders(make, people):
    lead = make("in_step")
    with pytest.raises(NotAllowed):
        services.recuse(lead, by=people.inspector2, person=people.inspector1, note="近亲属。")
    services.recuse(lead, by=people.leader, person=people.inspector1, note="近亲属。")
    with pytest.raises(WrongState):
        services.recuse(lead, by=people.casemgr, person=people.inspector1, note="近亲属。")
    with pytest.raises(RuleBroken) as refusal:
        services.recuse(lead, by=people.leader, note="曾任证人。")
    assert refusal.value.code == "recuse.leader"


def test_recusal_binds_the_person_not_the_account(make, people):
    lead = make("in_step")
    services.recuse(lead, by=people.inspector1, note="近亲属。")
    second = factories.user(
        Role.SUPERVISION, unit=people.inspector1.home.unit, person=people.inspector1.person
    )
    assert not sees(second, lead)


@pytest.fixture
def secret_lead(make, people):
    return make("dispatched", identity_status="claimed", complainant={"name": SECRET, "phone": "13800138000"})


def test_the_desk_sees_the_complainant_once_and_the_record_keeps_it(client, secret_lead, people):
    client.force_login(people.petition)
    address = f"{secret_lead.get_absolute_url()}reveal_complainant/"
    assert "查看反映人" in client.get(secret_lead.get_absolute_url()).content.decode()
    assert SECRET not in client.get(address).content.decode()
    refused = client.post(address, {"reason": ""})
    assert SECRET not in refused.content.decode()
    shown = client.post(address, {"reason": "结果反馈"})
    assert SECRET in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    entry = AuditEntry.objects.of(secret_lead).get(verb="vault.reveal")
    assert entry.actor == people.petition


def test_the_desk_may_correct_what_it_knows_of_the_complainant(client, secret_lead, people):
    client.force_login(people.petition)
    address = f"{secret_lead.get_absolute_url()}note_complainant/"
    assert SECRET not in client.get(address).content.decode()
    assert client.post(address, {"name": "更正后", "phone": "1"}).status_code == 302
    assert vault.reveal(secret_lead, by=people.petition) == {"name": "更正后", "phone": "1"}
    empty = client.post(address, {})
    assert empty.status_code == 422


@pytest.mark.parametrize("who", ["casemgr", "inspector1", "leader", "secretary", "ledgerclient"])
def test_nobody_else_sees_the_complainant_at_either_door(client, secret_lead, people, who):
    user = getattr(people, who)
    client.force_login(user)
    page = client.get(secret_lead.get_absolute_url())
    assert "reveal_complainant" not in page.content.decode()
    for verb in ("reveal_complainant", "note_complainant"):
        assert client.get(f"{secret_lead.get_absolute_url()}{verb}/").status_code == 403
        assert client.post(f"{secret_lead.get_absolute_url()}{verb}/", {"reason": "x"}).status_code == 403
    answer = machine(user).post(
        f"/api/v1/leads/{secret_lead.public_id}/reveal_complainant/", {"reason": "x"}, format="json"
    )
    assert answer.status_code == 403
    with pytest.raises(NotAllowed):
        services.note_complainant(secret_lead, by=user, complainant={"name": "别人"})
    assert not AuditEntry.objects.of(secret_lead).filter(verb="vault.reveal").exists()


def test_the_complainant_never_leaves_the_vault(client, secret_lead, people):
    client.force_login(people.petition)
    api = machine(people.petition)
    seen = [
        client.get("/leads/").content.decode(),
        client.get(secret_lead.get_absolute_url()).content.decode(),
        client.get(f"/leads/?q={SECRET}").content.decode().replace(SECRET, "", 2),  # the search box echoes its words
        api.get("/api/v1/leads/").content.decode(),
        api.get(f"/api/v1/leads/{secret_lead.public_id}/").content.decode(),
        *(
            b"".join(api.get(f"/api/v1/leads/ledger.{kind}").streaming_content).decode()
            for kind in ("csv", "ndjson")
        ),
        json.dumps([list(AuditValue.objects.values_list("value", flat=True)),
                    list(AuditEntry.objects.values_list("changes", flat=True)),
                    list(Notification.objects.values_list("text", flat=True))], ensure_ascii=False),
        str(VaultEntry.objects.values_list("ciphertext", flat=True)[0]),
    ]  # fmt: skip
    assert all(SECRET not in text for text in seen)
    assert api.get(f"/api/v1/leads/?q={SECRET}").json()["results"] == []


def test_neither_an_error_nor_a_kept_answer_repeats_the_complainant(client, people):
    api = machine(people.petition)
    body = {"channel": "letter", "received_on": "x", "title": "t", "region": factories.TOWN,
            "complainant": {"name": SECRET, "unknown": SECRET}}  # fmt: skip
    refused = api.post("/api/v1/leads/", body, format="json")
    assert refused.status_code == 400
    assert SECRET not in refused.content.decode()
    good = {"channel": "letter", "received_on": "2026-11-02", "title": "反映问题", "text": "问题", "region": factories.TOWN,
            "category": "false_claim", "identity_status": "claimed", "complainant": {"name": SECRET}}  # fmt: skip
    made = api.post("/api/v1/leads/", good, format="json", headers={"Idempotency-Key": "k"})
    assert made.status_code == 201, made.json()
    assert "complainant" not in made.json()
    address = f"/api/v1/leads/{made.json()['id']}/reveal_complainant/"
    shown = api.post(address, {"reason": "反馈"}, format="json", headers={"Idempotency-Key": "k2"})
    assert shown.json()["complainant"] == {"name": SECRET}
    assert SECRET not in json.dumps(
        list(IdempotencyRecord.objects.values_list("answer", flat=True)), ensure_ascii=False
    )
    client.force_login(people.petition)
    page = client.post("/leads/new/", {"name": SECRET, "title": "反映问题"})
    assert page.status_code == 400
    assert SECRET not in page.content.decode()


def test_the_vault_opens_only_for_its_lead(secret_lead, make, people):
    other = make(identity_status="claimed", complainant={"name": "另一人"})
    assert vault.reveal(other, by=people.petition)["name"] == "另一人"
    assert vault.reveal(secret_lead, by=people.petition)["name"] == SECRET


def test_persons_are_seen_exactly_when_their_lead_is(make, people):
    make("signed_for")
    assert LeadSubject.objects.visible_to(people.inspector1).count() == 1
    assert LeadSubject.objects.visible_to(people.investigator).count() == 0
