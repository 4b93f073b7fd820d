"""Pages of hand-overs: the book and its rows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.forms import BaseForm
from django.utils.html import format_html

from cases import services
from cases.exchange_filters import HandoverFilter, HandoverRowFilter
from cases.forms import handovers as forms
from cases.models import Handover, HandoverRow, Standing
from cases.views.exchange import SECTION, Book
from cases.workflow.batches import KEEPERS
from cases.workflow.handovers import HANDOVER
from povertyaudit.core import cleaning, moment, render
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    EditPage,
    Fact,
    Facts,
    Missing,
    RecordPage,
    Table,
)
from povertyaudit.core.views.parts import look_up
from povertyaudit.core.views.records import Verb

PARENT = ("线索移送", "/handovers/")
TONES = {
    Standing.WAITING: "open", Standing.TAKEN: "done", Standing.MISSED: "warn", Standing.TO_REGISTER: "wait",
    Standing.REGISTERED: "done", Standing.REFUSED: "stop", Standing.RETURNED: "warn",
}  # fmt: skip
PER_ROW = frozenset({"register_row", "refuse_row"})


def standing(row: HandoverRow) -> Any:
    return render.badge(row.get_standing_display(), TONES[Standing(row.standing)])


def of_lead(row: HandoverRow) -> Any:
    """The lead as far as this person may know of it."""
    return figure_of(row.lead) if row.lead else ("（无权查看）" if row.is_hidden else "")


def figure_of(lead: Any) -> Any:
    return format_html('<a class="number" href="{}">{}</a>', lead.get_absolute_url(), lead.number)


def told(name: str) -> Callable[[HandoverRow], Any]:
    return lambda row: row.told(name)


ROW_COLUMNS = (
    Column("ordinal", "序号", kind="number"),
    Column("lead", "线索", value=of_lead, phone="first"),
    Column("title", "问题摘要", value=told("title"), phone="main"),
    Column("persons", "涉及人员", value=told("persons")),
    Column("region.path_name", "问题属地", value=lambda row: look_up(row.told("region"), "path_name")),
    Column("amount_fen", "涉及金额（元）", kind="money", value=told("amount_fen")),
    Column("reason", "理由", value=told("reason")),
    Column("standing", "核对情况", value=standing, phone="side"),
)


def with_reason(row: HandoverRow) -> Any:
    """What it is about; why it was refused or sent back, in a line of its own."""
    title, reason = row.told("title"), row.told("reason")
    return format_html('{}<br><span class="quiet">理由：{}</span>', title, reason) if reason else title


RECORD_COLUMNS = (
    Column("ordinal", "序号", kind="number", phone="more"),
    ROW_COLUMNS[1],
    Column("title", "问题摘要", value=with_reason, phone="main"),
    Column("text", "主要问题", value=told("text"), phone="more"),
    Column("persons", "涉及人员", value=told("persons"), phone="more"),
    Column("region.name", "问题属地", value=lambda row: look_up(row.told("region"), "name")),
    ROW_COLUMNS[5],
    ROW_COLUMNS[-1],
)


class HandoverList(Book):
    queryset = Handover.objects.for_list()
    title = "线索移送"
    template_name = "cases/handovers.html"
    filterset_class = HandoverFilter
    main_filters = ("q", "direction", "state")
    columns = (
        Column("number", "移送编号", kind="link", order="number"),
        Column("get_direction_display", "方向", phone="hide"),
        Column("party", "对方", phone="main"),
        Column("document", "移送文件", phone="sub"),
        Column("handed_on", "移送日期", kind="date", order="handed_on", phone="hide"),
        Column("leads", "件数", kind="number", phone="hide"),
        Column("receipt_number", "回执编号", phone="hide"),
        Column("due_on", "期限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
        Column("body.name", "对方机关类别", shown=False),
        Column("their_number", "对方编号", shown=False),
        Column("receipt_on", "回执日期", kind="date", shown=False),
        Column("answered_on", "反馈日期", kind="date", shown=False),
        Column("returned_on", "退回日期", kind="date", shown=False),
        Column("return_reason", "退回理由", shown=False),
    )
    order = "-handed_on"
    create_url, create_label = "/handovers/new/", "登记移出"
    empty = "没有符合条件的线索移送。"

    def may_create(self) -> bool:
        return bool(self.user.roles & KEEPERS)


class HandoverRowList(Book):
    queryset = HandoverRow.objects.all()
    title = "移送明细"
    filterset_class = HandoverRowFilter
    main_filters = ("q", "direction", "body")
    columns = (
        Column("handover.number", "移送编号", kind="link"),
        Column("handover.get_direction_display", "方向", phone="hide"),
        Column("handover.party", "对方", phone="sub"),
        Column("handover.handed_on", "移送日期", kind="date", order="handover__handed_on"),
        *ROW_COLUMNS[1:3],
        ROW_COLUMNS[-1],
        *(replace(column, shown=False) for column in ROW_COLUMNS[3:-1]),
    )
    order = "-handover__handed_on"
    empty = "没有符合条件的移送线索。"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_list(self.user)


class HandoverPage(RecordPage):
    queryset = Handover.objects.for_list()
    section, workflow, parent = SECTION, HANDOVER, PARENT

    def facts(self) -> list[Facts]:
        row = self.object
        sent = [
            Fact("方向", row.get_direction_display()),
            Fact("对方机关类别", row.body.name),
            Fact("对方单位", row.unit and row.unit.name),
            Fact("移送日期", row.handed_on, "date"),
            Fact("移送文件", row.document),
            Fact("对方编号", row.their_number),
            Fact("经办人", row.handed_by.display_name),
            Fact("移送说明", row.text, wide=True),
        ]
        back = [
            Fact("回执日期", row.receipt_on, "date"),
            Fact("回执人", row.receipt_by),
            Fact("回执编号", row.receipt_number),
            Fact("反馈日期", row.answered_on, "date"),
            Fact("退回日期", row.returned_on, "date"),
            Fact("退回理由", row.return_reason, wide=True),
            Fact("办理结果", row.answer_text, wide=True),
        ]
        filled = [fact for fact in back if fact.value not in (None, "")]
        return [Facts("移送", sent), *([Facts("回执和结果", filled)] if filled else [])]

    def tables(self) -> list[Table]:
        rows = self.object.rows.visible_to(self.user).for_list(self.user).order_by("ordinal")
        return [Table("移送的线索", RECORD_COLUMNS, rows, key="rows")]

    def verbs(self) -> list[Verb]:
        """Those for a single row only while one is undecided."""
        return [verb for verb in super().verbs() if verb.name not in PER_ROW or self.undecided]

    @property
    def undecided(self) -> list[HandoverRow]:
        if not hasattr(self, "_undecided"):
            self._undecided = list(self.object.rows.filter(standing=Standing.TO_REGISTER).order_by("ordinal"))
        return self._undecided

    def missing(self) -> list[Missing]:
        base = self.object.get_absolute_url()
        offered = {step.name for step in HANDOVER.offered(self.object, self.user)}
        if "register_row" not in offered:
            return []
        return [
            Missing(
                f"第 {row.ordinal} 条“{row.title}”还没有登记为线索。",
                f"{base}register_row/?row={row.public_id}",
            )
            for row in self.undecided[:10]
        ]


class NewHandover(CreatePage):
    section, label, parent = SECTION, "登记", PARENT
    direction = Handover.Direction.OUT

    def may_open(self) -> bool:
        return bool(self.user.roles & KEEPERS)

    def get_initial(self) -> dict[str, Any]:
        return {"handed_on": moment.today()}

    def call(self, **values: Any) -> Any:
        return services.open_handover(by=self.user, direction=self.direction, **values)

    def done_sentence(self, record: Any) -> str:
        return f"已登记，编号 {record.number}。"


class HandOut(NewHandover):
    title, form_class = "登记移出的线索", forms.HandOutForm


class TakeIn(NewHandover):
    title, form_class, direction = "登记移入的线索", forms.HandoverForm, Handover.Direction.IN
    formset_classes = {"entries": forms.ItemFormSet}  # noqa: RUF012 — as the base class has it
    intro = "先登记移送文件和其中的各条，再逐条登记为线索或者不予受理。"


class HandoverAct(ActPage):
    queryset, section, workflow = Handover.objects.for_list(), SECTION, HANDOVER
    perform: Any = None
    TODAY = ("receipt_on", "returned_on", "answered_on")

    def get_initial(self) -> dict[str, Any]:
        return dict.fromkeys(self.TODAY, moment.today())


class ReceiptPage(HandoverAct):
    verb, perform, form_class = "receipt", staticmethod(services.record_handover_receipt), forms.ReceiptForm

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        rows = self.object.rows.visible_to(self.user).for_list(self.user)
        form.of(self.object, rows.order_by("ordinal"))
        return form  # type: ignore[no-any-return]


class RowAct(HandoverAct):
    """A verb for one row, named by `?row=`."""

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.fields["row"].queryset = self.rows()
        return form  # type: ignore[no-any-return]

    def rows(self) -> Any:
        rows = self.object.rows.visible_to(self.user).for_list(self.user)
        return rows.filter(standing=Standing.TO_REGISTER).order_by("ordinal")

    def get_initial(self) -> dict[str, Any]:
        row = self.rows().filter(public_id=cleaning.plain(self.request.GET.get("row", ""))).first()
        if row is None:
            return {}
        said = {"title": row.title, "text": row.text, "region": row.region, "amount_fen": row.amount_fen}
        return {"row": row.public_id, **said}


class AmendHandover(HandoverAct, EditPage):
    verb, perform = "amend", staticmethod(services.amend_handover)
    form_class = forms.AmendHandoverForm

    def get_initial(self) -> dict[str, Any]:
        return EditPage.get_initial(self)
