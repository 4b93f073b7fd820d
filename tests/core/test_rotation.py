"""Key rotation: everything under an old key is sealed anew, once, by whom it belongs to, whatever gets in between."""

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import models

from povertyaudit.core import channels, jobs, rotation, vault
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import AuditEntry, Channel, Job, Unit, VaultEntry
from povertyaudit.core.models.jobs import JobState
from povertyaudit.core.verify import verify
from tests import factories
from tests.core.machines import API, assert_refusal, machine, misuse
from tests.core.test_vault import WHO

ROBOT = {"name": "值班群", "kind": "dingtalk", "url": "https://oapi.dingtalk.com/robot/send?access_token=kept",
         "secret": "SEC-kept-0123456789"}  # fmt: skip
OTHERS = [name for name, *_ in factories.PEOPLE if name != "secadmin"]


@pytest.fixture
def old(settings):
    """The key of before `sealed` changes it."""
    return settings.VAULT_KEY


@pytest.fixture
def sealed(people, settings, old):
    return seal_and_change_the_key(people, settings, 5)


def seal_and_change_the_key(people, settings, number):
    desk = Unit.objects.get(name="信访室")
    leads = [misuse(people, title=f"第{n}件") for n in range(number)]
    for lead in leads:
        vault.put(lead, desk, WHO, by=people.petition)
    channels.propose(by=people.sysadmin, **ROBOT)
    settings.VAULT_OLD_KEYS, settings.VAULT_KEY = (settings.VAULT_KEY,), Fernet.generate_key().decode()
    return leads


def rotate(by="secadmin"):
    call_command("rotate_vault_key", "--by", by)


def all_anew():
    held = {
        *VaultEntry.objects.values_list("key_id", flat=True),
        *Channel.objects.exclude(key_id="").values_list("key_id", flat=True),
    }
    return held == {vault.present_key()}


def assert_whole(people, leads, settings):
    """Without the old key: all opens, the record is right, one entry says who asked."""
    settings.VAULT_OLD_KEYS = ()
    assert all_anew()
    for lead in leads:
        assert vault.reveal(lead, by=people.petition) == WHO
    assert channels.keys_of(Channel.objects.get(name="值班群")) == {
        "url": ROBOT["url"],
        "secret": ROBOT["secret"],
    }
    assert verify().broken == []
    entry = AuditEntry.objects.get(verb="vault.rotate")
    assert entry.actor == people.secadmin
    assert entry.changes == {
        "complainants": len(leads),
        "channels": 1,
        "originals": 0,
        "beneficiaries": 0,
        "match_lines": 0,
        "suspicions": 0,
        "damaged": 0,
        "left": 0,
    }


def test_every_kind_of_sealed_row_is_rotated():
    known = {kind.model for kind in rotation.kinds()}
    assert {
        m
        for m in apps.get_models()
        if any(f.name in {"key_id", "id_key_id"} for f in m._meta.concrete_fields)
    } == known
    binary = {
        m
        for m in apps.get_models()
        if any(isinstance(f, models.BinaryField) and f.name != "id_key" for f in m._meta.concrete_fields)
    }
    assert binary == known


@pytest.mark.django_db
def test_the_command_seals_all_anew_and_the_record_stays_right(people, sealed, settings, capsys):
    rotate()
    said = capsys.readouterr().out
    assert "举报人信息 5 条、外发渠道 1 条" in said
    assert "没有剩余" in said
    assert_whole(people, sealed, settings)


@pytest.mark.django_db
def test_the_officer_does_it_on_the_page_and_sees_how_it_stands(people, sealed, settings, client, old):
    client.force_login(people.secadmin)
    page = client.get("/vault-keys/").content.decode()
    before = vault.old_keys()[0]
    assert f"旧密钥 {before[:8]}" in page
    assert before not in page
    assert "举报人信息 5 条、外发渠道 1 条" in page
    form = client.get("/vault-keys/rotate/")
    assert client.post("/vault-keys/rotate/", {"once": form.context["once"]}).url == "/vault-keys/"
    assert "排队，已完成 0 条，共 6 条" in client.get("/vault-keys/").content.decode()
    assert jobs.run(Job.objects.get().pk) == "done"
    page = client.get("/vault-keys/").content.decode()
    assert people.secadmin.display_name in page
    assert "/vault-keys/rotate/" not in page  # nothing is left to press it for
    for secret in (*WHO.values(), ROBOT["url"], ROBOT["secret"], project.VAULT_KEY, old):
        assert secret not in page
    assert_whole(people, sealed, settings)


@pytest.mark.django_db
def test_a_program_of_the_officer_does_it_and_pressing_twice_is_once(people, sealed, settings):
    caller = machine(people.secadmin)
    assert caller.get(f"{API}vault-keys/").json()["waiting"] == 6
    first, again = (caller.post(f"{API}vault-keys/rotate/") for _ in range(2))
    assert (first.status_code, first.json()["id"]) == (202, again.json()["id"])
    jobs.run(Job.objects.get().pk)
    told = caller.get(f"{API}vault-keys/").json()
    assert (told["waiting"], told["last"]["state"], told["last"]["by"]) == (
        0,
        "done",
        people.secadmin.display_name,
    )
    assert told["last"]["counts"] == {
        "complainants": 5,
        "channels": 1,
        "originals": 0,
        "beneficiaries": 0,
        "match_lines": 0,
        "suspicions": 0,
        "damaged": 0,
        "left": 0,
    }
    assert caller.post(f"{API}vault-keys/rotate/").json()["id"] != first.json()["id"]
    Job.objects.filter(state=JobState.QUEUED).delete()
    assert_whole(people, sealed, settings)


