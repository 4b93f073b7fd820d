"""The words in files: found by whoever may read the file, kept true, never in clear where they are kept sealed."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from docx import Document
from openpyxl import Workbook

from povertyaudit import home
from povertyaudit.core import apart, daily, files, jobs, looking, moment, reading, searching, store, vault
from povertyaudit.core.models import FileReading, FileText, Job
from povertyaudit.core.models.reading import Outcome
from povertyaudit.core.probes import text as probe
from tests import factories
from tests.cases.test_secrecy import WHO

pytestmark = pytest.mark.django_db


def docx(*lines):
    document, out = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def xlsx(*rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def pdf(*lines):
    shown = "".join(f"1 0 0 1 50 {700 - 20 * at} Tm ({line}) Tj " for at, line in enumerate(lines))
    stream = f"BT /F1 12 Tf {shown}ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = "".join(f"{at:010d} 00000 n \n" for at in places).encode()
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def attach(row, content, name="核查报告.docx", *, by, **more):
    with apart.files_of_ours():
        return files.attach(row, SimpleUploadedFile(name, content), by=by, **more)


def read_all():
    with apart.files_of_ours():
        jobs.run(jobs.enqueue(reading.JOB, {"all": True}, f"read {moment.now()}").pk)


def notes(user, words):
    entries = looking.look(home.KINDS, factories.fresh(user), searching.asked(words).looked_for)
    return [(entry.number, note.text) for entry in entries for note in entry.notes]


def test_the_words_of_each_kind_of_file():
    for data, words in (
        (docx("村集体经济收入", "公示栏照片"), "村集体经济收入\n公示栏照片"),
        (xlsx(["户主", "金额"], ["王五", 425000]), "Sheet\n户主，金额\n王五，425000"),
        (pdf("Ledger 2026", "second line"), "Ledger 2026\nsecond line"),
    ):
        assert json.loads(probe.look(data)) == {"text": words, "is_cut": False}


def test_a_hostile_file_is_read_in_a_process_apart_and_as_far_as_it_goes(monkeypatch):
    monkeypatch.setattr(apart, "_found", {})
    assert json.loads(apart.look("text", docx("公示栏")))["text"] == "公示栏"
    for broken in (b"%PDF-1.4 nothing", b"PK\x03\x04 nothing"):
        with pytest.raises(apart.Declined):
            apart.look("text", broken)
    monkeypatch.setattr(probe, "MOST", 7)
    assert json.loads(probe.look(docx("一二三四五", "六七八九十", "不再读"))) == {
        "text": "一二三四五\n六",
        "is_cut": True,
    }


def test_found_as_a_hit_of_the_lead_by_whoever_may_read_the_file(client, make, people):
    lead = make("in_step")
    file = attach(
        lead, docx("查阅账册发现", "产业路工程款重复报销两次，金额 42.5万元。"), by=people.inspector1
    )
    assert notes(people.casemgr, "重复报销") == []
    read_all()
    assert notes(people.casemgr, "重複報銷") == [
        (lead.number, "查阅账册发现 产业路工程款重复报销两次，金额 42.5万元。")
    ]
    assert (
        notes(people.casemgr, "425000")
        == notes(people.casemgr, "报销 产业")
        == notes(people.casemgr, "重复报销")
    )
    client.force_login(people.casemgr)
    page = client.get("/search/", {"q": "重复报销"}).content.decode()
    assert file.get_absolute_url() in page
    assert "<mark>重复报销</mark>" in page
    assert "问题线索 1 项" in page
    for other in (people.neighbour, people.finance, people.sysadmin, people.official):
        assert notes(other, "重复报销") == []
        client.force_login(factories.fresh(other))
        assert "重复报销</mark>" not in client.get("/search/", {"q": "重复报销"}).content.decode()


def test_a_later_version_takes_the_place_of_the_earlier(make, people):
    lead = make("in_step")
    first = attach(lead, docx("初稿写明白露村"), by=people.inspector1)
    with apart.files_of_ours():
        files.replace(first, SimpleUploadedFile("二稿.docx", docx("二稿写明霜降村")), by=people.inspector1)
    read_all()
    assert notes(people.casemgr, "白露村") == []
    assert len(notes(people.casemgr, "霜降村")) == 1


def test_what_only_its_desk_may_open_is_never_read_and_the_database_refuses_it(make, people):
    lead = make("in_step")
    desk = people.petition.home.unit
    sealed = attach(lead, docx("来信写的谷雨村"), by=people.petition, kind="petition_scan", desk_unit=desk)
    read_all()
    assert FileReading.objects.count() == FileText.objects.count() == 0
    assert notes(people.petition, "谷雨村") == []
    with pytest.raises(DatabaseError), transaction.atomic():
        FileReading.objects.create(attachment=sealed, outcome=Outcome.READ)
    plain = attach(lead, docx("核查谷雨村"), by=people.inspector1)
    read_all()
    with pytest.raises(DatabaseError), transaction.atomic():
        FileReading.objects.filter(attachment=plain).update(attachment=sealed)


def test_a_text_that_says_who_complained_is_not_kept_whenever_that_becomes_known(make, people):
    lead = make("in_step", identity_status="claimed", complainant=WHO)
    attach(lead, docx("据欧阳守信反映，惊蛰村"), by=people.inspector1)
    read_all()
    assert FileReading.objects.get().outcome == Outcome.WITHHELD
    assert not FileText.objects.exists()
    other = make("in_step")
    attach(other, docx("据欧阳守信反映，清明村"), by=people.inspector1)
    read_all()
    assert len(notes(people.casemgr, "清明村")) == 1
    vault.put(other, people.petition.home.unit, WHO, by=people.petition)
    assert notes(people.casemgr, "清明村") == []
    read_all()
    assert notes(people.casemgr, "清明村") == []


def test_long_numbers_are_blotted_out():
    said = "身份证 99010119700101108X，电话13800138000、138 0013 8000，卡 6222 0212 3456 7890 123，2026年 425000元，990101-2026-0001"
    assert reading.blotted(said) == "身份证 ●，电话●、●，卡 ●，2026年 425000元，990101-2026-0001"


def test_a_worker_that_is_killed_leaves_what_the_next_one_finds(make, people, monkeypatch):
    lead = make("in_step")
    for name in ("甲", "乙", "丙"):
        attach(lead, docx(f"立夏村{name}"), f"{name}.docx", by=people.inspector1)
    real, seen = reading.read, []

    def dies(file):
        seen.append(file.pk)
        if len(seen) == 2:
            raise SystemExit  # as a killed process: nothing is cleaned up
        return real(file)

    monkeypatch.setattr(reading, "read", dies)
    with pytest.raises(SystemExit):
        read_all()
    assert FileReading.objects.count() == 1
    monkeypatch.setattr(reading, "read", real)
    read_all()
    texts = sorted(FileText.objects.exclude(no=0).values_list("text", flat=True))
    assert texts == ["立夏村丙", "立夏村乙", "立夏村甲"]


def test_the_clock_has_new_files_read_and_the_page_says_how_far_it_is(client, make, people):
    row = make("in_step")
    file = attach(row, docx("芒种村"), by=people.inspector1)
    assert reading.behind() == file.created_at
    client.force_login(people.casemgr)
    assert "之后上传的稍后才能查到" in client.get("/search/", {"q": "芒种"}).content.decode()

    def due():
        """What stands ready after a beat of the clock, all of it run."""
        ready = [key for key in daily.tick() if key.startswith(reading.JOB)]
        assert len([key for key in daily.tick() if key.startswith(reading.JOB)]) == 1  # under way already
        with apart.files_of_ours():
            assert {jobs.run(job.pk) for job in Job.objects.filter(key__in=ready).unfinished()} <= {"done"}
        return len(ready)

    assert due() == 1  # the day's own reads what is new too
    assert reading.behind() is None
    assert len(notes(people.casemgr, "芒种")) == 1
    assert due() == 1
    attach(row, docx("小满村"), name="第二份.docx", by=people.inspector1)
    assert due() == 2
    assert len(notes(people.casemgr, "小满")) == 1


def test_a_lost_or_damaged_file_holds_up_no_other(make, people):
    lead = make("in_step")
    lost = attach(lead, docx("小暑村"), by=people.inspector1)
    attach(lead, docx("大暑村"), by=people.inspector1)
    store.path_of(lost.sha256).unlink()
    read_all()
    assert dict(FileReading.objects.values_list("attachment", "outcome"))[lost.pk] == Outcome.FAILED
    assert len(notes(people.casemgr, "大暑村")) == 1


def test_made_anew_it_is_the_same(make, people, capsys):
    attach(make("in_step"), docx("寒露村" * 1000), by=people.inspector1)
    read_all()
    kept = list(FileText.objects.order_by("no").values_list("no", "text"))
    assert max(len(text) for _no, text in kept) <= 1600
    FileText.objects.filter(no=1).update(text="改过的")
    call_command("rebuild_search")
    assert "1 份附件" in capsys.readouterr().out
    with apart.files_of_ours():
        jobs.run(Job.objects.get(key__startswith="read_files:anew").pk)
    assert list(FileText.objects.order_by("no").values_list("no", "text")) == kept


@pytest.mark.parametrize("broken", [{"outcome": "other"}, {"characters": -1}])
def test_the_database_refuses_what_no_reading_is(make, people, broken):
    attach(make("in_step"), docx("霜降村"), by=people.inspector1)
    read_all()
    with pytest.raises(DatabaseError), transaction.atomic():
        FileReading.objects.update(**broken)
    with pytest.raises(DatabaseError), transaction.atomic():
        FileText.objects.filter(no=1).update(text="长" * 1601)
    with pytest.raises(DatabaseError), transaction.atomic():
        FileText.objects.filter(no=1).update(no=0)
