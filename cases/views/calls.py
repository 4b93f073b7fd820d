"""Pages of the hotline: the list of calls, a call, its verbs."""

from typing import Any

from django.forms import BaseForm
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from cases import forms
from cases.call_filters import CallFilter, overdue
from cases.forms import calls as call_forms
from cases.models import HotlineCall
from cases.pages import calls as pages
from cases.services import calling
from cases.views.revealing import DeskRevealingPage, SealingPage
from cases.workflow.calls import CALL
from povertyaudit.core import moment, vault
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    Fact,
    Facts,
    ListPage,
    RecordPage,
    Tab,
    Table,
)

CALLS = ("扶贫专线", "/calls/")


class CallList(ListPage):
    queryset = HotlineCall.objects.for_list()
    section, title = "calls", "扶贫专线"
    template_name = "cases/call_list.html"
    filterset_class = CallFilter
    main_filters = ("q", "state", "category")
    columns = (
        Column("number", "来电编号", kind="link", order="number"),
        Column("title", "来电摘要", value=lambda call: f"【紧急】{call.title}" if call.urgent else call.title, phone="main"),
        Column("category", "类别", phone="sub"),
        Column("region.name", "反映的地方", shown=False),
        Column("unit.name", "办理单位", phone="hide"),
        Column("received_at", "来电时间", kind="moment", order="received_at", phone="hide"),
        Column("waited", "等待回复", kind="html", value=pages.waited, phone="last"),
        Column("due_on", "期限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
        Column("answer_way", "回复方式", value=lambda call: call.get_answer_way_display(), shown=False),
        Column("answered_on", "回复日期", kind="date", shown=False),
    )  # fmt: skip
    order = "-received_at"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("unanswered", "未回复来电人", lambda rows, user: rows.unanswered()),
        Tab("overdue", "已超期", overdue),
    )
    create_url, create_label = "/calls/new/", "登记来电"
    empty = "没有符合条件的来电。"

    def may_create(self) -> bool:
        return calling.may_register(self.user)


class CallPage(RecordPage):
    queryset = HotlineCall.objects.for_list()
    section, workflow, parent = "calls", CALL, CALLS
    template_name = "cases/call_record.html"

    def facts(self) -> list[Facts]:
        return pages.facts(self.object, self.user)

    def tables(self) -> list[Table]:
        rows = pages.instructions(self.object, self.user)
        return [Table("领导批示", pages.INSTRUCTION_COLUMNS, rows, key="instructions")] if rows else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        call = self.object
        desk = call.registering_unit_id in self.user.unit_ids
        return super().get_context_data(
            waited=pages.waited(call),
            may_note=desk and call.lead_id is None and call.state != "closed",
            may_reveal=desk and vault.holds(call, by=self.user),
            **kwargs,
        )


@method_decorator(sensitive_post_parameters(), name="dispatch")
class NewCall(CreatePage):
    section, title, label, parent = "calls", "登记来电", "登记", CALLS
    form_class, perform = call_forms.CallForm, staticmethod(calling.register)

    def may_open(self) -> bool:
        return calling.may_register(self.user)

    def get_initial(self) -> dict[str, Any]:
        return {"received_at": timezone.localtime(moment.now())}

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        values["caller"] = {name: values.pop(name) for name in vault.IDENTITY_FIELDS}
        return values

    def done_sentence(self, record: Any) -> str:
        return f"来电已登记，编号 {record.number}。"


class CallAct(ActPage):
    """One verb of the table."""

    queryset = HotlineCall.objects.for_list()
    section, workflow = "calls", CALL
    perform: Any = None

    def get_initial(self) -> dict[str, Any]:
        return {"answered_on": moment.today()}

    def shows(self, call: Any) -> Any:
        """What the act is about."""
        facts = [Fact("来电摘要", call.title, wide=True), Fact("来电内容", call.text, wide=True)]
        if call.reply_text:
            facts.append(Fact("办理情况", call.reply_text, wide=True))
        return [Facts("来电", [fact for fact in facts if fact.value])]

    def success_address(self, record: Any) -> str:
        """The record; the start page, when the act took it out of one's sight."""
        seen = self.get_queryset().filter(pk=self.object.pk).exists()
        return str(self.object.get_absolute_url()) if seen else "/"


class MakeLead(CallAct):
    verb, perform, form_class = "make_lead", staticmethod(calling.make_lead), call_forms.MakeLeadForm
    formset_classes = {"subjects": forms.SubjectFormSet}  # noqa: RUF012 — as the base class has it
    intro = "按来电内容登记一件问题线索；来电人信息随件移交，不必重新填写。转为线索后仍须回复来电人。"

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Categories as they were called on the day of the call."""
        form: Any = super().get_form(form_class)
        form.of_day(moment.day_of(self.object.received_at))
        return form  # type: ignore[no-any-return]


class NoteCaller(SealingPage, CallAct):
    """登记来电人信息: into the vault, by the desk alone."""

    form_class = call_forms.CallerForm
    label, done = "保存来电人信息", "来电人信息已加密保存。"
    intro = "保存后覆盖原有内容。信息加密保存，只有本登记单位能查看。"

    def call(self, **values: Any) -> Any:
        return calling.note_caller(self.object, by=self.user, caller=values)


class RevealCaller(DeskRevealingPage, CallAct):
    """查看来电人: the desk states why, the record keeps that it looked; the answer is on this page only."""

    form_class, label = forms.RevealForm, "查看来电人"

    def reveal(self, form: Any) -> dict[str, str]:
        return calling.reveal_caller(self.object, by=self.user, **form.cleaned_data)
