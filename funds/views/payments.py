"""Pages of payments: the list, the record with its checklist, one form a verb."""

from typing import Any

from django.forms import BaseForm

from funds import payment_pages as pages
from funds.forms import payments as forms
from funds.models import FundingLine, Payment
from funds.payment_filters import PaymentFilter
from funds.services import paying, paying_rules, spending
from funds.services.rules import held_since
from funds.workflow.payments import PAYMENT
from funds.workflow.project_who import BUILDERS
from povertyaudit.core import moment, render
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

SECTION, PAYMENTS = "payments", ("报账拨付", "/payments/")


class PaymentList(ListPage):
    queryset = Payment.objects.for_lines()
    section, title = SECTION, "报账拨付"
    filterset_class = PaymentFilter
    main_filters = ("q", "state", "stage")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("project.title", "项目名称", phone="main"),
        Column("get_stage_display", "款项", phone="sub"),
        Column("project.responsible_unit.name", "实施单位", phone="hide"),
        Column("payee", "收款单位", phone="hide"),
        Column("amount_fen", "金额（元）", kind="money", order="amount_fen", phone="side"),
        Column("applied_on", "申请日期", kind="date", order="applied_on", phone="hide"),
        Column("paid_on", "拨付日期", kind="date", order="paid_on", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("voucher_no", "拨付凭证号", shown=False),
        Column("spent_fen", "已支出（元）", kind="money", shown=False),
        Column("unspent_fen", "未支出（元）", kind="money", shown=False),
        Column("held_days", "账上天数", kind="number", shown=False),
        Column("project.number", "项目编号", shown=False),
        Column("region.path_name", "地区", shown=False),
    )
    order = "-created_at"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("open", "办理中", lambda rows, user: rows.under_way()),
        Tab("paid", "已拨付", lambda rows, user: rows.paid()),
        Tab("held", "拨到单位未支出", lambda rows, user: rows.held()),
        Tab("stuck", "滞留", lambda rows, user: rows.stuck(held_since())),
    )
    create_url, create_label = "/payments/new/", "准备报账"
    import_kind = "payments"
    exports = (("导出台账", "/api/v1/payments/ledger.csv"),)
    empty = "没有符合条件的报账拨付。"

    def may_create(self) -> bool:
        return bool(self.user.roles & BUILDERS)


class PaymentPage(RecordPage):
    queryset = Payment.objects.for_page()
    section, workflow, parent = SECTION, PAYMENT, PAYMENTS
    in_tables = ("add_paper", "spend")

    def offered(self) -> dict[str, str]:
        return {step.name: step.label for step in PAYMENT.offered(self.object, self.user)}

    def facts(self) -> list[Facts]:
        return pages.facts(self.object)

    def tables(self) -> list[Table]:
        return pages.tables(self.object, self.user, self.offered())

    def missing(self) -> list[Missing]:
        return pages.missing(self.object, self.offered())

    def verbs(self) -> list[Verb]:
        return [verb for verb in super().verbs() if verb.name not in self.in_tables]


class NewPayment(CreatePage):
    section, title, label, parent = SECTION, "准备报账", "保存，接着上传材料", PAYMENTS
    form_class, perform = forms.PaymentForm, staticmethod(paying.open_payment)

    def may_open(self) -> bool:
        return bool(self.user.roles & BUILDERS)

    def get_initial(self) -> dict[str, Any]:
        number = self.request.GET.get("project", "")
        return {"project": number if number.isprintable() and len(number) <= 40 else ""}

    def done_sentence(self, record: Any) -> str:
        return "已保存，请上传报账材料后申请。"


class AmendPayment(EditPage):
    queryset, section, workflow = Payment.objects.for_list(), SECTION, PAYMENT
    form_class, perform, title = forms.AmendPaymentForm, staticmethod(paying.amend_payment), "修改报账"


class PaymentAct(ActPage):
    queryset, section, workflow = Payment.objects.for_page(), SECTION, PAYMENT
    today_in = ""  # the date field that is today where nobody says otherwise

    def get_initial(self) -> dict[str, Any]:
        return {self.today_in: moment.today()} if self.today_in else {}

    def shows(self, row: Any) -> list[Facts | Table]:
        papers = Table("报账材料", pages.PAPER_COLUMNS, paying_rules.checklist(row))
        return [*pages.facts(row), papers]


class AddPaper(PaymentAct):
    verb, perform, form_class = "add_paper", staticmethod(paying.add_paper), forms.PaperForm

    def get_initial(self) -> dict[str, Any]:
        """The first paper that is lacking."""
        lacking = [kind.code for kind, files in paying_rules.checklist(self.object) if not files]
        return {"kind": next(iter(lacking), "")}

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#papers"


class Pay(PaymentAct):
    verb, perform, form_class = "pay", staticmethod(paying.pay), forms.PayForm
    formset_classes = {"parts": forms.PartFormSet}  # noqa: RUF012 — as the base class has it
    today_in = "paid_on"
    intro = "资金来源不填的，按项目资金来源的先后拨付。"

    def get_formsets(self) -> dict[str, Any]:
        """Sources of this project only."""
        found = super().get_formsets()
        lines: Any = FundingLine._default_manager.visible_to(self.user).for_list()
        for form in found["parts"].forms:
            form.fields["line"].queryset = lines.filter(project=self.object.project_id)
        return found


class Spend(PaymentAct):
    verb, perform, form_class = "spend", staticmethod(spending.spend), forms.SpendForm
    today_in = "spent_on"
    done = "支出已登记。"


class VoidSpending(PaymentAct):
    verb, perform, form_class = "void_spending", staticmethod(spending.void_spending), forms.VoidSpendingForm
    destructive, done = True, "已作废，该笔金额不再计入支出。"

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        field: Any = form.fields["spending"]
        field.queryset = self.object.spendings.standing()
        field.label_from_instance = lambda one: f"{one.spent_on} {one} {render.yuan(one.amount_fen)} 元"
        return form
