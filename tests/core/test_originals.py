"""来信来访原件 lie encrypted: found in no file and no row, opened by their desk alone, sealed anew with the vault's key."""

import hashlib
import io
import os

import pytest
from cryptography.fernet import Fernet
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from PIL import Image

from povertyaudit.core import files, originals, rotation, store, tidying
from povertyaudit.core.models import Attachment, AuditEntry, FileKey, Job, Unit
from povertyaudit.core.uploads import NamelessUploadHandler
from povertyaudit.core.verify import verify
from tests.core.machines import API, PDF, machine, misuse

MARK = b"Yu-Chi Huai-Su 13977665544 wrote this"
LETTER = PDF.replace(b"%%EOF", b"%" + MARK + b"\n%%EOF") if b"%%EOF" in PDF else PDF
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def desk():
    return Unit.objects.get(name="县财政局")


def upload(content=LETTER, name="来信.pdf"):
    return SimpleUploadedFile(name, content)


def picture(side=64):
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "PNG")
    return out.getvalue()


def scan(people, desk, content=LETTER, name="来信.pdf"):
    return files.attach(
        misuse(people), upload(content, name), by=people.finance, kind="petition_scan", desk_unit=desk
    )


def body(answer):
    return b"".join(answer.streaming_content)


def stored():
    return [path.read_bytes() for path in store.root().glob("??/??/*")]


