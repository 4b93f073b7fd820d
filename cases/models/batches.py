"""交办批次: leads a superior or an inspection sends together, followed to the last of them."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.exchange_querysets import BatchQuerySet
from povertyaudit.core.models import Dossier, User

MOST_LEADS = 10_000


class Batch(Dossier):
    """One batch: who sent it, how many leads it says it holds, by when they are to be done."""

    class State(models.TextChoices):
        OPEN = "open", "办理中"
        CLOSED = "closed", "已结清"

    label_zh = "交办批次"
    state_tones: ClassVar[dict[str, str]] = {"open": "open", "closed": "done"}

    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN, editable=False)
    title = models.CharField("批次名称", max_length=100)
    sender = models.CharField("交办单位", max_length=100)
    sender_number = models.CharField("来文编号", max_length=60, blank=True)
    received_on = models.DateField("收到日期")
    promised = models.PositiveIntegerField(
        "来文载明件数", validators=[MinValueValidator(1), MaxValueValidator(MOST_LEADS)]
    )
    deadline = models.DateField("要求办结日期", null=True, blank=True)
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    closed_on = models.DateField("结清日期", null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "交办批次"
        ordering = ("-received_on", "-id")
        constraints = (
            models.CheckConstraint(
                name="batch_closed_is_dated",
                condition=Q(state="closed", closed_on__isnull=False) | Q(state="open", closed_on=None),
                violation_error_message="结清的批次须有结清日期，未结清的不能有。",
            ),
            models.CheckConstraint(
                name="batch_promises_leads",
                condition=Q(promised__gte=1, promised__lte=MOST_LEADS),
                violation_error_message=f"来文载明件数应在 1 至 {MOST_LEADS} 之间。",
            ),
            models.CheckConstraint(
                name="batch_dates_in_order",
                condition=(Q(deadline=None) | Q(deadline__gte=F("received_on")))
                & (Q(closed_on=None) | Q(closed_on__gte=F("received_on"))),
                violation_error_message="要求办结日期和结清日期不能早于收到日期。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("batch", kwargs={"id": self.public_id})
