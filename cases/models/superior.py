"""属上级管辖的检举控告: that it came and went up. Nothing of what it says may be entered, copied or excerpted (检举控告规则 art. 15)."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.querysets import SuperiorReceiptQuerySet
from povertyaudit.core.models import Dossier, Unit, User

# A document number (澄信收〔2026〕31号) or a code (JW-2026-12): no room for a sentence.
RECEIPT = r"^([一-鿿]{0,6}[〔\[(（]?\d{4}[〕\])）]?第?\d{1,6}号?|[0-9A-Za-z][0-9A-Za-z\-_/.]{0,29})$"


class SuperiorReceipt(Dossier):
    """One slip: our number, the two days, the superior's receipt, who. No column holds free text, no comment stands beside."""

    class State(models.TextChoices):
        WAITING = "waiting", "待报送"
        SENT = "sent", "已报送"

    label_zh = "上级管辖件"
    title: ClassVar[str] = "属上级机关管辖的检举控告"
    takes_comments: ClassVar[bool] = False
    state_tones: ClassVar[dict[str, str]] = {"waiting": "open", "sent": "done"}

    state = models.CharField(
        "状态", max_length=8, choices=State.choices, default=State.WAITING, editable=False
    )
    received_on = models.DateField("收到日期")
    sent_on = models.DateField("报送日期", null=True, blank=True)
    superior_receipt = models.CharField(
        "上级回执号", max_length=30, blank=True,
        validators=[RegexValidator(RECEIPT, "回执号只写编号，例如“澄信收〔2026〕31号”，不写其他内容。")],
    )  # fmt: skip
    registering_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="登记单位")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送人"
    )

    objects = SuperiorReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = "上级管辖件"
        ordering = ("-received_on", "-id")
        constraints = (
            models.CheckConstraint(
                name="superior_receipt_sent_is_dated",
                condition=Q(state="sent", sent_on__isnull=False, sent_by__isnull=False)
                | Q(state="waiting", sent_on=None, sent_by=None, superior_receipt=""),
                violation_error_message="报送后须有报送日期和报送人，报送前不能有。",
            ),
            models.CheckConstraint(
                name="superior_receipt_dates_in_order",
                condition=Q(sent_on=None) | Q(sent_on__gte=F("received_on")),
                violation_error_message="报送日期不能早于收到日期。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("superior_receipt", kwargs={"id": self.public_id})

    def scope_units(self) -> list[int]:
        return [self.registering_unit_id]
