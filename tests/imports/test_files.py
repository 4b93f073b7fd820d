"""Files that are no list: each is refused in one sentence; xls, ods and csv of both encodings are read."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.probes import biff
from povertyaudit.sheets import cells, headings, reading, services
from povertyaudit.sheets.kinds import KINDS
from tests import factories
from tests.imports import xls
from tests.imports.makers import book, web

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
CONTENT = f"""<?xml version="1.0"?><office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:table="{OFFICE}table:1.0"
 xmlns:text="{OFFICE}text:1.0"><office:body><office:spreadsheet><table:table table:name="表"><table:table-row>
 <table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell>
 <table:table-cell office:value-type="string"><text:p>账号</text:p></table:table-cell></table:table-row><table:table-row>
 <table:table-cell office:value-type="string"><text:p>甲某</text:p></table:table-cell>
 <table:table-cell office:value-type="string"><text:p>jia01</text:p></table:table-cell></table:table-row>
 </table:table></office:spreadsheet></office:body></office:document-content>""".replace("\n ", " ").replace(
    "> <", "><"
)


MANIFEST = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0"/>'


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def xlsx(**more):
    """A workbook with parts it should not have."""
    given = book(("姓名", "账号"), ("甲某", "jia01")).read()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(given)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name.replace("/", "__") not in more:
                new.writestr(name, old.read(name))
        for name, content in more.items():
            new.writestr(name.replace("__", "/"), content)
    return out.getvalue()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}<sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>账号</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>甲某</t></is></c><c r="B2" t="inlineStr"><is><t>jia01</t></is></c></row>'
    "</sheetData>{}</worksheet>"
)


def hidden():
    """A workbook whose only filled sheet nobody sees."""
    made = Workbook()
    made.active.append(["姓名", "账号"])
    made.active.sheet_state = "hidden"
    made.create_sheet("空表")
    made.active = 1
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def ole(*names):
    return OLE + b"".join(f"{name}\0".encode("utf-16-le") for name in ("Workbook", *names))


@pytest.mark.once
@pytest.mark.parametrize(("data", "name", "words"), [
    (xlsx(**{"xl__vbaProject.bin": b"x"}), "a.xlsx", "宏"),
    (xlsx(**{"xl__externalLinks__externalLink1.xml": b"<a/>"}), "a.xlsx", "断开链接"),
    (xlsx(**{"xl__embeddings__oleObject1.bin": b"x"}), "a.xlsx", "嵌入"),
    (xlsx(**{"xl__big.xml": b"0" * 210_000_000}), "a.xlsx", "展开后过大"),
    (xlsx()[:-40], "a.xlsx", "损坏"),
    (ole("EncryptedPackage"), "a.xlsx", "打开密码"),
    (ole("EncryptedPackage", "DRMEncryptedDataSpace"), "a.xlsx", "权限管理"),
    (ole("_VBA_PROJECT_CUR"), "a.xls", "宏"),
    (ole(), "a.xls", "损坏"),
    (zipped(mimetype=ODS, **{"Basic__a.xml": "x", "content.xml": CONTENT}), "a.ods", "宏"),
    (zipped(mimetype=ODS, **{"META-INF__manifest.xml": "<encryption-data/>", "content.xml": CONTENT}), "a.ods", "打开密码"),
    (xls.book(("姓名",), locked=True), "a.xls", "打开密码"),
    (xls.compound(EncryptionInfo=b"x", EncryptedPackage=b"x"), "a.xlsx", "打开密码"),
    (xls.compound(EncryptedPackage=b"x", DRMEncryptedDataSpace=b"x"), "a.xlsx", "权限管理"),
    (xls.compound(Workbook=xls.stream(("姓名",)), _VBA_PROJECT=b"x"), "a.xls", "宏"),
    (xls.compound(**{"Workbook": xls.stream(("姓名",)), "\x01Ole10Native": b"x"}), "a.xls", "嵌入"),
    (xls.book(("姓名",), links=xls.supbook("\x01台账.xls")), "a.xls", "断开链接"),
    (xls.book(("姓名",), links=xls.OWN_BOOK + xls.supbook("\x01\x05http://a/b.xls")), "a.xls", "断开链接"),
    (xls.book(("姓名",), links=xls.supbook("prog\x03topic", ())), "a.xls", "断开链接"),
    (xls.scattered(("姓名",), links=xls.supbook("\x01台账.xls")), "a.xls", "断开链接"),
    (xls.old(b"\x01[b.xls]S"), "a.xls", "断开链接"), (xls.compound(Workbook=b"x" * 40), "a.xls", "损坏"),
    (xls.compound(WordDocument=b"x"), "a.xls", "不是表格文件"), (xls.book(("姓名",), ("甲",))[:2000], "a.xls", "损坏"),
    (xls.book(), "a.xls", "空的"), (hidden(), "a.xlsx", "隐藏的工作表"),
    (xlsx(**{"xl__worksheets__sheet1.xml": "<worksheet><sheetData><row>"}), "a.xlsx", "损坏"),
    (xlsx(**{"xl__worksheets__sheet1.xml": f"<!DOCTYPE a>{SHEET.format('', '')}"}), "a.xlsx", "内部结构"),
    (xlsx(**{"xl__media__a.zip": zipped(a="x")}), "a.xlsx", "夹带"),
    (b"%PDF-1.7", "a.pdf", "不是表格文件"), (b"<html>", "a.xls", "损坏"), (b"", "a.csv", "空的"),
    ("甲,乙\n".encode() * 60_000, "a.csv", "最多 50000 行"),
])  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_in_one_sentence(data, name, words):
    refused = pytest.raises(
        RuleBroken, lambda: reading.read(reading.content_of(SimpleUploadedFile(name, data)), name)
    )
    assert words in str(refused.value)
    assert str(refused.value).count("。") == 1


@pytest.mark.once
def test_a_sheet_that_says_it_is_as_wide_as_can_be_is_read_by_what_it_holds():
    wide = Workbook()
    wide.active.append(["姓名", "账号"])
    wide.active.append(["甲某", "jia01"])
    wide.active.cell(3, 16_384).fill = __import__("openpyxl").styles.PatternFill("solid", fgColor="FFFF0000")
    out = io.BytesIO()
    wide.save(out)
    assert reading.read(out.getvalue(), "a.xlsx").rows == [["姓名", "账号"], ["甲某", "jia01"]]


@pytest.mark.once
@pytest.mark.parametrize("areas", [
    ["A1:XFD1048576"], ["A1:XFD1"] * 600, ["A1:B2", "B1:C3", "A1:A5"], ["A2:B2", "C9:D12"],
])  # fmt: skip
def test_merged_nonsense_and_an_absurd_extent_are_read_by_what_they_hold(areas):
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    sheet = SHEET.format('<dimension ref="A1:XFD1048576"/>', f"<mergeCells>{merged}</mergeCells>")
    grid = reading.read(xlsx(**{"xl__worksheets__sheet1.xml": sheet}), "a.xlsx")
    assert [list(row) for row in grid.rows] == [["姓名", "账号"], ["甲某", "jia01"]]
    found = headings.find(grid, KINDS["users"].columns(), {})
    assert (found.row, [head.name for head in found.heads][:2]) == (0, ["name", "username"])


@pytest.mark.once
def test_a_workbook_of_excel_97_is_read_with_its_days_figures_and_merged_title():
    data = xls.book(
        ("青禾县账号清册", None), ("姓名", "账号", "日期"), ("甲某😀", "jia01", (46348,)), ("=1+1", 12.5, "-"), merged=((0, 0, 0, 2),)
    )  # fmt: skip
    grid = reading.read(data, "a.xls")
    assert [list(row) for row in grid.rows] == [
        ["青禾县账号清册"], ["姓名", "账号", "日期"], ["甲某😀", "jia01", date(2026, 11, 22)], ["=1+1", 12.5, "-"],
    ]  # fmt: skip
    assert (grid.extension, headings.find(grid, KINDS["users"].columns(), {}).row) == ("xls", 1)
    assert reading.read(data, "x.xls", again=True) == grid


@pytest.mark.once
@pytest.mark.parametrize(("data", "name"), [
    ("姓名,账号\n甲某,jia01\n".encode("gb18030"), "a.csv"), ("\ufeff姓名\t账号\r\n甲某\tjia01\r\n".encode(), "a.csv"),
    (zipped(mimetype=ODS, **{"content.xml": CONTENT, "META-INF__manifest.xml": MANIFEST}), "a.ods"),
])  # fmt: skip
def test_other_formats_say_the_same(data, name):
    grid = reading.read(data, name)
    assert [list(row) for row in grid.rows] == [["姓名", "账号"], ["甲某", "jia01"]]
    assert reading.read(data, name, again=True) == grid


@pytest.mark.once
def test_a_title_above_the_heads_hides_no_separator():
    said = reading.read("青禾县账号清册\n姓名,账号\n甲某,jia01\n".encode("gb18030"), "a.csv").rows
    assert [list(row) for row in said] == [["青禾县账号清册"], ["姓名", "账号"], ["甲某", "jia01"]]


@pytest.mark.once
@pytest.mark.parametrize("said", [
    "2026-11-22", "2026/11/22", "2026.11.22", "2026年11月22日", "20261122", "2026-11-22 00:00:00", "二〇二六年十一月二十二日",
    "２０２６．１１．２２", "2026年11月22号", 46348.0,
])  # fmt: skip
def test_a_day_is_read_in_many_spellings(said):
    from povertyaudit.core.forms import DateField

    assert str(cells.reader(DateField(label="日"), None)(said)) == "2026-11-22"


@pytest.mark.django_db
def test_every_kind_has_a_template_that_is_taken_as_it_is(people):
    by = {
        "leads": "petition", "persons": "petition", "findings": "patroloffice", "items": "inspector1", "projects": "official",
        "payments": "official", "misuses": "finance", "recoveries": "finance", "units": "casemgr", "users": "sysadmin",
    }  # fmt: skip
    assert set(by) == set(KINDS)
    for code, user in by.items():
        answer = web(getattr(people, user)).get(f"/imports/templates/{code}.xlsx")
        made = load_workbook(io.BytesIO(answer.content))
        sheet = made.worksheets[0]
        heads = [cell.value for cell in sheet[1]]
        assert heads == [column.label for column in KINDS[code].columns()]
        assert sheet.data_validations.count or code == "users"
        grid = reading.read(answer.content, "模板.xlsx")
        found = headings.find(grid, KINDS[code].columns(), {})
        assert [head.name for head in found.heads] == [column.name for column in KINDS[code].columns()]
        file = SimpleUploadedFile("模板.xlsx", answer.content)
        left = pytest.raises(
            RuleBroken, services.take_in, by=factories.fresh(getattr(people, user)), kind=code, file=file
        )
        assert "没有内容" in str(left.value), code  # the example is no row
    assert web(people.official).get("/imports/templates/leads.xlsx").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize(
    "links", [xls.OWN_BOOK, xls.OWN_BOOK + xls.ADD_IN, xls.UNUSED], ids=["own", "add_in", "unused"]
)
def test_an_xls_that_looks_only_into_itself_is_read(links):
    rows = ("姓名", "账号"), ("甲某", "jia01")
    for data in (xls.book(*rows, links=links), xls.scattered(*rows, links=links)):
        assert reading.read(data, "a.xls").rows == [list(row) for row in rows]


@pytest.mark.once
def test_links_of_an_old_workbook_into_itself_are_none():
    for own in (b"\x02", b"\x03\x53", b"\x3a", b""):
        assert not biff.is_linked(xls.old(own))
    small = xls.compound(Workbook=b"")
    pytest.raises(biff.Broken, biff.is_linked, small[:600])