def dump():
    """Every value of every row, as the database holds it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 — a name the database gave
            for row in cursor.fetchall():
                for one in row:
                    yield bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode()


def test_neither_the_disk_nor_the_database_holds_the_letter_or_its_digest(people, desk, client):
    kept = scan(people, desk)
    image = scan(people, desk, picture(), "来信.png")
    digests = {hashlib.sha256(one).hexdigest().encode() for one in (LETTER, picture())}
    assert MARK in LETTER
    assert not [one for one in stored() if MARK in one or one.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8"))]
    assert len(stored()) == 3  # the letter, the picture and its thumbnail
    seen = list(dump())
    assert not [one for one in seen if MARK in one or any(digest in one for digest in digests)]
    client.force_login(people.finance)
    answer = client.get(kept.get_absolute_url())
    assert (body(answer), answer.headers["Content-Length"]) == (LETTER, str(len(LETTER)))
    assert answer.headers["Content-Type"] == "application/pdf"
    told = machine(people.finance).get(f"{API}attachments/{kept.public_id}/content/")
    assert body(told) == LETTER
    drawn = body(client.get(image.get_absolute_url()))
    assert Image.open(io.BytesIO(drawn)).size == (64, 64)
    assert Image.open(io.BytesIO(body(client.get(image.get_absolute_url() + "?thumb")))).format == "JPEG"
    client.force_login(people.casemgr)
    assert client.get(kept.get_absolute_url()).status_code == 404
    assert AuditEntry.objects.filter(verb="attachment.open").count() == 3
    assert verify().broken == []


def test_equal_letters_are_unequal_files_and_an_open_copy_is_linked_to_none(people, desk):
    first, second = scan(people, desk), scan(people, desk)
    open_one = files.attach(misuse(people), upload(), by=people.finance)
    assert len({first.sha256, second.sha256, open_one.sha256}) == 3
    assert (first.original_sha256, open_one.original_sha256) == ("", hashlib.sha256(LETTER).hexdigest())
    told = machine(people.finance).get(f"{API}attachments/{first.public_id}/").json()
    assert hashlib.sha256(LETTER).hexdigest() not in str(told)
    assert first.sha256 == hashlib.sha256(store.path_of(first.sha256).read_bytes()).hexdigest()


@pytest.mark.parametrize("length", [1, 15, 16, 17, 32, 33, 48])
def test_segments_of_every_length_come_back_and_only_whole(people, desk, monkeypatch, length):
    monkeypatch.setattr(originals, "SEGMENT", 16)
    plain, secret = os.urandom(length), os.urandom(32)
    whole = b"".join(originals._sealed(plain, secret, originals.CONTENT))
    path = store.path_of(store.keep(whole))
    assert b"".join(originals._segments(path, secret, originals.CONTENT)) == plain
    first = whole[: len(originals.MARK) + 32]
    others = [
        first,  # cut off where a segment ends
        whole[:-1],
        whole[:-33],
        whole[:4],
        b"",
        whole[:4] + whole[36:],
        whole + first[4:],
        whole[:4] + first[4:] * 2,
    ]
    for wrong in (one for one in others if one != whole):
        with pytest.raises(originals.InvalidTag):
            list(originals._segments(store.path_of(store.keep(wrong)), secret, originals.CONTENT))
    with pytest.raises(originals.InvalidTag):
        list(originals._segments(path, secret, originals.THUMB))


def test_a_large_one_is_never_whole_in_memory(people, desk, monkeypatch):
    monkeypatch.setattr(originals, "SEGMENT", 1024)
    kept = scan(people, desk, picture(200), "来信.png")
    plain, length = originals.opened(kept)
    parts = list(plain)
    assert len(parts) > 20
    assert max(len(one) for one in parts) == 1024
    assert sum(len(one) for one in parts) == length == kept.size


def test_what_was_altered_or_moved_is_a_sentence_and_no_look(people, desk, client):
    kept, other = scan(people, desk), scan(people, desk)
    beside = files.attach(kept.dossier, upload(), by=people.finance, desk_unit=desk)
    client.force_login(people.finance)
    path = store.path_of(kept.sha256)
    whole = path.read_bytes()
    keys = {key.attachment_id: bytes(key.ciphertext) for key in FileKey.objects.all()}

    def refused():
        answers = (
            client.get(kept.get_absolute_url()),
            machine(people.finance).get(f"{API}attachments/{kept.public_id}/content/"),
        )
        assert [answer.status_code for answer in answers] == [409, 409]
        assert all("打不开" in answer.content.decode() for answer in answers)

    path.chmod(0o600)
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    refused()
    path.write_bytes(whole)
    FileKey.objects.filter(attachment=kept).update(ciphertext=keys[beside.pk])  # another file's key
    refused()
    Attachment.objects.filter(pk=kept.pk).update(sha256=beside.sha256)  # and its bytes
    refused()
    Attachment.objects.filter(pk=kept.pk).update(sha256=kept.sha256)
    FileKey.objects.filter(attachment=kept).update(ciphertext=keys[kept.pk])
    Attachment.objects.filter(pk=kept.pk).update(target_id=other.target_id)  # tied to another dossier
    refused()
    assert not AuditEntry.objects.filter(verb="attachment.open").exists()


def test_without_the_key_it_says_so(people, desk, client, settings):
    kept = scan(people, desk)
    settings.VAULT_KEY = Fernet.generate_key().decode()
    client.force_login(people.finance)
    answer = client.get(kept.get_absolute_url())
    assert (answer.status_code, "保密密钥" in answer.content.decode()) == (409, True)


def test_a_later_version_is_sealed_too_and_the_sweep_leaves_both(people, desk):
    first = scan(people, desk)
    second = files.replace(first, upload(picture(), "b.png"), by=people.finance)
    assert FileKey.objects.count() == 2
    for path in store.root().glob("??/??/*"):
        os.utime(path, (0, 0))
    assert tidying.tidy()["files"] == 0
    assert b"".join(originals.opened(first)[0]) == LETTER
    assert b"".join(originals.opened(second, thumb=True)[0]).startswith(b"\xff\xd8")


def test_rotation_seals_the_small_key_anew_and_touches_no_file(people, desk, settings, capsys):
    kept = [scan(people, desk) for _ in range(3)]
    before = {path: path.stat().st_mtime_ns for path in store.root().glob("??/??/*")}
    settings.VAULT_OLD_KEYS, settings.VAULT_KEY = (settings.VAULT_KEY,), Fernet.generate_key().decode()
    assert b"".join(originals.opened(kept[0])[0]) == LETTER
    call_command("rotate_vault_key", "--by", "secadmin")
    assert "来信来访原件 3 条" in capsys.readouterr().out
    settings.VAULT_OLD_KEYS = ()
    assert {path: path.stat().st_mtime_ns for path in store.root().glob("??/??/*")} == before
    assert [b"".join(originals.opened(one)[0]) for one in kept] == [LETTER] * 3
    assert verify().broken == []


def plain_one(people, desk, content=LETTER, name="来信.pdf"):
    """As the first release kept it."""
    kept = files.attach(misuse(people), upload(content, name), by=people.finance, kind="petition_scan")
    Attachment.objects.filter(pk=kept.pk).update(desk_unit=desk, original_name="原件.pdf")
    for path in store.root().glob("??/??/*"):
        os.utime(path, (0, 0))
    return Attachment.objects.get(pk=kept.pk)


def test_what_the_first_release_kept_plain_is_sealed_in_the_first_night(people, desk, client):
    old, drawn = plain_one(people, desk), plain_one(people, desk, picture(), "来信.png")
    shared = files.attach(misuse(people), upload(), by=people.finance)  # the same letter where it is open
    os.utime(store.path_of(shared.sha256), (0, 0))
    client.force_login(people.finance)
    assert body(client.get(old.get_absolute_url())) == LETTER
    done = tidying.tidy()
    assert (done["originals"], done["files"]) == (
        2,
        2,
    )  # the picture's two; the letter is still named by the open one
    assert tidying.tidy()["originals"] == 0
    assert [one for one in stored() if MARK in one] == [LETTER]
    assert body(client.get(old.get_absolute_url())) == LETTER
    assert Image.open(io.BytesIO(body(client.get(drawn.get_absolute_url() + "?thumb")))).format == "JPEG"
    now = Attachment.objects.get(pk=old.pk)
    assert (now.version, now.original_sha256) == (old.version + 1, "")
    assert now.dossier.version == 2  # nobody's open form went stale
    entry = AuditEntry.objects.of(now.dossier).filter(verb="attachment.seal").get()
    assert (entry.actor, entry.changes) == (None, {"file": now.public_id, "sha256": now.sha256})
    broken = [line for line in verify().broken if old.public_id in line or drawn.public_id in line]
    assert not broken


def test_the_officer_sees_what_is_plain_and_rotation_seals_it_also_after_a_kill(
    people, desk, client, monkeypatch
):
    for _ in range(3):
        plain_one(people, desk)
    client.force_login(people.secadmin)
    page = client.get("/vault-keys/").content.decode()
    assert "尚未加密的原件" in page
    assert "/vault-keys/rotate/" in page
    assert machine(people.secadmin).get(f"{API}vault-keys/").json()["waiting"] == 3
    monkeypatch.setattr(originals, "BATCH", 1)
    job, real, calls = rotation.ask(by=people.secadmin), originals._seal_old, []

    def killed(pk):
        calls.append(pk)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(pk)

    monkeypatch.setattr(originals, "_seal_old", killed)
    with pytest.raises(KeyboardInterrupt):
        call_command("rotate_vault_key", "--by", "secadmin")
    assert originals.unsealed().count() == 2
    call_command("rotate_vault_key", "--by", "secadmin")
    assert originals.unsealed().count() == 0
    assert Job.objects.get(pk=job.pk).state == "done"
    assert "尚未加密的原件" not in client.get("/vault-keys/").content.decode()


def test_a_plain_one_that_is_gone_or_refused_holds_up_no_other(people, desk, caplog):
    gone, wrong = plain_one(people, desk, picture(), "a.png"), plain_one(people, desk)
    left = plain_one(people, desk, LETTER + b"\n")
    store.path_of(gone.sha256).unlink()
    Attachment.objects.filter(pk=wrong.pk).update(original_name="")  # no row the model would take
    begun, length = originals.opened(left)
    done = tidying.tidy()
    assert (done["originals"], done["originals_left_plain"]) == (1, 1)
    assert f"attachment {wrong.pk} was not encrypted" in caplog.text
    assert {one.pk for one in originals.unsealed()} == {gone.pk, wrong.pk}
    assert not store.path_of(left.sha256).exists()
    assert len(b"".join(begun)) == length  # who had begun to read the plain one reads it to its end
    now = Attachment.objects.get(pk=left.pk)
    assert b"".join(originals.opened(now)[0]) == LETTER + b"\n"


def test_what_is_being_uploaded_has_no_name_on_the_disk(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = str(tmp_path), 10
    handler = NamelessUploadHandler()
    handler.new_file("file", "来信.pdf", "application/pdf", len(LETTER))
    handler.receive_data_chunk(LETTER, 0)
    assert list(tmp_path.iterdir()) == []
    assert handler.file.file._rolled
    held = handler.file_complete(len(LETTER))
    assert (held.read(), held.size, held.name) == (LETTER, len(LETTER), "来信.pdf")
    handler.upload_interrupted()
    assert held.closed


def test_a_large_upload_comes_through_the_door(people, desk, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    row = misuse(people)
    answer = machine(people.finance).post(
        f"{API}misuses/{row.public_id}/attach/", {"file": upload(), "title": "票据"}, format="multipart"
    )
    assert answer.status_code == 201
    assert answer.json()["sha256"] == hashlib.sha256(LETTER).hexdigest()
