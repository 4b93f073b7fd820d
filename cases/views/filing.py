"""Pages of cases, outcomes, and the four forms."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.forms import BaseForm
from django.views.generic import TemplateView

from cases import forms, pages, services
from cases.filing_filters import ONCE, CaseFilter, OutcomeFilter
from cases.forms.filing import PastPersonFormSet
from cases.models import Case, Outcome
from cases.views.acts import LeadAct
from cases.workflow import OUTCOME
from povertyaudit.core import clocks, moment, render
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.models import Role
from povertyaudit.core.views import (
    ActPage,
    BoardSheet,
    CreatePage,
    Fact,
    Facts,
    ListPage,
    Page,
    RecordPage,
    SheetsOut,
    Tab,
    Table,
    Texts,
)

PARENT = ("处理结果", "/outcomes/")


class FilingAct(LeadAct):
    """A verb of the lead about one of its persons, or one sum of its money."""

    TODAY = frozenset({"decided_on", "suggested_on"})

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Only this lead's persons and sums."""
        form = super().get_form(form_class)
        for name, rows in (
            ("subject", self.object.subjects),
            ("money", self.object.money.select_related("subject")),
        ):
            if name in form.fields:
                field: Any = form.fields[name]
                field.queryset = rows.all()
        return form

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        """Sums left empty are nothing paid."""
        values = dict(form.cleaned_data)
        if self.verb == "record_money":
            values |= {name: values[name] or 0 for name in ("taken_fen", "returned_fen")}
        return values


class CaseList(ListPage):
    """Cases by the day of filing, with their totals; each figure opens its rows."""

    queryset = Case.objects.for_list()
    template_name = "core/list_with_facts.html"
    section, title = "cases", "案件"
    filterset_class = CaseFilter
    main_filters = ("q", "filed_from", "filed_to")
    columns = pages.CASE_COLUMNS
    order = "-filed_on"
    unit_word = "件"
    create_url, create_label = "/cases/new/", "补录以前的案件"
    exports = (("导出台账", "/api/v1/cases/ledger.csv"), ("处理结果台账", "/api/v1/outcomes/ledger.csv"))
    empty = "没有符合条件的案件。"
    empty_hint = "线索立案以后自动列在这里；可以放宽立案日期再看。"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=[self.totals()], **kwargs)

    def may_create(self) -> bool:
        return Role.CASE_MANAGER in self.user.roles

    def totals(self) -> Facts:
        rows, _ = self.narrowed()
        sums = rows.totals()
        days = {name: self.params[name] for name in ("filed_from", "filed_to") if self.params.get(name)}
        punished = f"/outcomes/?{urlencode({'tab': 'sanctions', **days})}"
        return Facts("合计", [
            Fact("立案", f"{sums['cases']} 件 {sums['persons']} 人"),
            Fact("党纪政务处分", pages.link(f"{sums['sanctioned']} 人", punished)),
            Fact("应缴", f"{render.wan(sums['owed_fen'])} 万元"),
            Fact("已追缴", f"{render.wan(sums['taken_fen'])} 万元"),
            Fact("退还群众", f"{render.wan(sums['returned_fen'])} 万元"),
            Fact("处理结果", pages.link("待执行和全部", "/outcomes/")),
            Fact("四种形态", pages.link("按季度统计", "/outcomes/forms/")),
        ])  # fmt: skip


class EnterPast(CreatePage):
    """补录: a case concluded before this register."""

    section, title, label, parent = "cases", "补录以前的案件", "补录", ("案件", "/cases/")
    form_class, perform = forms.PastCaseForm, staticmethod(services.enter_past)
    formset_classes = {"others": PastPersonFormSet}  # noqa: RUF012 — as the base class has it
    intro = "本系统启用以前已经办结的案件在这里补录，一案一件，同案还有其他人的在下面逐人添加；补录后计入统计，不再计算期限。正在办理的案件请登记线索后逐步办理。"

    def may_open(self) -> bool:
        return Role.CASE_MANAGER in self.user.roles

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        """Sums left empty are nothing."""
        values = dict(form.cleaned_data)
        return values | {name: values[name] or 0 for name in ("owed_fen", "taken_fen", "returned_fen")}

    def done_sentence(self, record: Any) -> str:
        return f"已补录，立案编号 {record.number}。"


