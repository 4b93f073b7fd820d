"""Pages of feedback forms."""

from typing import Any

from django.forms import BaseForm

from inspections import services
from inspections.feedback_filters import FeedbackFilter
from inspections.forms import feedback as forms
from inspections.models import Feedback
from inspections.pages.parts import seen
from inspections.views.books import SECTION, Book
from inspections.views.opinions import OPINION_COLUMNS
from inspections.workflow.feedback import FEEDBACK
from povertyaudit.core import moment
from povertyaudit.core.models import User
from povertyaudit.core.views import ActPage, Column, CreatePage, EditPage, Fact, Facts, RecordPage, Table

PARENT = ("反馈表", "/feedbacks/")
FEEDBACK_COLUMNS = (
    Column("number", "反馈编号", kind="link", order="number", value=lambda row: row.number or "未编号"),
    Column("unit.name", "被巡察单位", phone="main"),
    Column("problems", "问题", kind="number"),
    Column("signed_at", "签收时间", kind="moment", phone="sub"),
    Column("due_on", "报送方案期限", kind="clock", order="due_on"),
    Column("state", "状态", kind="state"),
)
PROBLEM_COLUMNS = (
    Column("finding.number", "问题编号", value=lambda row: row.finding.number or "未编号", phone="first"),
    Column("finding.problem_class", "大类", phone="sub"),
    Column("finding.text", "具体问题", phone="main"),
)


class FeedbackList(Book):
    queryset = Feedback.objects.for_list()
    title = "反馈表"
    filterset_class = FeedbackFilter
    main_filters = ("q", "state", "round")
    columns = (
        *FEEDBACK_COLUMNS[:2],
        Column("round.name", "轮次", phone="hide"),
        FEEDBACK_COLUMNS[2],
        Column("leadership_on", "反馈日期", kind="date", order="leadership_on", phone="hide"),
        *FEEDBACK_COLUMNS[3:],
        Column("head_on", "向主要负责人反馈", kind="date", shown=False),
        Column("get_signed_way_display", "签收方式", shown=False),
    )
    order = "-created_at"
    create_url, create_label = "/feedbacks/new/", "起草反馈表"
    empty = "没有符合条件的反馈表。"

    def may_create(self) -> bool:
        return services.may_record(self.user)


def what_is_told(row: Feedback, user: User) -> list[Facts | Table]:
    """The form as the recipient signs for it; nothing of an object its reader stands aside from."""
    problems = row.rows.visible_to(user).select_related("finding").order_by("pk")
    return [
        Facts("反馈表", [Fact("被巡察单位", row.unit.name), Fact("总体评价和要求", row.text, wide=True)]),
        Table("反馈的问题", PROBLEM_COLUMNS, problems),
    ]


class FeedbackPage(RecordPage):
    queryset = Feedback.objects.for_list()
    section, workflow, parent = SECTION, FEEDBACK, PARENT

    def facts(self) -> list[Facts]:
        row = self.object
        about = [
            Fact("轮次", seen(self.user, row.round)),
            Fact("被巡察单位", row.unit.name),
            Fact("起草人", row.drafted_by.display_name),
            Fact("主要负责人", row.head_name),
            Fact("向主要负责人反馈", row.head_on, "date"),
            Fact("向领导班子反馈", row.leadership_on, "date"),
            Fact("总体评价和要求", row.text, wide=True),
        ]
        signed = [
            Fact("签收人", row.signed_name),
            Fact("签收时间", row.signed_at, "moment"),
            Fact("签收方式", row.get_signed_way_display()),
        ]
        return [Facts("反馈", about), *([Facts("签收", signed)] if row.signed_at else [])]

    def tables(self) -> list[Table]:
        row = self.object
        opinions = row.round.opinions.filter(unit=row.unit, kind="rectify").visible_to(self.user)
        rows = row.rows.visible_to(self.user)
        plans = row.plans.visible_to(self.user).for_list().order_by("pk")
        return [
            Table("反馈的问题", PROBLEM_COLUMNS, rows.select_related("finding").order_by("pk"), key="rows"),
            Table(
                "整改意见",
                OPINION_COLUMNS,
                opinions.for_list().order_by("pk"),
                "没有整改意见。",
                key="opinions",
            ),
            Table("整改方案和报告", PLAN_COLUMNS, plans, "签收后编制整改方案。", key="plans"),
        ]


PLAN_COLUMNS = (
    Column("number", "编号", kind="link", order="number"),
    Column("get_kind_display", "类别", phone="sub"),
    Column("unit.name", "整改单位", phone="main"),
    Column("problems", "问题", kind="number", phone="hide"),
    Column("submitted_on", "报送日期", kind="date", order="submitted_on", phone="hide"),
    Column("due_on", "期限", kind="clock", order="due_on"),
    Column("state", "状态", kind="state"),
)


class NewFeedback(CreatePage):
    section, title, label, parent = SECTION, "起草反馈表", "起草", PARENT
    form_class, perform = forms.FeedbackForm, staticmethod(services.draft_feedback)

    def may_open(self) -> bool:
        return services.may_record(self.user)

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET.get(name, "")[:22] for name in ("round", "unit")}


class FeedbackAct(ActPage):
    queryset, section, workflow = Feedback.objects.for_list(), SECTION, FEEDBACK

    def shows(self, row: Any) -> Any:
        return what_is_told(row, self.user)

    def get_initial(self) -> dict[str, Any]:
        return dict.fromkeys(("head_on", "leadership_on"), moment.today())


class SignFeedback(FeedbackAct):
    shows: Any = None

    def signs(self, row: Any) -> Any:
        return what_is_told(row, self.user)


class AmendFeedback(FeedbackAct, EditPage):
    verb, perform, form_class = "amend", staticmethod(services.amend_feedback), forms.AmendFeedbackForm
    label = "保存修改"
    shows: Any = None

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        told = row.rows.visible_to(self.user).select_related("finding")
        return {"text": row.text, "findings": [one.finding for one in told]}

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.of(self.object)
        return form  # type: ignore[no-any-return]
