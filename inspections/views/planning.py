"""Pages of 整改方案 and 整改情况报告, and of their joint review."""

from typing import Any

from django.forms import BaseFormSet
from django.utils.html import format_html_join

from inspections import services
from inspections.feedback_filters import PlanFilter
from inspections.forms import feedback as forms
from inspections.models import PlanRow, RectificationPlan, Round
from inspections.pages.parts import seen
from inspections.views.at_rows import AtRows
from inspections.views.books import SECTION, Book
from inspections.views.feedback import PLAN_COLUMNS
from inspections.workflow import ROUND
from inspections.workflow.feedback import PLAN
from povertyaudit.core import render
from povertyaudit.core.forms import PageForm
from povertyaudit.core.models import User
from povertyaudit.core.views import ActPage, Column, Fact, Facts, Missing, RecordPage, Table

PARENT = ("整改方案和报告", "/rectification-plans/")
NAMES = {"person": "责任人", "due_on": "完成时间", "measure": "整改措施", "result": "整改成效"}


class PlanList(Book):
    queryset = RectificationPlan.objects.for_list()
    title = "整改方案和报告"
    filterset_class = PlanFilter
    main_filters = ("q", "kind", "state")
    columns = (
        *PLAN_COLUMNS[:3],
        Column("round.name", "轮次", phone="hide"),
        *PLAN_COLUMNS[3:],
        Column("approved_on", "通过日期", kind="date", shown=False),
        Column("region.name", "地区", shown=False),
    )
    order = "-created_at"
    empty = "没有符合条件的整改方案和报告。"


def altered(row: PlanRow) -> Any:
    """What was changed since the return, each with what stood before."""
    before = [(NAMES[name], old or "（空）") for name, old in row.changed().items()]
    return format_html_join("", '<span class="quiet">{}原为：{}</span><br>', before) if before else ""


ROW_COLUMNS = (
    Column("ordinal", "序号", kind="number", phone="first"),
    Column("finding.text", "问题", phone="main"),
    Column("person", "责任人"),
    Column("due_on", "完成时间", kind="date"),
    Column("measure", "整改措施"),
)
RESULT_COLUMN = Column("result", "整改成效")
CHANGED_COLUMN = Column("changed", "退回后的修改", value=altered)
OPINION_COLUMNS = (
    Column("row.ordinal", "序号", kind="number", phone="first"),
    Column("body.body.name", "联审单位", phone="main"),
    Column("get_grade_display", "等次", phone="side"),
    Column("opinion", "意见"),
    Column("body.given_by.display_name", "提出人"),
)
BODY_COLUMNS = (
    Column("body.name", "联审机构", phone="main"),
    Column("unit.name", "承办单位", phone="sub"),
    Column("given_on", "提出日期", kind="date", phone="side"),
)


def row_table(plan: RectificationPlan, user: User) -> Table:
    """The problems with what the unit wrote; after a return with what it changed. As far as `user` may know of them."""
    rows = list(plan.rows.visible_to(user).select_related("finding").order_by("ordinal"))
    more = (RESULT_COLUMN,) if plan.is_report else ()
    changed = (CHANGED_COLUMN,) if any(row.before for row in rows) else ()
    return Table("问题和措施", (*ROW_COLUMNS, *more, *changed), rows, key="rows")


class PlanPage(RecordPage):
    queryset = RectificationPlan.objects.for_list()
    section, workflow, parent = SECTION, PLAN, PARENT

    def facts(self) -> list[Facts]:
        row = self.object
        return [
            Facts(
                row.get_kind_display(),
                [
                    Fact("整改单位", row.unit.name),
                    Fact("轮次", seen(self.user, row.round)),
                    Fact("反馈表", seen(self.user, row.feedback)),
                    Fact("签收反馈表", row.feedback.signed_at, "moment"),
                    Fact("报送日期", row.submitted_on, "date"),
                    Fact("通过日期", row.approved_on, "date"),
                    Fact("总体情况", row.text, wide=True),
                ],
            )
        ]

    def tables(self) -> list[Table]:
        reviews = (table for one in self.reviews() for table in review_tables(one, self.user))
        return [row_table(self.object, self.user), *reviews]

    def reviews(self) -> list[Any]:
        return list(self.object.reviews.all())[::-1]

    def missing(self) -> list[Missing]:
        """What the unit must still write, each with a link to its row."""
        row = self.object
        if "fill" not in {step.name for step in PLAN.offered(row, self.user)}:
            return []
        asked = ("result",) if row.is_report else PlanRow.ASKED
        base = row.get_absolute_url()
        return [
            Missing(
                f"第 {one.ordinal} 项还没有填写{NAMES[name]}。",
                f"{base}fill/#id_rows-{one.ordinal - 1}-{name}",
            )
            for one in row.rows.visible_to(self.user).order_by("ordinal")
            for name in asked
            if not getattr(one, name)
        ][:20]


