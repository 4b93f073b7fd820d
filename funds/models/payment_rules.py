"""What a row of a payment must always keep, as the database holds it."""

from django.db import models
from django.db.models import F, Q

from povertyaudit.core.cleaning import MAX_FEN

UNDER_WAY = ("draft", "submitted", "endorsed", "reviewed", "returned")
UNPAID = (*UNDER_WAY, "dropped")


def _after(later: str, earlier: str) -> Q:
    return Q(**{later: None}) | Q(**{f"{earlier}__isnull": False, f"{later}__gte": F(earlier)})


PAYMENT_CONSTRAINTS = (
    models.UniqueConstraint(
        name="payment_one_under_way",
        fields=("project",),
        condition=Q(state__in=UNDER_WAY),
        violation_error_message="这个项目还有一笔报账没有办完，请先办完或者撤回。",
    ),
    models.CheckConstraint(
        name="payment_amount_in_range",
        condition=Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN),
        violation_error_message="申请金额应大于 0，且不超过 10 万亿元。",
    ),
    models.CheckConstraint(
        name="payment_days_in_order",
        condition=_after("endorsed_on", "applied_on")
        & _after("reviewed_on", "endorsed_on")
        & _after("paid_on", "reviewed_on"),
        violation_error_message="日期应按申请、乡镇意见、审核、拨付的先后。",
    ),
    models.CheckConstraint(
        name="payment_steps_are_signed",
        condition=Q(state__in=("draft", "returned", "dropped"))
        | Q(state="submitted", applied_on__isnull=False, applied_by__isnull=False)
        | Q(state="endorsed", endorsed_on__isnull=False, endorsed_by__isnull=False)
        | Q(state="reviewed", reviewed_on__isnull=False, reviewed_by__isnull=False)
        | Q(state__in=("paid", "reversed"), paid_on__isnull=False, paid_by__isnull=False),
        violation_error_message="每一步都应有日期和办理人。",
    ),
    models.CheckConstraint(
        name="payment_voucher_when_paid",
        condition=Q(state="paid", voucher_key__isnull=False) | ~Q(state="paid") & Q(voucher_key=None),
        violation_error_message="已拨付的应有凭证号。",
    ),
    models.CheckConstraint(
        name="payment_spent_within_paid",
        condition=Q(spent_fen=0) | Q(state="paid", spent_fen__gte=0, spent_fen__lte=F("amount_fen")),
        violation_error_message="支出合计不能超过拨付的金额。",
    ),
    models.CheckConstraint(
        name="payment_apart",
        condition=(Q(endorsed_by=None) | ~Q(endorsed_by=F("applied_by")))
        & (Q(paid_by=None) | ~Q(paid_by=F("reviewed_by"))),
        violation_error_message="申请和签署意见、审核和拨付应由不同的人办理。",
    ),
)