@pytest.mark.django_db
@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_sees_or_presses_it(people, client, name):
    user = getattr(people, name)
    client.force_login(user)
    for address in ("/vault-keys/", "/vault-keys/rotate/"):
        assert client.get(address).status_code == 403
    assert client.post("/vault-keys/rotate/", {}).status_code == 403
    caller = machine(user)
    assert_refusal(caller.get(f"{API}vault-keys/"), 403)
    assert_refusal(caller.post(f"{API}vault-keys/rotate/"), 403)
    with pytest.raises(NotAllowed):
        rotation.ask(by=user)
    with pytest.raises(CommandError, match="只有安全保密管理员"):
        rotate(by=name)
    assert not Job.objects.exists()
    assert "保密密钥" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/vault-keys/").status_code == 302
    assert client.get("/vault-keys/rotate/").status_code == 302
    assert client.get(f"{API}vault-keys/").status_code == 401
    assert client.post(f"{API}vault-keys/rotate/").status_code == 401


@pytest.mark.django_db
def test_without_the_old_key_nothing_is_touched_and_a_sentence_says_what_to_do(
    people, sealed, settings, old, client
):
    missing, settings.VAULT_OLD_KEYS = vault.old_keys()[0], (Fernet.generate_key().decode(),)
    before = list(VaultEntry.objects.order_by("pk").values())
    with pytest.raises(CommandError, match=f"有 6 条.*{missing[:8]}.*VAULT_OLD_KEYS"):
        rotate()
    assert list(VaultEntry.objects.order_by("pk").values()) == before
    client.force_login(people.secadmin)
    assert f"缺少的密钥 {missing[:8]}" in client.get("/vault-keys/").content.decode()
    settings.VAULT_OLD_KEYS = (old,)
    rotate()
    assert all_anew()


@pytest.mark.django_db
def test_a_damaged_entry_stays_and_holds_up_no_other(people, sealed, settings, capsys):
    broken = VaultEntry.objects.order_by("pk")[1]
    damaged = bytes(broken.ciphertext)[:-1] + bytes([bytes(broken.ciphertext)[-1] ^ 1])  # never what it was
    VaultEntry.objects.filter(pk=broken.pk).update(ciphertext=damaged)
    with pytest.raises(CommandError, match="还有 1 条"):
        rotate()
    assert "1 条已损坏" in capsys.readouterr().err
    assert VaultEntry.objects.exclude(key_id=vault.present_key()).get().pk == broken.pk
    assert vault.reveal(sealed[4], by=people.petition) == WHO


@pytest.mark.django_db
def test_a_worker_started_with_another_key_does_nothing_and_the_page_says_so(
    people, sealed, settings, client
):
    job = rotation.ask(by=people.secadmin)
    new, settings.VAULT_KEY = settings.VAULT_KEY, Fernet.generate_key().decode()
    assert jobs.run(job.pk) == "again"
    assert VaultEntry.objects.filter(key_id=vault.old_keys()[0]).count() == 5
    client.force_login(people.secadmin)
    assert "请运维人员重新启动后台进程" in client.get("/vault-keys/").content.decode()
    settings.VAULT_KEY = new
    Job.objects.update(run_after=job.created_at)
    assert jobs.run(job.pk) == "done"
    assert_whole(people, sealed, settings)


@pytest.mark.django_db
def test_whoever_loses_the_job_takes_his_batch_back_and_the_next_goes_on(
    people, sealed, settings, monkeypatch
):
    monkeypatch.setattr(rotation, "BATCH", 2)
    job = rotation.ask(by=people.secadmin)
    lease = jobs.claim(job.pk)

    def taken(done):
        assert jobs.claim(job.pk) is None
        assert jobs.claim(job.pk, from_others=True)

    with pytest.raises(jobs.LeaseLost):
        rotation.work(job.payload, lease, tell=taken)
    assert VaultEntry.objects.filter(key_id=vault.present_key()).count() == 2
    assert not AuditEntry.objects.filter(verb="vault.rotate").exists()
    rotate()
    assert_whole(people, sealed, settings)


@pytest.mark.django_db
def test_a_row_written_meanwhile_is_not_overwritten(people, sealed, settings, monkeypatch):
    """The new words come between reading a row and storing its new seal."""
    desk, real, written = Unit.objects.get(name="信访室"), vault.reseal, []

    def reseal(*args):
        if not written:
            written.append(vault.put(sealed[0], desk, {"name": "改过的人"}, by=people.petition))
        return real(*args)

    monkeypatch.setattr(vault, "reseal", reseal)
    rotate()
    assert vault.reveal(sealed[0], by=people.petition) == {"name": "改过的人"}
    assert all_anew()


@pytest.mark.django_db
def test_what_is_sealed_stands_in_no_log_and_no_record(people, sealed, caplog, capsys):
    with caplog.at_level("DEBUG"):
        rotate()
    told = "".join(
        str(row) for row in AuditEntry.objects.filter(verb__in=("vault.rotate", "channel.reseal")).values()
    )
    said = capsys.readouterr()
    everything = caplog.text + told + said.out + said.err + str(Job.objects.values())
    for secret in (*WHO.values(), ROBOT["url"], ROBOT["secret"]):
        assert secret not in everything
    assert not any(bytes(row.ciphertext).hex() in everything for row in VaultEntry.objects.all())
    assert bytes(Channel.objects.get(name="值班群").sealed).hex() not in everything
