"""Records of visits (走访记录): where, with whom, how many households and talks; sent once, also from a phone without network."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from inspections.field_querysets import VisitQuerySet
from inspections.models.objects import RoundObject
from inspections.models.plans import VisitPlan
from inspections.models.rounds import Round
from povertyaudit.core.models import Dossier, User

MOST = 10_000  # of anything counted on one visit


class Visit(Dossier):
    """走访记录, under a plan, a round, or by itself. Known as its plan is; its number waits for the end of what is secret."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "place_text", "talked_to", "notes")

    class Kind(models.TextChoices):
        HOUSEHOLD = "household", "入户走访"
        TALK = "talk", "个别谈话"
        SITE = "site", "现场查看"
        PAPERS = "papers", "查阅资料"
        ATTENDANCE = "attendance", "驻村抽查"

    class State(models.TextChoices):
        RECORDED = "recorded", "已登记"
        WITHDRAWN = "withdrawn", "已作废"

    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"place_text", "talked_to", "notes", "latitude", "longitude"}
    )
    recused_with: ClassVar[tuple[str, ...]] = ("plan", "round", "object")
    state_tones: ClassVar[dict[str, str]] = {"recorded": "done", "withdrawn": "stop"}

    kind = models.CharField("走访方式", max_length=12, choices=Kind.choices, default=Kind.HOUSEHOLD)
    plan = models.ForeignKey(
        VisitPlan, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="走访计划"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="所属轮次"
    )
    object = models.ForeignKey(
        RoundObject, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="巡察对象"
    )
    visited_on = models.DateField("走访日期")
    place_text = models.CharField("具体地点", max_length=200, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    doubts = models.CharField("已核对的疑点", max_length=500, blank=True)
    talked_to = models.TextField("走访对象", blank=True)
    households = models.PositiveIntegerField("入户数", default=0)
    talks = models.PositiveIntegerField("谈话人次", default=0)
    documents = models.PositiveIntegerField("查阅资料份数", default=0)
    calls = models.PositiveIntegerField("电话抽查次数", default=0)
    notes = models.TextField("走访情况", blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    submission = models.CharField("提交标识", max_length=40, null=True, blank=True, editable=False)  # noqa: DJ001 — made by the phone
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RECORDED)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "走访记录"
        indexes = (
            models.Index(fields=("region", "visited_on"), name="visit_region_day"),
            models.Index(fields=("plan", "visited_on"), name="visit_plan_day"),
        )
        constraints = (
            models.UniqueConstraint(fields=("recorded_by", "submission"), name="visit_sent_once"),
            models.CheckConstraint(
                name="visit_counts_sensible",
                condition=Q(households__lte=MOST, talks__lte=MOST, documents__lte=MOST, calls__lte=MOST),
                violation_error_message=f"入户、谈话、资料、电话的数量最多 {MOST}，请核对。",
            ),
            models.CheckConstraint(
                name="visit_position_is_whole",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                violation_error_message="定位应同时有纬度和经度，且在正常范围以内。",
            ),
        )

    def __str__(self) -> str:
        return self.number or f"未编号：{self.title}"

    def get_absolute_url(self) -> str:
        return reverse("visit", args=(self.public_id,))

    @property
    def title(self) -> str:
        """Where and when, for lists."""
        return f"{self.region.name}{self.get_kind_display()}（{self.visited_on}）"

    @property
    def is_secret_now(self) -> bool:
        if self.plan is not None and self.plan.is_secret_now:
            return True
        return self.round is not None and self.round.is_secret_now
