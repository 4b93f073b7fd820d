"""Pages of the monthly sheets of villages, and of what townships add."""

from typing import Any

from funds import village_pages as pages
from funds.forms import village as forms
from funds.models import LocalDuty, VillageSheet
from funds.services import village_duties, village_sheets
from funds.village_filters import LocalDutyFilter, VillageSheetFilter
from funds.village_querysets import fills_in
from funds.workflow.village import LOCAL_DUTY, VILLAGE_SHEET
from inspections.views.at_rows import AtRows
from povertyaudit.core import moment
from povertyaudit.core.models import UnitKind
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Tab,
    Table,
)
from povertyaudit.core.views.records import Verb

SECTION = "village_sheets"
SHEETS, DUTIES = ("村务公开清单", "/village-sheets/"), ("自选公开事项", "/local-duties/")


class VillageSheetList(ListPage):
    queryset = VillageSheet.objects.for_list()
    template_name = "funds/village_sheet_list.html"
    section, title = SECTION, "村务公开清单"
    filterset_class = VillageSheetFilter
    main_filters = ("q", "month", "state")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("region.name", "村", phone="main"),
        Column("month", "月份", order="month", value=lambda row: f"{row.month:%Y-%m}", phone="sub"),
        Column("unit.name", "所属乡镇", phone="hide"),
        Column("gaps", "未公开事项", kind="number", order="gaps", phone="hide"),
        Column("light", "上报时限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
        Column("submitted_on", "上报日期", kind="date", shown=False),
        Column("submitted_by.display_name", "上报人", shown=False),
        Column("checked_on", "核对日期", kind="date", shown=False),
        Column("region.path_name", "地区全称", shown=False),
    )
    order = "-month"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user, moment.today())),
        Tab("missed", "逾期未报", lambda rows, user: rows.missed(moment.today())),
        Tab("gapped", "有未公开事项", lambda rows, user: rows.gapped()),
        Tab("runs", "连续两个月缺报", lambda rows, user: rows.last_of_runs(moment.today(), 2)),
    )
    empty = "没有符合条件的清单。"
    empty_hint = "每月第一天自动生成本月清单。"


class VillageSheetPage(RecordPage):
    queryset = VillageSheet.objects.for_page()
    section, workflow, parent = SECTION, VILLAGE_SHEET, SHEETS

    def facts(self) -> list[Facts]:
        return pages.facts(self.object)

    def tables(self) -> list[Table]:
        return [pages.lines(self.object)]

    def missing(self) -> list[Missing]:
        return pages.missing(
            self.object, {step.name for step in VILLAGE_SHEET.offered(self.object, self.user)}
        )

    def verbs(self) -> list[Verb]:
        """Photos come with the form."""
        return [verb for verb in super().verbs() if verb.name != "attach"]


class SheetAct(ActPage):
    queryset, section, workflow = VillageSheet.objects.for_page(), SECTION, VILLAGE_SHEET

    def shows(self, row: Any) -> list[Facts | Table]:
        return [*pages.facts(row), pages.lines(row)]


class Fill(AtRows, ActPage):
    """One screen on a phone: a photo of the board, and one tap a duty."""

    queryset, section, workflow = VillageSheet.objects.for_page(), SECTION, VILLAGE_SHEET
    verb, form_class, perform = "fill", forms.FillForm, staticmethod(village_sheets.fill)
    formset_classes = {"answers": forms.AnswerRows}  # noqa: RUF012 — as the base class has it
    template_name = "funds/village_fill.html"
    done = "已保存。"

    def get_title(self) -> str:
        return f"填报 {self.object.title}"

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        standing = {line.code: line for line in self.object.lines.all()}
        found = []
        for duty in self.duties():
            line, row = standing.get(duty.code), {"duty": duty.code}
            if line is not None:
                row |= {"answer": line.answer, "published_on": line.published_on, "reason": line.reason}
            found.append(row)
        return found

    def duties(self) -> list[village_duties.Duty]:
        if not hasattr(self, "_duties"):
            self._duties = village_duties.duties_of(self.object)
        return self._duties

    def get_formsets(self) -> dict[str, Any]:
        found = super().get_formsets()
        with_photo = {line.code for line in self.object.lines.all() if line.photo_id}
        for form, duty in zip(found["answers"].forms, self.duties(), strict=False):
            added = "（乡镇增加）" if duty.local else ""
            form.heading = f"{duty.name}{added}"
            if duty.code in with_photo:
                form.fields["photo"].label = "本项照片（已有，不换的不选）"
        return found

    def done_sentence(self, record: Any) -> str:
        return "已填报并上报。" if record.state == "submitted" else self.done


class LocalDutyList(ListPage):
    queryset = LocalDuty.objects.for_list()
    section, title, parent = SECTION, "自选公开事项", SHEETS
    filterset_class = LocalDutyFilter
    main_filters = ("q", "state")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("name", "公开事项", phone="main"),
        Column("region.name", "乡镇或者村", phone="sub"),
        Column("from_month", "起始月份", order="from_month", value=lambda row: f"{row.from_month:%Y-%m}"),
        Column("to_month", "截止月份", value=lambda row: f"{row.to_month:%Y-%m}" if row.to_month else "长期", phone="hide"),
        Column("basis", "为什么增加", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("entered_by.display_name", "登记人", shown=False),
    )  # fmt: skip
    order = "-from_month"
    create_url, create_label = "/local-duties/new/", "增加公开事项"
    empty = "没有乡镇增加的公开事项。"

    def may_create(self) -> bool:
        return adds(self.user)


def adds(user: Any) -> bool:
    """Whether he holds a post of a township."""
    return any(fills_in(post) and post.unit.kind == UnitKind.TOWNSHIP for post in user.current_posts())


class LocalDutyPage(RecordPage):
    queryset = LocalDuty.objects.for_list()
    section, workflow, parent = SECTION, LOCAL_DUTY, DUTIES

    def facts(self) -> list[Facts]:
        return pages.duty_facts(self.object)


class NewLocalDuty(CreatePage):
    section, title, label, parent = SECTION, "增加自选公开事项", "增加", DUTIES
    form_class, perform = forms.LocalDutyForm, staticmethod(village_duties.add_duty)

    def may_open(self) -> bool:
        return adds(self.user)


class EndLocalDuty(ActPage):
    queryset, section, workflow = LocalDuty.objects.for_list(), SECTION, LOCAL_DUTY
    verb, form_class, perform = "end", forms.EndDutyForm, staticmethod(village_duties.end_duty)
