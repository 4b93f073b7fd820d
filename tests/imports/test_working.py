"""A locked sheet goes to a township without network and comes back: every cell is compared three ways."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from cases.models import Category
from cases.services import registering
from funds.services import projects
from inspections.models import Finding
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import AuditEntry, Region
from povertyaudit.sheets import services
from povertyaudit.sheets.models import SheetImport
from povertyaudit.sheets.services import keeping
from tests import factories
from tests.funds import project_makers
from tests.imports.makers import api, opened, text, web
from tests.inspections import makers as rounds
from tests.rectification import makers as items

pytestmark = pytest.mark.django_db
AWKWARD = "=1+1\n+2 \t-3 @x “引号”,逗号;分号 😀 １２３４５６７８９０１２３４５６７８９ '撇"


def fetched(user, kind):
    answer = web(user).get(f"/imports/working/{kind}.xlsx")
    assert answer.status_code == 200, text(answer)
    return load_workbook(io.BytesIO(answer.content))


def sent_back(user, book, kind="projects"):
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("工作表.xlsx", out.getvalue())
    return services.take_in(by=factories.fresh(user), kind=kind, file=file)


def at(sheet, line, heading):
    return next(cell for cell in sheet[line] if sheet.cell(2, cell.column).value == heading)


def test_each_cell_is_applied_left_or_told_as_a_conflict_and_decided_in_the_page_or_in_the_workbook(people):
    one, other = (project_makers.stored(people, title=title, targets="原来") for title in ("甲路", "乙路"))
    book = fetched(people.official, "projects")
    sheet = book["项目"]
    assert (sheet.protection.sheet, sheet["A3"].protection.locked, sheet.column_dimensions["A"].hidden) == (
        True,
        True,
        True,
    )
    lines = {at(sheet, line, "项目名称").value: line for line in (3, 4)}
    assert at(sheet, 3, "项目名称").protection.locked is False
    at(sheet, lines["甲路"], "绩效目标").value = "乡镇改的"
    at(sheet, lines["乙路"], "绩效目标").value = "乡镇改的"
    at(sheet, lines["乙路"], "具体地点").value = "新地点"
    projects.amend(other, by=factories.fresh(people.unithead), targets="县里改的", sum_checked=True)
    row = sent_back(people.official, book)
    assert (row.is_working, row.rows_changed, row.rows_refused) == (True, 1, 1), [
        r.problems for r in row.rows.all()
    ]
    clash = row.rows.get(line=lines["乙路"])
    assert clash.conflicts["targets"][:3] == ["乡镇改的", "县里改的", people.unithead.display_name]
    marked = opened(keeping.of(row, keeping.MARKED))
    page = text(web(people.official).get(f"{row.get_absolute_url()}settle/"))
    assert "用表格里的：乡镇改的" in page
    here = f"/api/v1/imports/{row.public_id}/"
    wrong = api(people.official).post(f"{here}settle/", {"choices": {"9:title": "now"}}, format="json")
    assert wrong.status_code == 422
    settled = web(people.official).post(f"{row.get_absolute_url()}settle/", {f"{clash.line}:targets": "now"})
    assert settled.status_code == 302
    row.refresh_from_db()
    assert (row.rows_changed, row.rows_refused) == (2, 0)
    services.bring_in(row, by=factories.fresh(people.official))
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.targets, other.targets, other.place) == ("乡镇改的", "县里改的", "新地点")
    again = sent_back(people.official, marked)
    assert (again.rows_refused, again.rows_changed) == (0, 1), [r.problems for r in again.rows.all()]
    services.bring_in(again, by=factories.fresh(people.official))
    other.refresh_from_db()
    assert other.targets == "乡镇改的"


def test_what_may_not_be_changed_or_was_forged_is_refused(people):
    project_makers.stored(people)
    book = fetched(people.finance, "projects")
    book["_系统"]["B2"] = "7"
    assert "隐藏的部分被改动过" in str(pytest.raises(RuleBroken, sent_back, people.finance, book).value)
    lead = registering.register(
        by=people.petition, channel="letter", received_on=moment.today(), title="摘要", text="文",
        category=Category.objects.on().filter(axis="corruption").first(), region=Region.objects.get(code=factories.VILLAGE),
    )  # fmt: skip
    book = fetched(people.petition, "leads")
    at(book["问题线索"], 3, "来源渠道").value = "来访"
    row = sent_back(people.petition, book)
    assert "登记以后不能在表格里修改" in str(row.rows.get().problems)
    assert web(people.neighbourofficial).get("/imports/working/leads.xlsx").status_code == 404
    assert lead.number


def test_what_goes_out_and_comes_back_untouched_changes_nothing_whatever_stands_in_it(people):
    project_makers.stored(people, title="=A1", content=AWKWARD, targets="", place="'0012", households=0)
    finding = rounds.finding(people, rounds.round_(people), text=AWKWARD, amount_fen=123_456_789_012_345)
    assert Finding.objects.filter(pk=finding.pk).exists()
    registering.register(
        by=people.petition, channel="letter", received_on=moment.today(), title="-1", text=AWKWARD, amount_fen=1,
        category=Category.objects.on().filter(axis="corruption").first(), region=Region.objects.get(code=factories.VILLAGE),
        subjects=[{"name": "柏·某"}, {"name": "石某"}],
    )  # fmt: skip
    items.at(items.people(), "draft")
    for user, kind in (
        ("finance", "projects"),
        ("patroloffice", "findings"),
        ("petition", "leads"),
        ("inspector1", "items"),
    ):
        row = sent_back(getattr(people, user), fetched(getattr(people, user), kind), kind)
        assert (row.rows_given, row.rows_same) == (row.rows_same, row.rows_given), (
            kind,
            [r.problems for r in row.rows.all()],
        )
        assert SheetImport.objects.get(pk=row.pk).rows_same > 0


def test_any_list_goes_out_as_excel_with_dates_as_dates_and_sums_as_figures(people):
    row = project_makers.stored(people, title="=1+1", planned_fen=80_000_050)
    desk = web(people.finance)
    answer = desk.get("/projects/?format=xlsx&columns=number,title,planned_fen,plan_end")
    assert "attachment" in answer.headers["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    heads, cells = (list(line) for line in (sheet[3], sheet[4]))
    assert [cell.value for cell in heads][:2] == ["项目编号", "项目名称"]
    assert (cells[0].value, cells[1].value, cells[1].data_type) == (row.number, "=1+1", "s")
    assert 800_000.5 in [cell.value for cell in cells]
    assert sheet["A1"].value.startswith("项目")
    assert "导出 Excel" in text(desk.get("/projects/"))
    assert "导出工作表" in text(desk.get("/projects/"))
    assert AuditEntry.objects.filter(verb="export.list", changes__format="xlsx").count() == 1