def review_tables(review: Any, user: User) -> list[Table]:
    """One review: its bodies, and what they said of each problem `user` may know of."""
    said = [f"{review}：{render.date(review.opened_on)}开始，{review.get_state_display()}"]
    if review.summary:
        said.append(f"汇总意见：{review.summary}")
    known = review.plan.rows.visible_to(user)
    rows = [
        opinion
        for body in review.bodies.select_related("body", "unit", "given_by__person").order_by("pk")
        for opinion in body.opinions.filter(row__in=known).select_related(
            "row", "body__body", "body__given_by__person"
        )
    ]
    rows.sort(key=lambda one: (one.row.ordinal, one.pk))
    bodies = Table(str(review), BODY_COLUMNS, review.bodies.select_related("body", "unit").order_by("pk"))
    title = "；".join(said)
    return [bodies, Table(title, OPINION_COLUMNS, rows, "还没有联审意见。")]


class PlanAct(ActPage):
    queryset, section, workflow = RectificationPlan.objects.for_list(), SECTION, PLAN

    def shows(self, plan: Any) -> Any:
        return [row_table(plan, self.user)]


class RowsPage(AtRows, PlanAct):
    """A verb with one form row per problem; an error of a row stands at its row."""

    formset = "rows"
    shows: Any = None

    def rows(self) -> list[PlanRow]:
        rows = self.object.rows.visible_to(self.user)
        return list(rows.select_related("finding").order_by("ordinal"))

    def get_formsets(self) -> dict[str, BaseFormSet]:
        found = super().get_formsets()
        own = self.rows()
        for form, row in zip(found[self.formset].forms, own, strict=False):
            form.heading = f"{row.ordinal}. {row.finding.problem_class}：{row.finding.title}"
            form.fields["row"].queryset = self.object.rows.visible_to(self.user)
        return found


class FillPlan(RowsPage):
    form_class = forms.PlanTextForm

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.object.text}

    def get_formsets(self) -> dict[str, BaseFormSet]:
        """A report asks for results, a plan for person, date and measures."""
        rows = forms.ReportRowFormSet if self.object.is_report else forms.PlanRowFormSet
        self.formset_classes = {"rows": rows}
        return super().get_formsets()

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        return [
            {"row": row.public_id, "person": row.person, "due_on": row.due_on, "measure": row.measure, "result": row.result}
            for row in self.rows()
        ]  # fmt: skip


class GiveReview(RowsPage):
    """No version goes along: another body's opinion in the meantime is no conflict."""

    verb, perform, formset = "review", staticmethod(services.give_review), "opinions"
    formset_classes = {"opinions": forms.BodyOpinionFormSet}  # noqa: RUF012 — as the base class has it
    form_class = PageForm

    shows: Any = PlanAct.shows

    def expected_version(self) -> int | None:
        return None

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        return [{"row": row.public_id} for row in self.rows()]


class SetReviewers(ActPage):
    queryset, section, workflow = Round.objects.all(), "rounds", ROUND
    verb, perform = "set_reviewers", staticmethod(services.set_reviewers)
    formset_classes = {"bodies": forms.BodyFormSet}  # noqa: RUF012 — as the base class has it
    intro = "提交后以本页所列为准。三方、四方或者五方联审，其中应有一个纪检监察机关，由它汇总意见。"

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        rows = self.object.bodies.select_related("body", "unit").order_by("pk")
        return [{"body": one.body.code, "unit": one.unit} for one in rows]
