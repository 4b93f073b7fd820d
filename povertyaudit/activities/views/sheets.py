"""Pages of the import: the template, the file looked through, its lines, brought in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.generic import View

from povertyaudit.activities.forms.sheets import SheetForm
from povertyaudit.activities.models import ActivitySheet, ActivitySheetLine
from povertyaudit.activities.paper_filters import ActivitySheetFilter
from povertyaudit.activities.services import sheet_rows, sheets
from povertyaudit.activities.views.activities import PARENT, SECTION
from povertyaudit.activities.views.papers import Kept
from povertyaudit.activities.workflow.sheets import ACTIVITY_SHEET
from povertyaudit.core import ledger
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    Fact,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Table,
)
from povertyaudit.core.views.base import Page

SHEETS = ("活动导入表", "/activity-sheets/")
SHOWN = 200
LINES = (
    Column("place", "行", kind="number", phone="side"),
    Column("title", "名称", phone="main"),
    Column("kind.name", "类别", phone="sub"),
    Column("unit.name", "举办单位", phone="hide"),
    Column("starts_on", "日期", kind="date", phone="hide"),
    Column("sessions", "场次", kind="number", phone="hide"),
    Column("times", "人次", kind="number", phone="hide"),
    Column("persons", "人数", kind="number", phone="hide"),
    Column("became", "结果", value=lambda line: _became(line), phone="last"),
)


def _became(line: ActivitySheetLine) -> str:
    if line.activity is None:
        return "待导入"
    return f"已登记过，见 {line.activity.number}" if line.known else f"新登记 {line.activity.number}"


class ActivitySheetList(Kept, ListPage):
    queryset = ActivitySheet.objects.for_list()
    section, title, parent = SECTION, "活动导入表", PARENT
    filterset_class = ActivitySheetFilter
    main_filters: Any = ("q", "state")
    columns: Any = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "文件", phone="main"),
        Column("unit.name", "导入单位", phone="sub"),
        Column("rows_given", "行数", kind="number", phone="hide"),
        Column("rows_known", "已登记过", kind="number", phone="hide"),
        Column("rows_made", "新登记", kind="number", phone="hide"),
        Column("created_at", "上传时间", kind="moment", order="created_at", phone="side"),
        Column("state", "状态", kind="state"),
    )
    order = "-created_at"
    create_url, create_label = "/activity-sheets/new/", "从表格导入"
    empty = "没有导入过表格。"


class ActivitySheetPage(RecordPage):
    queryset = ActivitySheet.objects.for_list()
    section, workflow, parent = SECTION, ACTIVITY_SHEET, SHEETS

    def facts(self) -> list[Facts]:
        row = self.object
        return [Facts("导入表", [
            Fact("文件", row.file_name), Fact("导入单位", row.unit.name), Fact("行数", row.rows_given),
            Fact("已登记过", row.rows_known), Fact("新登记", row.rows_made), Fact("上传人", row.taken_by.display_name),
        ])]  # fmt: skip

    def tables(self) -> list[Table]:
        rows = self.object.lines.select_related("kind", "unit", "activity")[:SHOWN]
        title = "各行" if self.object.rows_given <= SHOWN else f"各行（前 {SHOWN} 行）"
        return [Table(title, LINES, rows, "没有行。", key="lines")]

    def missing(self) -> list[Missing]:
        row = self.object
        if "bring_in" not in {step.name for step in ACTIVITY_SHEET.offered(row, self.user)}:
            return []
        fresh = row.rows_given - row.rows_known
        text = f"表格没有错误，{fresh} 行可以导入，{row.rows_known} 行登记过、不会重复登记，请核对后导入或者放弃。"
        return [Missing(text, f"{row.get_absolute_url()}bring_in/")]


class NewActivitySheet(Kept, CreatePage):
    section, title, label, parent = SECTION, "从表格导入活动", "上传并核对", SHEETS
    template_name = "activities/sheet_form.html"
    form_class, perform = SheetForm, staticmethod(sheets.take_in)
    intro = "先核对：有错的一次全部指出哪一行哪一列，什么也不保存；没有错的，看过以后再导入。同一单位、类别、名称、日期的不会重复登记。"
    done = "表格已经读完，请核对后导入。"


class ActivitySheetAct(ActPage):
    queryset, section, workflow = ActivitySheet.objects.for_list(), SECTION, ACTIVITY_SHEET


class Template(Page, View):
    """The columns with one line as an example, for a spreadsheet."""

    section = SECTION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        heads = [sheet_rows.HEADS.spellings[name][0] for name in sheet_rows.HEADS.bare]
        content = b"".join(ledger.csv_table(heads, [list(sheet_rows.EXAMPLE)]))
        headers = {
            "Content-Disposition": content_disposition_header(True, "活动导入模板.csv") or "attachment"
        }
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
