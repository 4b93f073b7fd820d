"""Attachments: told by content, stripped of metadata, kept under their hash, seen only with their dossier."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from povertyaudit.core import file_types, files, store
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Attachment, AuditEntry, Unit
from povertyaudit.core.verify import verify
from tests.core.machines import API, PDF, assert_refusal, machine, misuse

GPS, EXIF, TAKEN, MAKER = 0x8825, 0x8769, 0x9003, 0x010F


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def photo(form="JPEG", size=(64, 48), mode="RGB", exif=True):
    picture = Image.new(mode, size, "red" if mode == "RGB" else 0)
    out = io.BytesIO()
    options = {}
    if exif:
        data = Image.Exif()
        data[MAKER] = "SECRET-PHONE"
        data.get_ifd(EXIF)[TAKEN] = "2026:03:04 05:06:07"
        data.get_ifd(GPS)[1] = "N"
        options["exif"] = data
        if form == "JPEG":
            options["comment"] = "SECRET-COMMENT"
        if form == "PNG":
            options["icc_profile"] = b"SECRET-COMMENT" * 40
    picture.save(out, form, **options)
    return out.getvalue()


def office(part="word/document.xml", *, members=None, macro=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        if part:
            archive.writestr(part, "<x/>")
        if macro:
            archive.writestr("word/vbaProject.bin", "x")
        for name, content in (members or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def upload(content, name="x.jpg"):
    return SimpleUploadedFile(name, content)


def attach(people, content=None, name="现场.jpg", by=None, **options):
    return files.attach(misuse(people), upload(content or photo(), name), by=by or people.finance, **options)


@pytest.mark.parametrize(
    ("content", "name", "extension"),
    [
        (photo(), "a.jpg", "jpg"),
        (photo("PNG"), "a.png", "png"),
        (photo("WEBP"), "a.webp", "jpg"),
        (photo("WEBP"), "a.jpg", "jpg"),
        (PDF, "a.pdf", "pdf"),
        (PDF, "无扩展名", "pdf"),
        (office(), "a.docx", "docx"),
        (office("xl/workbook.xml"), "a.xlsx", "xlsx"),
    ],
)
def test_what_is_on_the_list_is_taken(content, name, extension):
    assert file_types.check(content, name).extension == extension


LIARS = [
    (b"", "a.jpg"),
    (b"MZ\x90\x00" + b"\0" * 100, "a.jpg"),
    (b"<html><script>alert(1)</script>", "a.jpg"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"),
    (b"GIF89a", "a.gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls"),
    (b"\x00\x00\x00\x18ftypheic", "a.heic"),
    (PDF, "a.jpg"),
    (photo(), "a.pdf"),
    (office("xl/workbook.xml"), "a.docx"),
    (office(None), "a.docx"),
    (office(None, members={"run.exe": "x"}), "a.zip"),
    (office(macro=True), "a.docx"),
    (office()[:-30], "a.docx"),
    (b"PK\x03\x04 not a zip", "a.docx"),
    (photo()[:40], "a.jpg"),
    (photo()[:-200], "a.jpg"),
    (photo("PNG")[:60], "a.png"),
    (b"\xff\xd8\xff" + b"\0" * 50, "a.jpg"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a.png"),
    (b"RIFF\x00\x00\x00\x00WEBPxxxx", "a.webp"),
    (b"%PDF-1.4 cut off", "a.pdf"),
]


@pytest.mark.parametrize(("content", "name"), LIARS)
def test_lying_broken_and_unwelcome_files_are_refused_with_advice(content, name):
    with pytest.raises(RuleBroken) as refusal:
        file_types.check(content, name)
    assert refusal.value.field == "file"
    assert str(refusal.value).endswith("。")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_its_time_and_loses_everything_else(form):
    original = photo(form)
    assert b"SECRET-PHONE" in original
    found = file_types.check(original, "a")
    for kept in (found.content, found.thumb):
        assert b"SECRET" not in kept
        assert not {"icc_profile", "comment"} & set(Image.open(io.BytesIO(kept)).info)
        assert not Image.open(io.BytesIO(kept)).getexif()
    assert found.taken_at.isoformat() == "2026-03-04T05:06:07+08:00"
    assert found.original_sha256 == hashlib.sha256(original).hexdigest()


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode_are_drawn_anew(mode):
    out = io.BytesIO()
    Image.new(mode, (10, 10)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert file_types.check(out.getvalue(), "a").content


def test_a_file_lies_under_its_hash_and_the_record_says_so(people):
    kept = attach(people, title="现场照片")
    path = store.path_of(kept.sha256)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == kept.sha256
    assert path.stat().st_mode & 0o077 == 0
    assert Path("static") not in path.parents
    entry = AuditEntry.objects.of(kept.dossier).order_by("-seq").first()
    assert entry.verb == "misuse.attach"
    assert entry.changes["sha256"] == kept.sha256
    assert kept.dossier.version == 2
    assert verify().broken == []


def test_one_changed_byte_of_an_attachments_row_is_found(people):
    kept = attach(people)
    Attachment.objects.filter(pk=kept.pk).update(sha256="0" * 64)
    assert any("附件" in line or kept.public_id in line for line in verify().broken)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.jpg",
        "a\u202egpj.exe.jpg",
        'x"; filename="y.html.jpg',
        "a\r\nSet-Cookie: x.jpg",
        ".jpg",
        "长" * 300 + ".jpg",
    ],
)
def test_a_name_is_made_harmless(people, name):
    kept = files.attach(misuse(people), upload(photo(), "x.jpg"), by=people.finance)
    assert files._name(name, "jpg").endswith(".jpg")
    assert not set(files._name(name, "jpg")) & set('/\\"\r\n\u202e:')
    assert len(files._name(name, "jpg")) <= 255
    assert kept.original_name == "x.jpg"


def test_a_later_version_replaces_and_the_earlier_stays(people):
    first = attach(people)
    second = files.replace(first, upload(PDF, "b.pdf"), by=people.finance)
    assert (second.version_no, second.replaces) == (2, first)
    assert list(Attachment.objects.of(first.dossier).newest()) == [second]
    with pytest.raises(WrongState):
        files.replace(first, upload(PDF, "c.pdf"), by=people.finance)


def test_readers_upload_nothing(people):
    row = misuse(people)
    for user in (people.ledgerclient, people.auditor):
        with pytest.raises(NotAllowed):
            files.attach(row, upload(photo()), by=user)


def test_refused_files_leave_no_row(people):
    row = misuse(people)
    with pytest.raises(DomainError):
        files.attach(row, upload(b"nothing", "a.jpg"), by=people.finance)
    row.refresh_from_db()
    assert (row.version, Attachment.objects.count()) == (1, 0)


def test_the_address_answers_only_those_who_see_the_dossier(people, client):
    kept = attach(people)
    for user, status in (
        (people.casemgr, 200),
        (people.official, 200),
        (people.neighbour, 404),
        (people.sysadmin, 404),
    ):
        client.force_login(user)
        assert client.get(kept.get_absolute_url()).status_code == status
        assert client.get(kept.get_absolute_url() + "?thumb").status_code == status
        assert machine(user).get(f"{API}attachments/{kept.public_id}/").status_code == status
        assert machine(user).get(f"{API}attachments/{kept.public_id}/content/").status_code == status
    client.logout()
    assert client.get(kept.get_absolute_url()).status_code == 302


def test_served_files_can_do_nothing_in_a_browser(people, client):
    client.force_login(people.casemgr)
    answer = client.get(attach(people, PDF, "证据；一.pdf").get_absolute_url())
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "private" in answer.headers["Cache-Control"]


def test_a_protected_original_is_seen_by_its_desk_only_and_each_look_is_recorded(people, client):
    desk = Unit.objects.get(name="县财政局")
    kept = attach(people, desk_unit=desk)
    client.force_login(people.casemgr)
    assert client.get(kept.get_absolute_url()).status_code == 404
    client.force_login(people.finance)
    assert client.get(kept.get_absolute_url()).status_code == 200
    assert AuditEntry.objects.of(kept.dossier).filter(verb="attachment.open").count() == 1


def test_an_upload_over_rest(people):
    row = misuse(people)
    client = machine(people.finance)
    for file, status in ((upload(photo(), "现场.jpg"), 201), (upload(b"x", "a.jpg"), 422)):
        answer = client.post(
            f"{API}misuses/{row.public_id}/attach/", {"file": file, "title": "现场"}, format="multipart"
        )
        assert answer.status_code == status, answer.json()
    assert_refusal(
        client.post(f"{API}misuses/{row.public_id}/attach/", {"title": "无文件"}, format="multipart"), 400
    )
    assert_refusal(
        client.post(f"{API}misuses/{row.public_id}/attach/", {"file": "text"}, format="multipart"), 400
    )
    assert_refusal(client.post(f"{API}misuses/{row.public_id}/attach/", {"file": "x"}, format="json"), 415)
    listed = client.get(f"{API}misuses/{row.public_id}/attachments/").json()
    assert [one["name"] for one in listed] == ["现场.jpg"]
    replaced = client.post(
        f"{API}attachments/{listed[0]['id']}/replace/", {"file": upload(PDF, "b.pdf")}, format="multipart"
    )
    assert replaced.json()["version_no"] == 2
    assert_refusal(
        machine(people.neighbour).post(
            f"{API}misuses/{row.public_id}/attach/", {"file": upload(photo())}, format="multipart"
        ),
        404,
    )
