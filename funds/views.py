"""Pages of misused money and its recovery."""

from typing import Any

from django.forms import BaseForm
from django.utils.safestring import SafeString

from funds import services
from funds.filters import MisuseFilter
from funds.forms import MisuseForm, RecoveryForm, VoidRecoveryForm
from funds.models import Misuse, Recovery
from funds.workflow import MISUSE, REGISTERS
from povertyaudit.core import moment, render
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, ListPage, RecordPage, Tab, Table


def standing(recovery: Recovery) -> SafeString:
    return render.badge("有效", "done") if recovery.is_standing else render.badge("已作废", "stop")


def recovery_words(recovery: Recovery) -> str:
    """A recovery as a choice: 追缴 12,000.00 元（凭证 …，2026-03-02）."""
    money = render.yuan(recovery.amount_fen)
    return f"{recovery.get_kind_display()} {money} 元（凭证 {recovery.voucher_no}，{recovery.received_on}）"


RECOVERY_COLUMNS = (
    Column("received_on", "到账日期", kind="date"),
    Column("get_kind_display", "方式", phone="main"),
    Column("amount_fen", "金额（元）", kind="money", phone="side"),
    Column("voucher_no", "凭证号"),
    Column("destination", "去向"),
    Column("standing", "状态", kind="html", value=standing),
)


class MisuseList(ListPage):
    queryset = Misuse.objects.for_list()
    section, title = "misuses", "违规使用资金"
    filterset_class = MisuseFilter
    main_filters = ("q", "state", "kind")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "问题名称", phone="main"),
        Column("kind.name", "问题类型", phone="hide"),
        Column("responsible_unit.name", "责任单位", phone="hide"),
        Column("found_on", "发现日期", kind="date", order="found_on", phone="hide"),
        Column("amount_fen", "涉及金额（元）", kind="money", order="amount_fen", phone="hide"),
        Column("outstanding_fen", "未追缴（元）", kind="money", order="outstanding_fen", phone="side"),
        Column("state", "状态", kind="state"),
        Column("recovered_fen", "已追缴（元）", kind="money", shown=False),
        Column("get_how_found_display", "发现途径", shown=False),
        Column("region.path_name", "所属地区", shown=False),
        Column("fund_kind.name", "资金种类", shown=False),
    )
    order = "-found_on"
    tabs = (
        Tab("", "全部"),
        Tab("open", "未追缴到位", lambda rows, user: rows.outstanding()),
    )
    create_url, create_label = "/misuses/new/", "登记违规使用资金"
    empty = "没有符合条件的违规使用资金。"

    def may_create(self) -> bool:
        return bool(self.user.roles & REGISTERS)


class MisusePage(RecordPage):
    queryset = Misuse.objects.for_list()
    section, workflow, parent = "misuses", MISUSE, ("违规使用资金", "/misuses/")

    def facts(self) -> list[Facts]:
        row = self.object
        return [
            Facts(
                "金额",
                [
                    Fact("涉及金额（元）", row.amount_fen, "money"),
                    Fact("大写", render.capital(row.amount_fen)),
                    Fact("已追缴（元）", row.recovered_fen, "money"),
                    Fact("未追缴（元）", row.left_fen, "money"),
                ],
            ),
            Facts(
                "问题",
                [
                    Fact("问题类型", row.kind.name),
                    Fact("依据", row.kind.anchor),
                    Fact("资金种类", row.fund_kind),
                    Fact("责任单位", row.responsible_unit.name),
                    Fact("所属地区", row.region.path_name),
                    Fact("发现日期", row.found_on, "date"),
                    Fact("发现途径", row.get_how_found_display()),
                    Fact("问题情况", row.description, wide=True),
                ],
            ),
        ]

    def tables(self) -> list[Table]:
        rows = self.object.recoveries.all()
        return [Table("追缴清退", RECOVERY_COLUMNS, rows, empty="还没有登记追缴。", key="recoveries")]


class NewMisuse(CreatePage):
    section, title, label, parent = "misuses", "登记违规使用资金", "登记", ("违规使用资金", "/misuses/")
    form_class, perform = MisuseForm, staticmethod(services.register_misuse)

    def may_open(self) -> bool:
        return bool(self.user.roles & REGISTERS)

    def get_initial(self) -> dict[str, Any]:
        return {"found_on": moment.today()}


class MisuseAct(ActPage):
    queryset, section, workflow = Misuse.objects.for_list(), "misuses", MISUSE

    def money(self) -> list[Facts]:
        """What the desk must have before its eyes."""
        row = self.object
        facts = [
            Fact("涉及金额（元）", row.amount_fen, "money"),
            Fact("已追缴（元）", row.recovered_fen, "money"),
            Fact("未追缴（元）", row.left_fen, "money"),
            Fact("责任单位", row.responsible_unit.name),
        ]
        return [Facts(row.title, facts)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"shown": self.money()}


class RecordRecovery(MisuseAct):
    verb, perform, form_class = "record_recovery", staticmethod(services.record_recovery), RecoveryForm
    done = "已登记追缴。"

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": moment.today()}


class VoidRecovery(MisuseAct):
    verb, perform, form_class = "void_recovery", staticmethod(services.void_recovery), VoidRecoveryForm
    destructive, done = True, "已作废，该笔金额不再计入。"

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        field: Any = form.fields["recovery"]
        field.queryset = self.object.recoveries.standing()
        field.label_from_instance = recovery_words
        return form
