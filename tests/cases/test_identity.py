"""查看反映人 by somebody who is not of the desk: asked, decided by a second person, read for an hour, ended with the scope."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.models import IdentityRequest, Lead
from cases.services import identity
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, IdempotencyRecord, Notification, Role
from tests import factories
from tests.cases.conftest import services
from tests.core.machines import API, machine

SECRET, WHY = "欧阳守信", "需当面核对来信中的票据。"


@pytest.fixture
def lead(make):
    return make("signed_for", identity_status="claimed", complainant={"name": SECRET, "phone": "13800138000"})


@pytest.fixture
def asked(lead, people):
    return services.request_identity(lead, by=people.inspector1, reason=WHY)


def fresh(row):
    return type(row).objects.for_list().get(pk=row.pk)


def read(row, who):
    return identity.read(fresh(row), by=factories.fresh(who))


def test_on_pages_a_reader_asks_the_head_agrees_and_the_reader_looks(client, lead, people):
    client.force_login(people.inspector1)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert f"{lead.get_absolute_url()}request_identity/" in page
    before = lead.version
    sent = client.post(f"{lead.get_absolute_url()}request_identity/", {"reason": WHY})
    here = IdentityRequest.objects.get().get_absolute_url()
    assert sent.headers["Location"] == here
    assert Lead.objects.get(pk=lead.pk).version == before
    assert client.get(f"{here}read/").status_code == 409
    client.force_login(people.secretary)
    assert "申请查看反映人" in client.get("/").content.decode()
    assert WHY in client.get(f"{here}approve/").content.decode()
    assert client.post(f"{here}approve/", {"note": "同意。"}).status_code == 302
    client.force_login(people.inspector1)
    assert SECRET not in client.get(f"{here}read/").content.decode()
    shown = client.post(f"{here}read/")
    assert SECRET in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert SECRET not in client.get(here).content.decode()
    assert client.get("/identity-requests/").content.decode().count(lead.number) >= 1


def test_over_rest_the_same_and_a_kept_answer_holds_nothing(lead, people):
    reader, head = machine(people.inspector1), machine(people.leader)
    made = reader.post(f"{API}leads/{lead.public_id}/request_identity/", {"reason": WHY}, format="json")
    assert made.status_code == 201, made.json()
    here = f"{API}identity-requests/{made.json()['id']}/"
    assert head.get(here).json()["actions"] == ["approve", "refuse"]
    assert reader.get(here).json()["actions"] == ["withdraw"]
    assert reader.post(f"{here}read/").status_code == 409
    assert head.post(f"{here}approve/", {}, format="json").json()["state"] == "approved"
    shown = reader.post(f"{here}read/", headers={"Idempotency-Key": "k"})
    assert shown.json()["complainant"]["name"] == SECRET
    assert "no-store" in shown.headers["Cache-Control"]
    kept = json.dumps(list(IdempotencyRecord.objects.values_list("answer", flat=True)), ensure_ascii=False)
    assert SECRET not in kept
    assert SECRET not in reader.get(here).content.decode()
    assert head.post(f"{here}read/").status_code == 403


def test_each_look_is_an_entry_and_the_desk_is_told_without_a_name(asked, lead, people):
    identity.approve(fresh(asked), by=people.leader)
    for _ in range(2):
        assert read(asked, people.inspector1)["name"] == SECRET
    looks = AuditEntry.objects.of(lead).filter(verb="vault.reveal")
    assert [entry.changes for entry in looks] == [{"request": asked.public_id}] * 2
    assert {entry.actor for entry in looks} == {people.inspector1}
    told = Notification.objects.filter(user=people.petition, kind="vault.reveal")
    assert told.count() == 2
    assert not Notification.objects.filter(text__contains=SECRET).exists()


def test_the_time_is_held_by_the_server(asked, people, settings):
    settings.VAULT_READ_MINUTES = 60
    identity.approve(fresh(asked), by=people.leader)
    now = moment.now()
    with moment.pretend(now + timedelta(minutes=59)):
        assert read(asked, people.inspector1)["name"] == SECRET
    with moment.pretend(now + timedelta(minutes=61)):
        with pytest.raises(WrongState):
            read(asked, people.inspector1)
        assert fresh(asked).standing == "已到期"
        again = services.request_identity(asked.lead, by=people.inspector1, reason=WHY)
        assert again.state == "requested"


def test_it_ends_when_the_lead_goes_out_of_the_readers_sight(client, asked, lead, people):
    identity.approve(fresh(asked), by=people.leader)
    services.recuse(lead, by=people.inspector1, note="与反映人同村。")
    with pytest.raises(NotAllowed):
        read(asked, people.inspector1)
    client.force_login(people.inspector1)
    assert client.get(asked.get_absolute_url()).status_code == 404


def test_only_the_reader_looks_and_nobody_decides_his_own(asked, lead, people):
    for who in (people.casemgr, people.inspector2, people.investigator, people.adjudicator, people.petition):
        with pytest.raises(NotAllowed):
            identity.approve(fresh(asked), by=who)
    identity.approve(fresh(asked), by=people.leader)
    for who in (people.inspector2, people.leader, people.secretary, people.casemgr, people.petition):
        with pytest.raises(NotAllowed):
            read(asked, who)
    own = services.request_identity(lead, by=people.leader, reason=WHY)
    with pytest.raises(NotAllowed, match="同一个人"):
        identity.approve(fresh(own), by=people.leader)
    twin = factories.user(Role.SECRETARY, unit=people.secretary.home.unit, person=people.leader.person)
    with pytest.raises(NotAllowed, match="同一个人"):
        identity.approve(fresh(own), by=twin)
    identity.approve(fresh(own), by=people.secretary)


def test_a_recused_leader_decides_nothing(asked, lead, people):
    services.recuse(lead, by=people.secretary, note="亲属。")
    with pytest.raises(NotAllowed):
        identity.approve(fresh(asked), by=people.secretary)


def test_who_may_not_ask_and_what_is_not_there(lead, make, people):
    with pytest.raises(NotAllowed, match="直接查看"):
        services.request_identity(lead, by=people.petition, reason=WHY)
    with pytest.raises(NotAllowed):
        services.request_identity(lead, by=people.ledgerclient, reason=WHY)
    with pytest.raises(WrongState):
        services.request_identity(make("signed_for"), by=people.inspector1, reason=WHY)
    nameless = make("signed_for", identity_status="claimed")
    with pytest.raises(RuleBroken, match="没有登记"):
        services.request_identity(nameless, by=people.inspector1, reason=WHY)
    services.request_identity(lead, by=people.inspector1, reason=WHY)
    with pytest.raises(WrongState, match="等待审批"):
        services.request_identity(lead, by=people.inspector1, reason=WHY)


def test_refused_with_a_reason_ended_before_its_time(asked, lead, people):
    with pytest.raises(RuleBroken):
        identity.refuse(fresh(asked), by=people.leader, note="")
    identity.refuse(fresh(asked), by=people.leader, note="由信访室代为核对。")
    second = services.request_identity(lead, by=people.inspector1, reason=WHY)
    identity.approve(fresh(second), by=people.secretary)
    identity.end(fresh(second), by=people.petition, note="已代为核对。")
    with pytest.raises(WrongState):
        read(second, people.inspector1)


def test_what_nobody_decided_is_taken_back_by_who_asked(client, asked, lead, people):
    with pytest.raises(WrongState):
        identity.end(fresh(asked), by=people.inspector1)  # there is nothing to end yet
    with pytest.raises(NotAllowed):
        identity.withdraw(fresh(asked), by=people.petition)
    client.force_login(people.inspector1)
    here = asked.get_absolute_url()
    page = client.get(here).content.decode()
    assert ("撤回申请" in page, "结束查看" in page) == (True, False)
    assert client.post(f"{here}withdraw/", {"note": "已代为核对。"}).status_code == 302
    assert "已撤回" in client.get(here).content.decode()
    with pytest.raises(WrongState):
        identity.approve(fresh(asked), by=people.leader)
    again = services.request_identity(lead, by=people.inspector1, reason=WHY)
    there = f"{API}identity-requests/{again.public_id}/"
    taken = machine(people.inspector1).post(f"{there}withdraw/", {}, format="json").json()
    assert (taken["state"], taken["standing"], taken["actions"]) == ("ended", "已撤回", [])


def test_only_those_concerned_see_a_request(asked, people):
    def sees(user):
        return IdentityRequest.objects.visible_to(factories.fresh(user)).filter(pk=asked.pk).exists()

    assert all(sees(user) for user in (people.inspector1, people.petition, people.leader, people.secretary))
    others = (people.inspector2, people.casemgr, people.investigator, people.auditor, people.ledgerclient)
    assert not any(sees(user) for user in (*others, people.neighbour))


@pytest.mark.parametrize(
    "broken", [{"state": "approved"}, {"state": "refused"}, {"expires_at": moment.now()}]
)
def test_the_database_holds_a_decision_whole(asked, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityRequest.objects.filter(pk=asked.pk).update(**broken)


def test_the_database_holds_the_second_person(asked, people):
    identity.approve(fresh(asked), by=people.leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityRequest.objects.filter(pk=asked.pk).update(decider=asked.requester)
