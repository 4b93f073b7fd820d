"""部门报送: what a member of the joint meeting reports by the 20th, one paper a month."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.exchange_querysets import PartnerReportQuerySet
from cases.models.handovers import PartnerBody
from povertyaudit.core.models import Dossier, Unit, User

DAY = 20  # the seed's rhythm: 每月20日汇总
MOST = 100_000


class PartnerReport(Dossier):
    """Leads a body handed over in the month that ends on `last_day` (the 20th), and what it has under way then."""

    class State(models.TextChoices):
        REPORTED = "reported", "已报送"

    label_zh = "部门报送"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text"})
    state_tones: ClassVar[dict[str, str]] = {"reported": "done"}

    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.REPORTED, editable=False
    )
    body = models.ForeignKey(PartnerBody, models.PROTECT, related_name="+", verbose_name="部门类别")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送单位"
    )
    last_day = models.DateField("截止日期")
    handed_over = models.PositiveIntegerField("本月移交线索（件）")
    under_way = models.PositiveIntegerField("正在办理（件）")
    text = models.TextField("说明", blank=True)
    reported_on = models.DateField("报送日期")
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = PartnerReportQuerySet.as_manager()

    class Meta:
        verbose_name = "部门报送"
        ordering = ("-last_day", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "body", "last_day"), name="partner_report_once_a_month",
                violation_error_message="这个部门本月已经报送，请修改原来的一份。",
            ),
            models.CheckConstraint(
                name="partner_report_ends_on_the_twentieth", condition=Q(last_day__day=DAY),
                violation_error_message="每月报送截至 20 日。",
            ),
            models.CheckConstraint(
                name="partner_report_numbers_are_sensible", condition=Q(handed_over__lte=MOST, under_way__lte=MOST),
                violation_error_message="件数过大，请核对。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("partner_report", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        return f"{self.party}（截至{self.last_day.year}年{self.last_day.month}月{self.last_day.day}日）"

    @property
    def party(self) -> str:
        return self.unit.name if self.unit else self.body.name
