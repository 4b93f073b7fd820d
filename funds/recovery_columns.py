"""How money that came back is shown in tables and choices."""

from django.utils.safestring import SafeString

from funds.models import Recovery
from povertyaudit.core import render
from povertyaudit.core.views import Column


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
