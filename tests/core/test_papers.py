"""公文: the same paper is the same file, whoever makes it and whenever; what it says is what the page shows."""

import io
import zipfile
from datetime import date

import pytest
from django.template.loader import render_to_string
from docx import Document

from povertyaudit.core import file_types, papers, store
from povertyaudit.core.models import Attachment
from povertyaudit.core.papers import Grid, Listing, Paper, Text
from povertyaudit.core.verify import verify
from tests.core.machines import misuse

PAPER = Paper(
    title="扶贫专线快报", number="第3期", addressee="委领导",
    blocks=(Text("一、来电情况", heading=True), Text("今日来电2件。\n其中紧急1件。"), Listing(("反映补助未到位。", "咨询政策。")),
            Grid(("编号", "办理"), (("ZX-0001", "已转办"), ("<b>", "")))),
    signed="信访室", dated=date(2026, 11, 4),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def words_of(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [line.text for line in document.paragraphs if line.text], cells


def test_a_paper_says_everything_once_and_in_order():
    lines, cells = words_of(papers.docx_of(PAPER))
    assert lines == [
        "扶贫专线快报", "第3期", "委领导：", "一、来电情况", "今日来电2件。", "其中紧急1件。", "1．反映补助未到位。", "2．咨询政策。",
        "信访室", "2026年11月4日",
    ]  # fmt: skip
    assert cells == ["编号", "办理", "ZX-0001", "已转办", "<b>", ""]


def test_the_same_paper_is_the_same_file_and_our_own_door_takes_it():
    content = papers.docx_of(PAPER)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {papers.ZIPPED}
        assert b"2000-01-01" in archive.read("docProps/core.xml")
        assert "仿宋,FangSong".encode() in archive.read("word/fontTable.xml")
    assert papers.docx_of(PAPER) == content
    assert file_types.check(content, "快报.docx").extension == "docx"


def test_the_sheet_on_the_page_escapes_what_people_wrote():
    page = render_to_string("components/paper.html", {"paper": PAPER})
    assert "2026年11月4日" in page
    assert "1．反映补助未到位。" in page
    assert ">&lt;b&gt;</td>" in page


def test_a_paper_made_by_the_clock_is_kept_hashed_and_seen_only_with_its_dossier(people):
    dossier = misuse(people)
    kept = papers.keep(dossier, PAPER, by=None, kind="digest", name="扶贫专线快报第3期")
    assert store.path_of(kept.sha256).read_bytes() == papers.docx_of(PAPER)
    assert (kept.uploaded_by, kept.original_name, kept.kind) == (None, "扶贫专线快报第3期.docx", "digest")
    assert Attachment.objects.visible_to(people.finance).filter(pk=kept.pk).exists()
    assert not Attachment.objects.visible_to(people.neighbour).filter(pk=kept.pk).exists()
    assert verify().broken == []


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (41, "四十一")]
)
def test_ordinals_read_as_people_write_them(number, words):
    assert papers.ordinal(number) == words
