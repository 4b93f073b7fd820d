"""Pages of projects: the store, the record, one form a verb."""

from functools import cached_property
from typing import Any

from django.forms import BaseForm

from funds import notice_pages
from funds import project_pages as pages
from funds.forms import building as building_forms
from funds.forms import projects as forms
from funds.models import Project
from funds.project_filters import ProjectFilter, late
from funds.services import building, notice_rules, projects, reviewing
from funds.services.notice_rules import Cell
from funds.workflow.project_who import BUILDERS, ENTERERS, units_by
from funds.workflow.projects import PROJECT
from povertyaudit.core import moment
from povertyaudit.core.models import Attachment
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    EditPage,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Tab,
    Table,
)
from povertyaudit.core.views.records import Verb

SECTION, PROJECTS = "projects", ("项目库", "/projects/")


class ProjectList(ListPage):
    queryset = Project.objects.for_list()
    section, title = SECTION, "项目库"
    filterset_class = ProjectFilter
    main_filters = ("q", "state", "kind")
    columns = (
        Column("number", "项目编号", kind="link", order="number"),
        Column("title", "项目名称", phone="main"),
        Column("region.name", "建设地点", phone="hide"),
        Column("kind.name", "类别", phone="hide"),
        Column("responsible_unit.name", "实施单位", phone="sub"),
        Column("planned_fen", "计划投资（元）", kind="money", order="planned_fen", phone="side"),
        Column("funded_fen", "安排资金（元）", kind="money", order="funded_fen", phone="hide"),
        Column("paid_fen", "已拨付（元）", kind="money", order="paid_fen", phone="hide"),
        Column("spent_fen", "已支出（元）", kind="money", order="spent_fen", shown=False),
        Column("plan_end", "计划完工", kind="date", order="plan_end", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("year", "年度", shown=False),
        Column("region.path_name", "地区全称", shown=False),
        Column("content", "建设内容", shown=False),
        Column("sector_unit.name", "主管部门", shown=False),
        Column("contractor", "施工单位", shown=False),
        Column("approval_no", "批复文号", shown=False),
        Column("approved_fen", "批复金额（元）", kind="money", shown=False),
        Column("contract_fen", "合同金额（元）", kind="money", shown=False),
        Column("settled_fen", "审定金额（元）", kind="money", shown=False),
        Column("plan_start", "计划开工", kind="date", order="plan_start", shown=False),
        Column("started_on", "开工", kind="date", shown=False),
        Column("completed_on", "完工", kind="date", shown=False),
        Column("accepted_on", "验收", kind="date", shown=False),
        Column("households", "受益户数", kind="number", shown=False),
        Column("persons", "受益人数", kind="number", shown=False),
        Column("stored_on", "入库日期", kind="date", order="stored_on", shown=False),
    )
    order = "-stored_on"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("review", "会审中", lambda rows, user: rows.filter(state="review")),
        Tab("not_started", "已批复未开工", lambda rows, user: rows.not_started()),
        Tab("late", "超过工期未完工", lambda rows, user: late(rows, "end")),
        Tab(
            "to_notice",
            "公示待办",
            lambda rows, user: rows.filter(notice_rules.owing(), responsible_unit__in=user.unit_ids),
            BUILDERS,
        ),
        Tab("notices", "公示不全", lambda rows, user: rows.filter(notice_rules.gaps_in())),
    )
    create_url, create_label = "/projects/new/", "申报入库"
    import_kind, sends_working = "projects", True
    exports = (("导出台账", "/api/v1/projects/ledger.csv"),)
    empty = "没有符合条件的项目。"

    def may_create(self) -> bool:
        return bool(self.user.roles & ENTERERS)


class ProjectPage(RecordPage):
    queryset = Project.objects.for_list()
    section, workflow, parent = SECTION, PROJECT, PROJECTS
    in_tables = notice_pages.VERBS | {"set_lines", "answer_double", "report_progress", "attach"}

    @cached_property
    def offered(self) -> dict[str, str]:
        return {step.name: step.label for step in PROJECT.offered(self.object, self.user)}

    @cached_property
    def files(self) -> list[Attachment]:
        return pages.files_of(self.object, self.user)

    def facts(self) -> list[Facts]:
        return pages.facts(self.object)

    @cached_property
    def cells(self) -> list[Cell]:
        """The nine places of public notices, once approved."""
        return notice_rules.cells(self.object) if self.object.approved_on else []

    def tables(self) -> list[Table]:
        row, verbs = self.object, self.offered
        *others, files = pages.tables(row, self.user, verbs, self.files)
        return [*others, *notice_pages.tables(row, self.user, verbs, self.cells, self.files), files]

    def missing(self) -> list[Missing]:
        row, verbs = self.object, self.offered
        return [*pages.missing(row, verbs), *notice_pages.missing(row, self.user, verbs, self.cells)]

    def verbs(self) -> list[Verb]:
        return [verb for verb in super().verbs() if verb.name not in self.in_tables]


