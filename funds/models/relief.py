"""核销、核减: what is owed falls away only by the word of another person."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from funds.models.misuse import Misuse
from povertyaudit.core import moment
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Row, User
from povertyaudit.core.scope import ScopedQuerySet


class ReliefState(models.TextChoices):
    PENDING = "pending", "待批"
    GRANTED = "granted", "已批准"
    REFUSED = "refused", "未批准"


class Relief(Row):
    """申请核销（收不回来）或者核减（应追缴多定了）: how much, why, and what was decided."""

    class Kind(models.TextChoices):
        WRITE_OFF = "write_off", "核销"
        REDUCTION = "reduction", "核减应追缴"

    dossier_path: ClassVar[str] = "misuse"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason", "opinion"})
    state_tones: ClassVar[dict[str, str]] = {"pending": "wait", "granted": "done", "refused": "stop"}

    misuse = models.ForeignKey(Misuse, models.PROTECT, related_name="reliefs", verbose_name="违规使用资金")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    amount_fen = models.BigIntegerField("金额（分）")
    reason = models.TextField("理由")
    basis = models.CharField("依据文号", max_length=60)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_on = models.DateField("申请日期", default=moment.today)
    state = models.CharField("状态", max_length=10, choices=ReliefState.choices, default=ReliefState.PENDING)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    decided_on = models.DateField("批准日期", null=True, blank=True)
    opinion = models.TextField("意见", blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "核销核减"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("misuse",),
                condition=Q(state="pending"),
                name="relief_one_pending",
                violation_error_message="该问题已有一个核销核减申请等待审批。",
            ),
            models.CheckConstraint(
                name="relief_amount_in_range",
                condition=Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN),
                violation_error_message="金额应大于 0，且不超过 10 万亿元。",
            ),
            models.CheckConstraint(
                name="relief_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                violation_error_message="核销核减不能由申请人自己批准。",
            ),
            models.CheckConstraint(
                name="relief_decided_iff_signed",
                condition=Q(state="pending", decided_by=None, decided_on=None)
                | Q(state__in=("granted", "refused"), decided_by__isnull=False, decided_on__isnull=False),
                violation_error_message="已决定的核销核减须有批准人和日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.basis}"

    def get_absolute_url(self) -> str:
        return self.misuse.get_absolute_url()

    def scope_keys(self) -> dict[str, Any]:
        return self.misuse.scope_keys()
