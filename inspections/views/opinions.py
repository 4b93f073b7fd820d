"""Pages of opinions."""

from typing import Any

from django.forms import BaseForm

from inspections import services
from inspections.forms import opinions as forms
from inspections.models import Opinion
from inspections.opinion_filters import OpinionFilter
from inspections.pages.parts import seen
from inspections.views.books import SECTION, Book
from inspections.workflow.opinions import OPINION
from povertyaudit.core.views import ActPage, BulkPage, Column, CreatePage, EditPage, Fact, Facts, RecordPage

PARENT = ("意见", "/opinions/")


def number(row: Any) -> str:
    return row.number or "未编号"


OPINION_COLUMNS = (
    Column("number", "意见编号", kind="link", order="number", value=number),
    Column("title", "意见内容", phone="main"),
    Column("get_kind_display", "类别", phone="hide"),
    Column("unit.name", "接收单位", phone="sub"),
    Column("due_on", "答复期限", kind="clock", order="due_on"),
    Column("state", "状态", kind="state"),
)


class OpinionList(Book):
    queryset = Opinion.objects.for_list()
    title = "意见"
    filterset_class = OpinionFilter
    main_filters = ("q", "kind", "state")
    workflow, bulk_url = OPINION, "/opinions/bulk/"
    columns = (
        *OPINION_COLUMNS[:4],
        Column("round.name", "轮次", phone="hide"),
        *OPINION_COLUMNS[4:],
        Column("sent_on", "发出日期", kind="date", order="sent_on", shown=False),
        Column("answered_on", "答复日期", kind="date", shown=False),
        Column("accepted_on", "采纳日期", kind="date", shown=False),
        Column("region.name", "地区", shown=False),
    )
    order = "-created_at"
    create_url, create_label = "/opinions/new/", "登记意见"
    empty = "没有符合条件的意见。"

    def may_create(self) -> bool:
        return services.may_record(self.user)


class OpinionPage(RecordPage):
    queryset = Opinion.objects.for_list()
    section, workflow, parent = SECTION, OPINION, PARENT

    def facts(self) -> list[Facts]:
        row = self.object
        about = [
            Fact("编号", row.number or "发出时编号"),
            Fact("类别", row.get_kind_display()),
            Fact("轮次", seen(self.user, row.round)),
            Fact("接收单位", row.unit.name),
            Fact("对应的问题", seen(self.user, row.finding)),
            Fact("登记人", row.recorded_by.display_name),
            Fact("发出日期", row.sent_on, "date"),
            Fact("意见内容", row.text, wide=True),
        ]
        answer = [
            Fact("答复日期", row.answered_on, "date"),
            Fact("答复人", row.answered_by and row.answered_by.display_name),
            Fact("采纳日期", row.accepted_on, "date"),
            Fact("退回理由", row.return_reason, wide=True),
            Fact("答复内容", row.answer_text, wide=True),
        ]
        filled = [fact for fact in answer if fact.value not in (None, "")]
        return [Facts("意见", about), *([Facts("答复", filled)] if filled else [])]


class NewOpinion(CreatePage):
    section, title, label, parent = SECTION, "登记意见", "登记", PARENT
    form_class, perform = forms.NewOpinionForm, staticmethod(services.record_opinion)

    def may_open(self) -> bool:
        return services.may_record(self.user)

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET.get(name, "")[:22] for name in ("round", "finding", "unit")}


class OpinionAct(ActPage):
    queryset, section, workflow = Opinion.objects.for_list(), SECTION, OPINION


class OpinionBulk(BulkPage):
    queryset, section, workflow, parent = Opinion.objects.for_list(), SECTION, OPINION, PARENT


class AmendOpinion(OpinionAct, EditPage):
    verb, perform, form_class = "amend", staticmethod(services.amend_opinion), forms.OpinionFactsForm
    label = "保存修改"

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        found = row.finding.public_id if row.finding else ""
        return {"kind": row.kind, "unit": row.unit, "text": row.text, "finding": found}

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.of_round(self.object.round)
        return form  # type: ignore[no-any-return]
