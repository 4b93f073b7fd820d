"""Campaigns (专题, 一季一主题): a theme for a period, its checklist of problems, and the leads tied to it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.models import Lead
from inspections.campaign_querysets import CampaignLeadQuerySet, CampaignQuerySet
from povertyaudit.core.models import Dossier, Row, User
from povertyaudit.core.scope import ScopedQuerySet

LAST_QUARTER = 4


class Stage(models.TextChoices):
    """How far a lead of a campaign came."""

    FOUND = "found", "列入线索"
    FILED = "filed", "立案"
    SANCTIONED = "sanctioned", "处分"
    TRANSFERRED = "transferred", "移送检察机关"


class Campaign(Dossier):
    """专题. Rounds name it themselves; leads are tied to it by a verb of their registry."""

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"

    label_zh = "专题"
    state_tones: ClassVar[dict[str, str]] = {"open": "open", "closed": "done"}

    name = models.CharField("专题名称", max_length=100)
    theme = models.TextField("主题内容", blank=True)
    year = models.PositiveSmallIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度", null=True, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    plan_paper = models.CharField("方案文件", max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    closed_on = models.DateField("实际结束日期", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "专题"
        ordering = ("-starts_on", "-id")
        constraints = (
            models.UniqueConstraint(
                name="campaign_name_once_in_region",
                fields=("region", "name"),
                violation_error_message="本地区已有同名的专题。",
            ),
            models.CheckConstraint(
                name="campaign_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="campaign_quarter_in_year",
                condition=Q(quarter=None) | Q(quarter__gte=1, quarter__lte=LAST_QUARTER),
                violation_error_message="季度应为 1 至 4。",
            ),
            models.CheckConstraint(
                name="campaign_closed_is_dated",
                condition=Q(state="closed", closed_on__isnull=False) | Q(state="open", closed_on=None),
                violation_error_message="已结束的专题应有实际结束日期。",
            ),
        )

    def __str__(self) -> str:
        return self.number or self.name

    @property
    def title(self) -> str:
        return self.name if self.number else self.period

    def get_absolute_url(self) -> str:
        return reverse("campaign", args=(self.public_id,))

    @property
    def period(self) -> str:
        """年度 and 季度 in words."""
        return f"{self.year} 年第 {self.quarter} 季度" if self.quarter else f"{self.year} 年"


class CampaignPoint(Row):
    """问题要点: one line of the checklist, under its aspect (方面)."""

    dossier_path: ClassVar[str] = "campaign"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="points", verbose_name="专题")
    place = models.PositiveSmallIntegerField("次序")
    aspect = models.CharField("方面", max_length=60)
    text = models.CharField("要点", max_length=200)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "专题要点"
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(
                name="campaign_point_once",
                fields=("campaign", "text"),
                violation_error_message="同一要点在一个专题里只列一次。",
            ),
        )

    def __str__(self) -> str:
        return self.text


class CampaignLead(Row):
    """A lead tied to a campaign. Seen by those who see both."""

    dossier_path: ClassVar[str] = "campaign"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="ties", verbose_name="专题")
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="campaign_ties", verbose_name="问题线索")
    point = models.ForeignKey(
        CampaignPoint, models.PROTECT, null=True, blank=True, related_name="ties", verbose_name="专题要点"
    )
    tied_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = CampaignLeadQuerySet.as_manager()

    class Meta:
        verbose_name = "专题线索"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="campaign_lead_once",
                fields=("campaign", "lead"),
                violation_error_message="这件线索已列入本专题。",
            ),
        )

    def __str__(self) -> str:
        return str(self.lead)

    def get_absolute_url(self) -> str:
        return self.lead.get_absolute_url()
