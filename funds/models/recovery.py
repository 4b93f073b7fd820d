"""What came back of misused money (追缴、清退)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from funds.models.misuse import Misuse
from funds.querysets import RecoveryQuerySet
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Row, User


class Recovery(Row):
    """追缴、清退的一笔. Never negative, never changed: a wrong one is voided and stays to be seen."""

    class Kind(models.TextChoices):
        CONFISCATED = "confiscated", "追缴"
        CLEARED = "cleared", "清退"
        RETURNED = "returned", "退还群众"
        COMPENSATED = "compensated", "责令退赔"
        HANDED_IN = "handed_in", "登记上交"
        TREASURY = "treasury", "收回财政"

    dossier_path: ClassVar[str] = "misuse"

    misuse = models.ForeignKey(Misuse, models.PROTECT, related_name="recoveries", verbose_name="违规使用资金")
    kind = models.CharField("方式", max_length=12, choices=Kind.choices)
    amount_fen = models.BigIntegerField("金额（分）")
    received_on = models.DateField("到账日期")
    voucher_no = models.CharField("凭证号", max_length=60)
    destination = models.CharField("去向", max_length=200)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True, editable=False)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="作废人"
    )

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name = "追缴清退"
        ordering = ("received_on", "id")
        constraints = (
            models.CheckConstraint(
                name="recovery_amount_in_range",
                condition=Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN),
                violation_error_message="追缴金额应大于 0，且不超过 10 万亿元。",
            ),
            models.CheckConstraint(
                name="recovery_voided_by_someone",
                condition=Q(voided_at=None, voided_by=None)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
                violation_error_message="作废的追缴记录应有作废人和时间。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.voucher_no}"

    @property
    def is_standing(self) -> bool:
        return self.voided_at is None

    def get_absolute_url(self) -> str:
        return self.misuse.get_absolute_url()

    def scope_keys(self) -> dict[str, Any]:
        return self.misuse.scope_keys()
