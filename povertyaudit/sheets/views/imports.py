"""Pages of an import: upload, what was found row by row, which column is which, bring in, drop, undo."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.views.generic import View

from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError
from povertyaudit.core.scope import ScopedMixin
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
from povertyaudit.core.views.refusals import plain
from povertyaudit.sheets import blank, services
from povertyaudit.sheets.filters import SheetImportFilter
from povertyaudit.sheets.forms import RemapForm, SettleForm, UploadForm
from povertyaudit.sheets.kinds import KINDS, kind_of, offered
from povertyaudit.sheets.lines import lacking
from povertyaudit.sheets.models import ImportState, Outcome, SheetImport
from povertyaudit.sheets.pages import Progress, first_rows, progress_of, why_of
from povertyaudit.sheets.services import keeping, sending
from povertyaudit.sheets.workflow import SHEET_IMPORT

SECTION = "imports"
IMPORTS = ("表格导入", "/imports/")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportList(ListPage):
    queryset = SheetImport.objects.for_list()
    section, title = SECTION, "表格导入"
    filterset_class = SheetImportFilter
    main_filters = ("q", "kind", "state")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("file_name", "文件", phone="main"),
        Column("kind", "内容", value=lambda row: kind_of(row.kind).label, phone="sub"),
        Column("rows_given", "行数", kind="number", phone="side"),
        Column("rows_new", "新增", kind="number", phone="hide"),
        Column("rows_changed", "修改", kind="number", phone="hide"),
        Column("rows_same", "没有变化", kind="number", phone="hide"),
        Column("rows_refused", "有错", kind="number", phone="hide"),
        Column("created_at", "上传时间", kind="moment", order="created_at", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    order = "-created_at"
    create_url, create_label = "/imports/new/", "导入表格"
    empty = "还没有导入过表格。"
    unit_word = "份"

    def may_create(self) -> bool:
        return bool(offered(self.user))


class ImportPage(RecordPage):
    queryset = SheetImport.objects.for_list()
    section, workflow, parent = SECTION, SHEET_IMPORT, IMPORTS
    template_name = "sheets/import.html"

    def facts(self) -> list[Facts]:
        row = self.object
        given = [
            Fact("内容", kind_of(row.kind).label), Fact("工作表", row.sheet_name), Fact("表头", f"第 {row.head_row} 行"),
            Fact("行数", row.rows_given), Fact("上传人", row.taken_by.display_name),
        ]  # fmt: skip
        return [Facts("表格", given), *self._found()]

    def _found(self) -> list[Facts]:
        row = self.object
        if row.state in (ImportState.STAGED, ImportState.CHECKING):
            return []
        done = row.state in (ImportState.IMPORTED, ImportState.UNDOING, ImportState.UNDONE)
        words = (
            ("新增", "修改", "没有变化", "有错，没有导入")
            if done
            else ("将新增", "将修改", "没有变化", "有错")
        )
        counts = (row.rows_new, row.rows_changed, row.rows_same, row.rows_refused)
        return [
            Facts(
                "结果" if done else "核对结果", [Fact(word, n) for word, n in zip(words, counts, strict=True)]
            )
        ]

    def tables(self) -> list[Table]:
        row = self.object
        heads = Table(
            "列的对应", (Column("heading", "表格里的列名", phone="main"), Column("taken", "对应", phone="sub")),
            _Named.of(row), key="heads",
        )  # fmt: skip
        wrong = Table(
            "有错的行（前 200 行）",
            (
                Column("line", "行", kind="number", phone="first"),
                Column("why", "问题", value=lambda one: why_of(row, one), phone="main"),
            ),
            first_rows(row, Outcome.REFUSED), key="refused",
        )  # fmt: skip
        made = Table(
            "写入的记录（前 200 行）",
            (
                Column("line", "行", kind="number", phone="first"),
                Column("target_number", "编号", value=_linked(row), phone="main"),
                Column("outcome", "结果", value=lambda one: one.get_outcome_display(), phone="sub"),
            ),
            first_rows(row, None), key="written",
        )  # fmt: skip
        return [
            heads,
            *([wrong] if row.rows_refused else []),
            *([made] if row.state == ImportState.IMPORTED else []),
        ]

    def missing(self) -> list[Missing]:
        row = self.object
        here = row.get_absolute_url()
        if row.state == ImportState.STAGED:
            absent = lacking(row.heads, list(kind_of(row.kind).columns()))
            return [Missing(f"没有认出这些必填的列：{'、'.join(absent)}。请核对列。", f"{here}remap/")]
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        progress: Progress | None = progress_of(row)
        return super().get_context_data(
            progress=progress, given=keeping.of(row, keeping.GIVEN),
            marked=keeping.of(row, keeping.MARKED) if row.rows_refused else None, **kwargs,
        )  # fmt: skip


class _Named:
    """A column of the sheet and what it is taken for, as a line of a table."""

    def __init__(self, heading: str, taken: str) -> None:
        self.heading, self.taken = heading, taken

    @classmethod
    def of(cls, row: SheetImport) -> "list[_Named]":
        labels = {column.name: column.label for column in kind_of(row.kind).columns()}
        return [cls(head["heading"], labels.get(head["name"], "（不导入）")) for head in row.heads]


def _linked(row: SheetImport) -> Any:
    url = kind_of(row.kind).row_url

    def cell(one: Any) -> Any:
        if not one.target_id or not url:
            return one.target_number or one.target_id
        return format_html('<a href="{}{}/">{}</a>', url, one.target_id, one.target_number or one.target_id)

    return cell


class NewImport(CreatePage):
    section, title, label, parent = SECTION, "导入表格", "上传并核对", IMPORTS
    form_class, perform = UploadForm, staticmethod(services.take_in)
    template_name = "sheets/new.html"
    intro = "先核对，再导入：将新增、修改哪些行，哪些有错、错在哪一格，全部一次列出；看过以后再决定。"
    done = "表格已经上传。"

    def may_open(self) -> bool:
        return bool(offered(self.user))

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"kind": self.request.GET.get("kind", "")}

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.fields["kind"].choices = [(kind.code, kind.label) for kind in offered(self.user)]
        return form  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kinds=offered(self.user), **kwargs)


class ImportAct(ActPage):
    queryset, section, workflow = SheetImport.objects.for_list(), SECTION, SHEET_IMPORT


class RemapPage(ImportAct):
    verb, perform, form_class = "remap", staticmethod(services.remap), RemapForm
    intro = "左边是表格里的列名，右边选它对应登记的哪一项。您的选择会记住，本单位以后的表格照此对应。"
    done = "列已核对。"

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.of(self.object)
        return form  # type: ignore[no-any-return]


class SettlePage(ImportAct):
    verb, perform, form_class = "settle", staticmethod(services.settle), SettleForm
    intro = "这些格在您填表期间被他人改过。逐处选择：用表格里的，或者保留现在登记的。没有选择的仍算有错，不会导入。"
    done = "冲突已处理。"

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.of(self.object)
        return form  # type: ignore[no-any-return]


class Blank(ScopedMixin, View):
    """The empty sheet of a kind, with drop-downs, remarks and an example."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        wanted = KINDS.get(kind)
        if wanted is None or not wanted.may(self.user):
            raise Http404
        return _file(blank.template(wanted, self.user), f"{wanted.label}导入模板.xlsx")


class Working(ScopedMixin, View):
    """The rows of a list under its conditions, as a locked sheet to be filled in away from here and brought back."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        wanted = KINDS.get(kind)
        if wanted is None or wanted.filters is None or not wanted.may(self.user):
            raise Http404
        try:
            content = sending.sent(wanted, request.GET, request, by=self.user)
        except DomainError as refused:
            return plain(request, refused.status, refused.code, str(refused))
        return _file(content, f"{wanted.label}工作表-{moment.today():%Y%m%d}.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    said = content_disposition_header(True, name) or "attachment"
    headers = {"Content-Type": XLSX, "Content-Disposition": said, "Cache-Control": "no-store"}
    return HttpResponse(content, headers=headers)
