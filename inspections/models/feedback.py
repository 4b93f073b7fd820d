"""Feedback (反馈表): what a recipient is told, first its head and then its leading group, and that he signed for it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.feedback_querysets import FeedbackQuerySet
from inspections.models.findings import Finding
from inspections.models.objects import RoundObject
from inspections.models.of_round import OfRound
from inspections.models.rounds import Round
from inspections.querysets import OfFindingQuerySet
from povertyaudit.core.models import Dossier, Row, Unit, User


class Feedback(OfRound, Dossier):
    """反馈表 of one recipient."""

    class State(models.TextChoices):
        DRAFT = "draft", "起草"
        HEAD_TOLD = "head_told", "已向主要负责人反馈"
        ISSUED = "issued", "待签收"
        SIGNED = "signed", "已签收"
        WITHDRAWN = "withdrawn", "已撤销"

    class Way(models.TextChoices):
        ONLINE = "online", "网上签收"
        IN_PERSON = "in_person", "当面签收"

    label_zh: ClassVar[str] = "反馈表"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "head_name", "signed_name"})
    recused_with: ClassVar[tuple[str, ...]] = ("round", "object")
    state_tones: ClassVar[dict[str, str]] = {
        "draft": "plain", "head_told": "open", "issued": "wait", "signed": "done", "withdrawn": "stop",
    }  # fmt: skip

    round = models.ForeignKey(Round, models.PROTECT, related_name="feedbacks", verbose_name="轮次")
    object = models.ForeignKey(
        RoundObject, models.PROTECT, null=True, blank=True, related_name="feedbacks", verbose_name="巡察对象"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="被巡察单位")
    text = models.TextField("总体评价和要求", blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    head_on = models.DateField("向主要负责人反馈日期", null=True, blank=True)
    head_name = models.CharField("主要负责人", max_length=60, blank=True)
    leadership_on = models.DateField("向领导班子反馈日期", null=True, blank=True)
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    signed_way = models.CharField("签收方式", max_length=10, choices=Way.choices, blank=True)
    signed_name = models.CharField("签收人", max_length=60, blank=True)
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签收人账号"
    )
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "反馈表"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("round", "state"), name="feedback_round_state"),
            models.Index(fields=("unit", "state"), name="feedback_unit_state"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("round", "unit"), condition=~Q(state="withdrawn"), name="feedback_once_per_recipient",
                violation_error_message="本轮次已有这个单位的反馈表。",
            ),
            models.CheckConstraint(
                name="feedback_state_is_dated",
                condition=Q(state__in=("draft", "withdrawn"), head_on=None, leadership_on=None, signed_at=None)
                | Q(state="head_told", head_on__isnull=False, leadership_on=None, signed_at=None)
                | Q(state="issued", head_on__isnull=False, leadership_on__isnull=False, signed_at=None)
                | Q(state="signed", head_on__isnull=False, leadership_on__isnull=False, signed_at__isnull=False),
                violation_error_message="反馈和签收的日期须与状态相符。",
            ),
            models.CheckConstraint(
                name="feedback_head_before_leadership",
                condition=Q(leadership_on=None) | Q(leadership_on__gte=F("head_on")),
                violation_error_message="先向主要负责人反馈，再向领导班子反馈。",
            ),
            models.CheckConstraint(
                name="feedback_signature_is_whole",
                condition=Q(signed_at=None, signed_way="", signed_name="", signed_by=None)
                | Q(signed_at__isnull=False, signed_way="online", signed_by__isnull=False) & ~Q(signed_name="")
                | Q(signed_at__isnull=False, signed_way="in_person") & ~Q(signed_name=""),
                violation_error_message="签收须有时间、方式和签收人。",
            ),
            models.CheckConstraint(
                name="feedback_told_is_numbered",
                condition=Q(head_on=None) | Q(number__isnull=False),
                violation_error_message="已反馈的反馈表应有编号。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("feedback", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.unit.name}反馈表"

    def scope_units(self) -> list[int]:
        """The recipient, once its head was told."""
        return [] if self.head_on is None else [self.unit_id]


class FeedbackFinding(Row):
    """A problem on the form; a finding is fed back once."""

    dossier_path: ClassVar[str] = "feedback"

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="rows", verbose_name="反馈表")
    finding = models.ForeignKey(
        Finding, models.PROTECT, related_name="feedback_rows", verbose_name="发现问题"
    )

    objects = OfFindingQuerySet.as_manager()

    class Meta:
        verbose_name = "反馈的问题"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("finding",), name="finding_fed_back_once",
                violation_error_message="这个问题已经列入另一张反馈表。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.finding)
