"""The ledger of payments, one line a payment."""

from funds.models import Payment, PayStage
from povertyaudit.core.ledger import Column, common_columns

COLUMNS = (
    *common_columns(Payment.State.choices),
    Column("project", "项目编号", "project__number"),
    Column("project_title", "项目名称", "project__title"),
    Column("kind", "项目类别代码", "project__kind__code"),
    Column("unit", "实施单位", "project__responsible_unit__name"),
    Column("stage", "款项代码"),
    Column("stage_display", "款项", "stage", choices=list(PayStage.choices)),
    Column("amount_fen", "金额（分）"),
    Column("payee", "收款单位"),
    Column("progress", "完成的工程量"),
    Column("applied_on", "申请日期"),
    Column("endorsed_on", "乡镇意见日期"),
    Column("reviewed_on", "主管部门审核日期"),
    Column("paid_on", "拨付日期"),
    Column("voucher_no", "拨付凭证号"),
    Column("to_unit", "拨到实施单位账户"),
    Column("spent_fen", "已支出（分）"),
)
