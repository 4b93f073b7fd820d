"""The vault: only the registering desk looks, every look is recorded, and the plain text is nowhere else."""

import logging

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from cases.api import examples
from povertyaudit.core import vault
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken
from povertyaudit.core.models import AuditEntry, Unit, VaultEntry
from tests import factories
from tests.core.machines import API, machine, misuse

WHO = {"name": "举报人王某某", "phone": "13900001234", "id_number": "990101199001011230"}


@pytest.fixture
def desk(people):
    return Unit.objects.get(name="信访室")


@pytest.fixture
def lead(people, desk):
    row = misuse(people)
    vault.put(row, desk, WHO, by=people.petition)
    return row


def everything_in_the_database():
    """Every text and byte of every table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [bytes(v) if isinstance(v, memoryview) else v for row in cursor.fetchall() for v in row]
    return "\n".join(v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in found)


def test_the_desk_reads_back_what_it_wrote(people, lead):
    assert vault.reveal(lead, by=people.petition) == WHO


def test_every_look_is_recorded_without_saying_what_was_seen(people, lead):
    vault.reveal(lead, by=people.petition, reason="核实反映情况")
    entry = AuditEntry.objects.of(lead).get(verb="vault.reveal")
    assert entry.actor == people.petition
    assert not any(value in str(vars(entry)) for value in WHO.values())


@pytest.mark.parametrize(
    "name", ["casemgr", "inspector1", "leader", "secretary", "sysadmin", "secadmin", "auditor", "neighbour"]
)
def test_nobody_else_reads_and_the_refusal_is_the_same_with_and_without_an_identity(people, lead, name):
    other = misuse(people)
    sentences = set()
    for row in (lead, other):
        with pytest.raises(NotAllowed) as refusal:
            vault.reveal(row, by=getattr(people, name))
        sentences.add(str(refusal.value))
    assert len(sentences) == 1
    assert not vault.holds(lead, by=getattr(people, name))
    assert not AuditEntry.objects.filter(verb="vault.reveal").exists()


def test_nobody_else_writes(people, lead, desk):
    with pytest.raises(NotAllowed):
        vault.put(lead, desk, {"name": "别人"}, by=people.casemgr)
    with pytest.raises(NotAllowed):
        vault.put(
            lead, Unit.objects.get(name="案件监督管理室", region_id="990101000000"), WHO, by=people.casemgr
        )


def test_an_ended_post_ends_the_right_to_look(people, lead):
    post = people.petition.current_posts()[0]
    post.ends_on = post.starts_on
    post.save()
    with pytest.raises(NotAllowed):
        vault.reveal(lead, by=factories.fresh(people.petition))


def test_the_database_holds_no_plain_text(people, lead):
    dump = everything_in_the_database()
    assert "misuse.register_misuse" in dump  # the dump does see texts
    for value in WHO.values():
        assert value not in dump
        assert value.encode().decode("latin-1") not in dump
        assert value.encode("unicode_escape").decode() not in dump


def test_logs_and_representations_hold_no_plain_text(people, lead, caplog):
    with caplog.at_level(logging.DEBUG):
        vault.put(lead, Unit.objects.get(name="信访室"), WHO, by=people.petition)
        vault.reveal(lead, by=people.petition)
    text = caplog.text + repr(VaultEntry.objects.get()) + str(VaultEntry.objects.get())
    assert not any(value in text for value in WHO.values())


def test_a_wrong_key_gives_a_sentence_that_says_whom_to_ask(people, lead, settings):
    settings.VAULT_KEY = Fernet.generate_key().decode()
    with pytest.raises(DomainError, match="密钥") as refusal:
        vault.reveal(lead, by=people.petition)
    assert refusal.value.status == 409


def test_a_key_of_the_past_still_opens(people, lead, settings):
    settings.VAULT_OLD_KEYS = (settings.VAULT_KEY,)
    settings.VAULT_KEY = Fernet.generate_key().decode()
    assert vault.reveal(lead, by=people.petition) == WHO


def test_an_entry_moved_to_another_dossier_or_desk_no_longer_opens(people, lead):
    other = misuse(people)
    VaultEntry.objects.update(target_id=other.pk)
    with pytest.raises(DomainError, match="改动"):
        vault.reveal(other, by=people.petition)


def test_one_changed_byte_is_noticed(people, lead):
    entry = VaultEntry.objects.get()
    entry.ciphertext = bytes(entry.ciphertext)[:-1] + bytes([bytes(entry.ciphertext)[-1] ^ 1])
    entry.save()
    with pytest.raises(DomainError, match="改动"):
        vault.reveal(lead, by=people.petition)


def test_only_known_fields_are_kept_and_a_refusal_repeats_nothing(people, lead, desk):
    for identity in ({"name": "", "phone": ""}, {"face": "13900001234"}, {}):
        with pytest.raises(RuleBroken) as refusal:
            vault.put(lead, desk, identity, by=people.petition)
        assert "13900001234" not in str(vars(refusal.value)) + str(refusal.value)


def test_a_correction_replaces_and_is_recorded(people, lead, desk):
    vault.put(lead, desk, {"name": "李某"}, by=people.petition)
    assert vault.reveal(lead, by=people.petition) == {"name": "李某"}
    assert VaultEntry.objects.count() == 1
    assert AuditEntry.objects.of(lead).filter(verb="vault.update").count() == 1


def test_a_complaint_registered_over_rest_leaves_its_plain_text_nowhere(people, caplog, settings):
    body = examples.REGISTER | {"identity_status": "claimed", "complainant": WHO}
    client, key = machine(people.petition), {"idempotency-key": "one"}
    texts = []

    def said(answer, status):
        content = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == status, content.decode()
        texts.append(content.decode())
        return answer

    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            made = said(client.post(f"{API}leads/", body, format="json", headers=key), 201).json()
        said(client.post(f"{API}leads/", body | {"title": ""}, format="json"), 400)
        wrong = {"complainant": {"name": "\x00" + WHO["name"], WHO["phone"][:3]: WHO["phone"]}}
        said(client.post(f"{API}leads/", body | wrong, format="json"), 400)
        said(client.post(f"{API}leads/", body | {"received_on": "2090-01-01"}, format="json"), 422)
        here = f"{API}leads/{made['id']}/"
        for address in (
            here,
            f"{API}leads/?q={WHO['name']}",
            f"{API}leads/ledger.csv",
            f"{API}leads/ledger.ndjson",
            f"{API}audit/",
        ):
            said(client.get(address), 200)
        shown = client.post(
            f"{here}reveal_complainant/",
            {"reason": "核实"},
            format="json",
            headers={"idempotency-key": "two"},
        )
        assert shown.json()["complainant"] == WHO
        settings.VAULT_KEY = Fernet.generate_key().decode()
        said(client.post(f"{here}reveal_complainant/", {"reason": "核实"}, format="json"), 409)
        said(
            machine(people.casemgr).post(f"{here}reveal_complainant/", {"reason": "看看"}, format="json"), 403
        )
    everything = "\n".join(texts) + caplog.text + everything_in_the_database()
    assert made["number"] in everything
    for value in WHO.values():
        assert value not in everything
        assert value.encode("unicode_escape").decode() not in everything