class NewProject(CreatePage):
    section, title, label, parent = SECTION, "申报入库", "申报入库", PROJECTS
    form_class, perform = forms.ProjectForm, staticmethod(projects.store)

    def may_open(self) -> bool:
        return bool(self.user.roles & ENTERERS)

    def get_initial(self) -> dict[str, Any]:
        post = self.user.post_as(BUILDERS)
        unit = post.unit if post and units_by(self.user, BUILDERS) else None
        return {"year": moment.today().year, "responsible_unit": unit}


class AmendProject(EditPage):
    queryset, section, workflow = Project.objects.for_list(), SECTION, PROJECT
    form_class, perform, title = forms.ProjectForm, staticmethod(projects.amend), "修改项目"


class ProjectAct(ActPage):
    queryset, section, workflow = Project.objects.for_list(), SECTION, PROJECT
    today_in = ""  # the date field that is today where nobody says otherwise

    def get_initial(self) -> dict[str, Any]:
        return {self.today_in: moment.today()} if self.today_in else {}


def about(row: Project) -> list[Facts | Table]:
    """What lies before whoever reviews: the project and what it may be a double of."""
    doubles = row.doubles.for_list()
    return [
        *pages.facts(row)[:2],
        Table("疑似重复的项目", pages.DOUBLE_COLUMNS, doubles, "没有发现地点、内容或者资金相同的项目。"),
    ]


class SubmitReview(ProjectAct):
    verb, perform, form_class = "submit_review", staticmethod(reviewing.submit_review), forms.SurveyForm
    today_in = "surveyed_on"
    done = "已提请会审，疑似重复的项目列在下面。"


class AnswerDouble(ProjectAct):
    verb, perform, form_class = "answer_double", staticmethod(reviewing.answer_double), forms.DoubleForm
    shows = staticmethod(about)

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        field: Any = form.fields["double"]
        field.queryset = self.object.doubles.visible_to(self.user).for_list()
        return form


class Approve(ProjectAct):
    verb, perform, form_class = "approve", staticmethod(reviewing.approve), forms.ApprovalForm
    formset_classes = {"lines": forms.LineFormSet}  # noqa: RUF012 — as the base class has it
    shows = staticmethod(about)

    def get_initial(self) -> dict[str, Any]:
        today = moment.today()
        return {"reviewed_on": today, "approved_on": today, "approved_fen": self.object.planned_fen}

    def formset_initial(self, name: str) -> list[dict[str, Any]] | None:
        return lines_of(self.object) or None


def lines_of(row: Project) -> list[dict[str, Any]]:
    """The lines that stand, as rows of the form."""
    return [
        {"allocation": line.allocation.public_id, "amount_fen": line.amount_fen}
        for line in row.lines.select_related("allocation")
    ]


class SetLines(ProjectAct):
    verb, perform, form_class = "set_lines", staticmethod(projects.set_lines), forms.LinesForm
    formset_classes = {"lines": forms.LineFormSet}  # noqa: RUF012 — as the base class has it
    intro = "各项资金来源合计应等于批复金额；已经拨付的部分不能减少。"

    def formset_initial(self, name: str) -> list[dict[str, Any]] | None:
        return lines_of(self.object)

    def shows(self, row: Any) -> list[Facts]:
        return [pages.facts(row)[1]]


class ChangePlan(ProjectAct):
    verb, perform, form_class = "change_plan", staticmethod(projects.change_plan), forms.ChangeForm
    intro = "投资变动超过规定的幅度（一般为批复的 10 %），项目回到会审，重新批复后继续实施。"

    def get_initial(self) -> dict[str, Any]:
        return {"planned_fen": self.object.planned_fen, "content": self.object.content}


class Award(ProjectAct):
    verb, perform, form_class = "award", staticmethod(building.award), building_forms.AwardForm
    done = "合同已登记。"

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        return {
            "contractor": row.contractor, "tender_fen": row.tender_fen, "contract_no": row.contract_no,
            "contract_on": row.contract_on or moment.today(), "contract_fen": row.contract_fen,
            "retention_fen": row.retention_fen or None,
        }  # fmt: skip


class Accept(ProjectAct):
    verb, perform, form_class = "accept", staticmethod(building.accept), building_forms.AcceptForm
    today_in = "accepted_on"

    def shows(self, row: Any) -> list[Facts]:
        return pages.facts(row)


class Attach(ProjectAct):
    verb, perform, form_class = "attach", staticmethod(projects.attach), building_forms.PhotoForm

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#files"
