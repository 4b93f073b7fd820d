"""支出 out of what lies in the unit's account: entered by the unit, voided with a reason. Money is in 分."""

from datetime import date

from django.db import transaction

from funds.models import Payment, Project, Spending
from funds.services.days import in_order
from funds.services.vouchers import unit_key
from funds.workflow.payments import PAYMENT
from povertyaudit.core import moment, render, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


@transaction.atomic
def spend(
    payment: Payment, *, by: User, amount_fen: int, payee: str, voucher_no: str, spent_on: date | None = None,
    purpose: str = "", note: str = "", expected_version: int | None = None,
) -> Payment:  # fmt: skip
    """登记支出, not before it was paid in and never above it. Raises RuleBroken."""
    project = rows.lock(payment.project)
    row = PAYMENT.begin(payment, "spend", by=by, note=note, expected_version=expected_version)
    row.project = project
    day = spent_on or moment.today()
    in_order("spent_on", day, "支出日期", row.paid_on, "拨付日期")
    if amount_fen > row.held_fen:
        text = f"账上只剩 {render.yuan(row.held_fen)} 元，支出不能超过这个数，请核对金额。"
        raise RuleBroken("spend.above", text, field="amount_fen")
    made = Spending(
        payment=row, amount_fen=amount_fen, spent_on=day, payee=payee, voucher_no=voucher_no, note=purpose,
        voucher_key=unit_key(row, voucher_no),
    )  # fmt: skip
    return _moved(project, row, "spend", made, amount_fen, by, note)


@transaction.atomic
def void_spending(
    payment: Payment, *, by: User, spending: Spending, note: str = "", expected_version: int | None = None
) -> Payment:
    """作废一笔支出: the row stays, its money lies in the account again."""
    project = rows.lock(payment.project)
    row = PAYMENT.begin(payment, "void_spending", by=by, note=note, expected_version=expected_version)
    row.project = project
    found: Spending | None = row.spendings.standing().filter(pk=spending.pk).first()
    if found is None:
        text = "这笔支出不在该报账下或者已经作废，请重新选择。"
        raise RuleBroken("void_spending.gone", text, field="spending")
    found.voided_on, found.voucher_key = moment.today(), None
    return _moved(project, row, "void_spending", found, -found.amount_fen, by, note)


def _moved(
    project: Project, row: Payment, verb: str, spending: Spending, fen: int, by: User, note: str
) -> Payment:
    facts = {"payment": row.number, "fen": 0, "spent": fen}
    changes = {"spent_fen": project.spent_fen + fen}
    rows.write(project, verb="project.paid", by=by, changes=changes, facts=facts)
    said = {"spending": [spending.payee, spending.voucher_no, fen]}
    done: Payment = PAYMENT.finish(
        row, verb, by=by, note=note, changes={"spent_fen": row.spent_fen + fen}, saved=[spending], facts=said
    )
    return done
