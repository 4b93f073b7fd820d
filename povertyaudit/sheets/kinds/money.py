"""违规使用资金, 追缴退还, 报账: what the fund desk and the units enter."""

from collections.abc import Sequence
from typing import Any

from funds import services
from funds.forms.misuse import MisuseForm
from funds.forms.payments import PaymentForm
from funds.forms.recovery import RecoveryForm
from funds.models import Misuse, Payment, Recovery
from funds.services import paying
from funds.services.paying_many import Paying
from funds.services.registering_many import Registering
from funds.workflow import DESK, REGISTERS
from funds.workflow.project_who import BUILDERS
from povertyaudit.core.forms import NumberField
from povertyaudit.sheets.columns import Column, numbered, of_form
from povertyaudit.sheets.kinds.base import Kind, Values

MISUSE_NAMES = (
    "title", "kind", "nature", "fund_kind", "amount_fen", "confirmed", "period_from", "period_to", "description", "owed_fen",
    "owed_reason", "responsible_unit", "region", "found_on", "how_found", "project", "finding", "lead",
)  # fmt: skip
MISUSE_ALSO = {
    "title": ("问题", "问题摘要"), "kind": ("类型", "问题类别"), "nature": ("性质",), "fund_kind": ("资金类别", "资金类型", "资金名称"),
    "amount_fen": ("金额", "涉及金额", "违规金额", "问题金额"), "period_from": ("发生时间", "起始日期"), "period_to": ("截止日期",),
    "description": ("情况说明", "主要问题", "问题描述"), "owed_fen": ("应追缴", "应追缴金额"), "owed_reason": ("少追缴理由",),
    "responsible_unit": ("单位", "违规单位"), "region": ("地区", "属地"), "found_on": ("发现时间",), "how_found": ("发现方式", "来源"),
    "project": ("项目编号",), "finding": ("巡察问题编号",), "lead": ("线索编号",),
}  # fmt: skip


def misuse_columns() -> list[Column]:
    return of_form(MisuseForm(), MISUSE_NAMES, also=MISUSE_ALSO, examples={
        "title": "产业奖补资金滞留", "amount_fen": "26800.00", "description": "2025 年产业奖补资金滞留镇财政账户七个月。",
        "responsible_unit": "柳溪镇人民政府", "found_on": "2026-10-12",
    })  # fmt: skip


def _arranged(values: Values) -> Values:
    return {**values, "owed_reason": values.get("owed_reason") or ""}


def register_misuse(*, by: Any, **values: Any) -> Misuse:
    return services.register_misuse(by=by, **_arranged(values))


class Misuses:
    def __init__(self, by: Any) -> None:
        self.registering = Registering(by)

    def judged(self, given: Sequence[Values]) -> list[Any]:
        return list(self.registering.judged([_arranged(values) for values in given]))

    def made(self, given: Sequence[Values]) -> list[Any]:
        return self.registering.made([_arranged(values) for values in given])


MISUSES = Kind(
    "misuses", "违规使用资金", "/misuses/", Misuse, misuse_columns, lambda user: bool(user.roles & REGISTERS), register_misuse, None,
    services.void_misuse, Misuses, doubled=("title", "responsible_unit", "amount_fen"), row_url="/misuses/",
)  # fmt: skip

RECOVERY_NAMES = (
    "kind", "amount_fen", "confirmed", "received_on", "voucher_no", "destination", "to_project", "household", "village", "note",
)  # fmt: skip
RECOVERY_ALSO = {
    "kind": ("追缴方式", "退还方式"), "amount_fen": ("追缴金额", "金额", "退还金额"), "received_on": ("日期", "追缴日期", "到账时间"),
    "voucher_no": ("凭证", "票据号", "缴款书号"), "destination": ("资金去向",), "to_project": ("项目编号",),
    "household": ("户主", "姓名"), "village": ("村", "行政村"), "note": ("备注",),
}  # fmt: skip


def recovery_columns() -> list[Column]:
    of = NumberField(
        Misuse.objects.all(), label="违规资金编号", required=True, help_text="追缴的是哪一笔违规资金。",
        error_messages={"required": "请填写违规资金编号。"},
    )  # fmt: skip
    return [
        Column("misuse", of, ("问题编号", "编号")),
        *of_form(RecoveryForm(), RECOVERY_NAMES, also=RECOVERY_ALSO, examples={
            "amount_fen": "5000.00", "received_on": "2026-11-20", "destination": "缴入县国库",
        }),
    ]  # fmt: skip


def record_recovery(*, by: Any, misuse: Misuse, **values: Any) -> Recovery:
    for name in ("household", "note"):
        values[name] = values.get(name) or ""
    done = services.record_recovery(misuse, by=by, **values)
    found: Recovery = done.recoveries.standing().get(voucher_no=values["voucher_no"])
    return found


def void_recovery(row: Recovery, *, by: Any, note: str) -> Misuse:
    return services.void_recovery(row.misuse, by=by, recovery=row, note=note)


RECOVERIES = Kind(
    "recoveries", "追缴退还", "/recoveries/", Recovery, recovery_columns, lambda user: bool(user.roles & DESK), record_recovery,
    None, void_recovery, doubled=("misuse", "voucher_no"),
)  # fmt: skip

PAYMENT_NAMES = ("project", "stage", "amount_fen", "sum_checked", "progress", "payee")
PAYMENT_ALSO = {
    "project": ("项目",), "stage": ("阶段", "款项性质", "报账阶段"), "amount_fen": ("金额", "报账金额", "申请金额"),
    "progress": ("工程量", "完成情况"), "payee": ("收款人", "收款方", "施工单位"),
}  # fmt: skip


def payment_columns() -> list[Column]:
    return [numbered("报账编号"), *of_form(PaymentForm(), PAYMENT_NAMES, also=PAYMENT_ALSO, examples={
        "amount_fen": "240000.00", "progress": "完成路基 1.2 公里。", "payee": "某某建设有限公司",
    })]  # fmt: skip


def open_payment(*, by: Any, **values: Any) -> Payment:
    return paying.open_payment(by=by, **values)


PAYMENTS = Kind(
    "payments", "报账", "/payments/", Payment, payment_columns, lambda user: bool(user.roles & BUILDERS), open_payment,
    paying.amend_payment, paying.drop, Paying, fixed=frozenset({"project"}), asides=frozenset({"sum_checked"}),
    fetched=lambda rows: rows.select_related("project"), doubled=("project",), row_url="/payments/",
)  # fmt: skip