class OutcomeList(ListPage):
    queryset = Outcome.objects.for_list()
    template_name = "core/list_with_facts.html"
    section, title, parent = "cases", "处理结果", ("案件", "/cases/")
    filterset_class = OutcomeFilter
    main_filters = ("q", "kind", "decided_from", "decided_to")
    columns = pages.OUTCOME_COLUMNS
    order = "-decided_on"
    tabs = (
        Tab("", "全部"),
        Tab("pending", "待执行", lambda rows, user: rows.pending()),
        Tab("overdue", "执行超期", lambda rows, user: rows.overdue(moment.today())),
        Tab("suggested", "建议待决定", lambda rows, user: rows.suggested()),
        Tab("sanctions", "党纪政务处分", lambda rows, user: rows.decided().sanctions()),
        Tab(ONCE, "计入四种形态", lambda rows, user: rows.in_forms()),
    )
    exports = (("导出台账", "/api/v1/outcomes/ledger.csv"),)
    empty = "没有符合条件的处理结果。"
    empty_hint = "处理决定在线索页上登记，登记后列在这里。"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=[self.totals()], **kwargs)

    def totals(self) -> Facts:
        rows, filters = self.narrowed()
        every = filters.every_form if filters.is_valid() and not self.unavailable else rows
        sums = rows.totals() | every.forms()
        forms_ = [self.of_form(n, f"第{word}种形态", sums) for n, word in enumerate("一二三四", 1)]
        people = [Fact("被处理", f"{sums['persons']} 人"), Fact("党纪政务处分", f"{sums['sanctioned']} 人")]
        board = Fact("四种形态", pages.link("按季度统计", "/outcomes/forms/"))
        return Facts("合计", [*people, *forms_, board])

    def of_form(self, number: int, label: str, sums: dict[str, int]) -> Fact:
        """How many persons count in the form under the other conditions; opens them."""
        n = sums[f"form_{number}"]
        opens = self.url_with(once="true", form=str(number), cursor="")
        return Fact(label, pages.link(f"{n} 人", opens) if n else "0 人")


class FormsBoard(SheetsOut, Page, TemplateView):
    """四种形态 by year and quarter: each figure opens its persons."""

    queryset = Outcome.objects.all()
    template_name = "cases/forms.html"
    section, title, parent = "cases", "四种形态", PARENT

    def get_queryset(self) -> Any:
        return self.queryset.all().visible_to(self.user)

    @cached_property
    def found(self) -> list[dict[str, Any]]:
        return list(self.get_queryset().by_period())

    def sheets(self) -> list[BoardSheet]:
        heads = [column.label for column in pages.FORM_COLUMNS[1:]]
        lines = [Texts(pages.period_words(one)) for one in self.found]
        said = pages.RULE_OF_FORMS
        return [BoardSheet("periods", pages.FORMS_TITLE, "时期", heads, lines, said)] if lines else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule = Facts("计算规则", [Fact("人次", pages.RULE_OF_FORMS, wide=True)])
        return super().get_context_data(tables=[pages.periods(self.found)], groups=[rule], **kwargs)


class OutcomePage(RecordPage):
    queryset = Outcome.objects.for_page()
    section, workflow, parent = "cases", OUTCOME, PARENT

    def facts(self) -> list[Facts]:
        return pages.outcome_facts(self.object)

    def clocks(self) -> list[Any]:
        return [clock for clock in clocks.clocks_of(self.object) if clock.state != "stopped"]

    def tables(self) -> list[Table]:
        duties = self.object.duties.all()
        return [Table("执行", pages.EXECUTION_COLUMNS, duties, key="duties")] if duties else []


class OutcomeAct(ActPage):
    queryset = Outcome.objects.for_page()
    section, workflow = "cases", OUTCOME
    TODAY = frozenset({"decided_on", "done_on", "returned_on"})

    def get_initial(self) -> dict[str, Any]:
        return dict.fromkeys(self.TODAY, moment.today()) | {"measure": self.object.measure}

    def shows(self, row: Any) -> Any:
        return pages.outcome_facts(row)[:2]

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Duties still to be done."""
        form = super().get_form(form_class)
        if "duty" in form.fields:
            field: Any = form.fields["duty"]
            field.queryset = self.object.duties.filter(done_on=None)
        return form


OUTCOME_ACTS = {
    "record_decision": (services.record_decision, forms.RecordDecisionForm),
    "decline": (services.decline, RequiredOpinionForm),
    "record_execution": (services.record_execution, forms.ExecutionForm),
    "extend": (services.extend_execution, forms.ExtendExecutionForm),
    "return_case": (services.return_case, forms.ReturnCaseForm),
    "resubmit_case": (services.resubmit_case, OpinionForm),
    "correct": (services.correct, forms.CorrectForm),
}
FILING_ACTS = {
    "return_evidence": (services.return_evidence, RequiredOpinionForm),
    "return_again": (services.return_again, RequiredOpinionForm),
    "resubmit": (services.resubmit, RequiredOpinionForm),
    "file_person": (services.file_person, forms.FilePersonForm),
    "decide": (services.decide, forms.DecideForm),
    "suggest": (services.suggest, forms.SuggestForm),
    "record_money": (services.record_money, forms.RecordMoneyForm),
    "note_money": (services.note_money, forms.NoteMoneyForm),
}
