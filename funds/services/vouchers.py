"""A voucher number counts once: of the fund desk in its county, of a unit in its own books."""

from funds.models import Payment, Spending
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.errors import RuleBroken


def _plain(voucher_no: str) -> str:
    return "".join(to_halfwidth(voucher_no).split()).upper()


def county_key(payment: Payment, voucher_no: str) -> str:
    """What the database keeps once. Raises RuleBroken where a payment of the county has it already."""
    key = f"{payment.region_id[:6]}:{_plain(voucher_no)}"
    used = Payment.objects.filter(voucher_key=key).exclude(pk=payment.pk).first()
    if used is not None:
        raise RuleBroken(
            "voucher.used", f"凭证号“{voucher_no}”已用于 {used.number}，请核对。", field="voucher_no"
        )
    return key


def unit_key(payment: Payment, voucher_no: str) -> str:
    """As `county_key`, in the books of the unit that spends."""
    key = f"{payment.project.responsible_unit_id}:{_plain(voucher_no)}"
    used = Spending.objects.filter(voucher_key=key).select_related("payment").first()
    if used is not None:
        text = f"凭证号“{voucher_no}”已用于 {used.payment.number} 的支出，请核对。"
        raise RuleBroken("voucher.used", text, field="voucher_no")
    return key
