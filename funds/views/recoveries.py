"""Pages of what came back of misused money: one form a verb, and the list of all."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm

from funds import forms, services
from funds.filters import RecoveryFilter
from funds.models import Misuse, Recovery
from funds.pages import recoveries as shown
from funds.workflow import DESK, MISUSE
from funds.workflow.misuse import pending_relief
from povertyaudit.core import moment
from povertyaudit.core.views import ActPage, Column, Fact, Facts, ListPage, Tab, Table

PARENT = ("违规使用资金", "/misuses/")


class RecoveryList(ListPage):
    queryset = Recovery.objects.for_list()
    section, title, parent = "misuses", "追缴和退还", PARENT
    filterset_class = RecoveryFilter
    main_filters = ("q", "kind", "received_from")
    columns = (
        Column("voucher_no", "凭证号", kind="link"),
        Column("received_on", "到账日期", kind="date", order="received_on", phone="sub"),
        Column("get_kind_display", "方式", phone="main"),
        Column("amount_fen", "金额（元）", kind="money", order="amount_fen", phone="side"),
        Column("destination", "去向", value=shown.whereto, phone="hide"),
        Column("misuse.number", "违规资金编号", phone="hide"),
        Column("misuse.responsible_unit.name", "责任单位", phone="hide"),
        Column("household", "退还户", value=shown.masked_household, phone="hide"),
        Column("village.name", "所在村", shown=False),
        Column("signer", "经办人", value=shown.signer, phone="hide"),
        Column("confirmed", "回访", kind="html", value=shown.confirmed, phone="hide"),
        Column("standing", "状态", kind="html", value=shown.standing, phone="last"),
    )
    order = "-received_on"
    tabs = (
        Tab("", "全部"),
        Tab("returned", "退还群众", lambda rows, user: rows.returned()),
        Tab("to_ask", "待回访", lambda rows, user: rows.to_ask()),
        Tab("denied", "回访没有足额收到", lambda rows, user: rows.denied()),
    )
    unit_word = "笔"
    empty = "没有符合条件的追缴和退还。"
    import_kind = "recoveries"

    def may_import(self) -> bool:
        return bool(self.user.roles & DESK)


class MisuseAct(ActPage):
    queryset, section, workflow = Misuse.objects.for_list(), "misuses", MISUSE

    def money(self) -> Sequence[Facts | Table]:
        """What the desk must have before its eyes."""
        row = self.object
        facts = [
            Fact("涉及金额（元）", row.amount_fen, "money"),
            Fact("应追缴（元）", row.owed_fen, "money"),
            Fact("已追缴（元）", row.recovered_fen, "money"),
            Fact("未追缴（元）", row.left_fen, "money"),
            Fact("责任单位", row.responsible_unit.name),
        ]
        return [Facts(row.title, facts)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"shown": self.money()}


class RecordRecovery(MisuseAct):
    verb, perform, form_class = "record_recovery", staticmethod(services.record_recovery), forms.RecoveryForm
    done = "已登记追缴。"

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": moment.today()}


class RecordReturns(MisuseAct):
    verb, perform, form_class = "record_returns", staticmethod(services.record_returns), forms.ReturnsForm
    formset_classes = {"households": forms.HouseholdRows}  # noqa: RUF012 — as the base class has it
    intro = "一张发放表或者回单退还多户的，一户一行；金额合计不能超过未追缴金额。"
    done = "已登记退还群众。"

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": moment.today()}


class VoidRecovery(MisuseAct):
    verb, perform, form_class = "void_recovery", staticmethod(services.void_recovery), forms.VoidRecoveryForm
    intro = "原来的一笔保留，另记一条反向的分录；需要改金额的，冲正后重新登记。"
    destructive, done = True, "已冲正，该笔金额不再计入。"

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        field: Any = form.fields["recovery"]
        field.queryset = self.object.recoveries.standing()
        field.label_from_instance = shown.recovery_words
        return form


class RaiseOwed(MisuseAct):
    verb, perform, form_class = "raise_owed", staticmethod(services.raise_owed), forms.RaiseOwedForm
    done = "已调增应追缴。"


class RequestRelief(MisuseAct):
    verb, perform, form_class = "request_relief", staticmethod(services.request_relief), forms.ReliefForm
    intro = "核销、核减由分管领导或者主要负责人审批，批准以后才记入台账。"
    done = "已申请，等待审批。"


class DecideRelief(MisuseAct):
    verb, perform, form_class = "decide_relief", staticmethod(services.decide_relief), forms.DecideReliefForm
    done = "已审批。"

    def money(self) -> Sequence[Facts | Table]:
        asked = pending_relief(self.object)
        if asked is None:
            return super().money()
        said = [
            Fact("类别", asked.get_kind_display()), Fact("金额（元）", asked.amount_fen, "money"),
            Fact("依据文号", asked.basis), Fact("申请人", asked.asked_by.display_name),
            Fact("申请日期", asked.asked_on, "date"), Fact("理由", asked.reason, wide=True),
        ]  # fmt: skip
        return [Facts("申请", said), *super().money()]


class ConfirmReturn(MisuseAct):
    verb, perform, form_class = (
        "confirm_return",
        staticmethod(services.confirm_return),
        forms.ConfirmReturnForm,
    )
    intro = "问农户本人或者家人是否足额收到；没有足额收到的，财政部门会收到通知并核实。"
    done = "已登记回访。"

    def get_initial(self) -> dict[str, Any]:
        return {"asked_on": moment.today()}

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        field: Any = form.fields["recovery"]
        field.queryset = self.object.recoveries.returned().select_related("village")
        field.label_from_instance = shown.household_words
        return form
