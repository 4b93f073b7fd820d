"""Opinions (整改意见, 相关职能部门意见) and notices to put something right at once (立行立改)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.models.findings import Finding
from inspections.models.objects import RoundObject
from inspections.models.of_round import OfRound
from inspections.models.rounds import Round
from inspections.opinion_querysets import ImmediateNoticeQuerySet, OpinionQuerySet
from povertyaudit.core.models import Dossier, Unit, User

SENT_STATES = ("sent", "answered", "accepted")


def in_one_line(text: str) -> str:
    """The first line of a text, for lists."""
    return text.partition("\n")[0][:80]


class Opinion(OfRound, Dossier):
    """A demand that grows out of findings: to the unit inspected, or advice to a department. Numbered when it is sent."""

    class Kind(models.TextChoices):
        RECTIFY = "rectify", "整改意见"
        ADVICE = "advice", "相关职能部门意见"

    class State(models.TextChoices):
        RECORDED = "recorded", "待发出"
        SENT = "sent", "待答复"
        ANSWERED = "answered", "已答复"
        ACCEPTED = "accepted", "已采纳"
        WITHDRAWN = "withdrawn", "已撤销"

    label_zh: ClassVar[str] = "意见"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "answer_text", "return_reason"})
    recused_with: ClassVar[tuple[str, ...]] = ("round", "object", "finding", "finding__object")
    state_tones: ClassVar[dict[str, str]] = {
        "recorded": "plain", "sent": "open", "answered": "wait", "accepted": "done", "withdrawn": "stop",
    }  # fmt: skip

    round = models.ForeignKey(Round, models.PROTECT, related_name="opinions", verbose_name="轮次")
    object = models.ForeignKey(
        RoundObject, models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name="巡察对象"
    )
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name="发现问题"
    )
    kind = models.CharField("意见类别", max_length=8, choices=Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="接收单位")
    text = models.TextField("意见内容")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    sent_on = models.DateField("发出日期", null=True, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answer_text = models.TextField("答复内容", blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    accepted_on = models.DateField("采纳日期", null=True, blank=True)
    return_reason = models.TextField("退回理由", blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.RECORDED, editable=False
    )

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "意见"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("round", "kind", "state"), name="opinion_round_kind_state"),
            models.Index(fields=("unit", "state"), name="opinion_unit_state"),
        )
        constraints = (
            models.CheckConstraint(
                name="opinion_state_is_dated",
                condition=Q(
                    state__in=("recorded", "withdrawn"), sent_on=None, answered_on=None, accepted_on=None
                )
                | Q(state="sent", sent_on__isnull=False, answered_on=None, accepted_on=None)
                | Q(state="answered", sent_on__isnull=False, answered_on__isnull=False, accepted_on=None)
                | Q(
                    state="accepted",
                    sent_on__isnull=False,
                    answered_on__isnull=False,
                    accepted_on__isnull=False,
                ),
                violation_error_message="意见的发出、答复、采纳日期须与状态相符。",
            ),
            models.CheckConstraint(
                name="opinion_sent_is_numbered",
                condition=Q(sent_on=None) | Q(number__isnull=False),
                violation_error_message="已发出的意见应有编号。",
            ),
            models.CheckConstraint(
                name="opinion_answer_is_whole",
                condition=Q(answered_on=None) | ~Q(answer_text="") & Q(answered_by__isnull=False),
                violation_error_message="答复须写明内容和答复人。",
            ),
            models.CheckConstraint(
                name="opinion_dates_in_order",
                condition=(Q(answered_on=None) | Q(answered_on__gte=F("sent_on")))
                & (Q(accepted_on=None) | Q(accepted_on__gte=F("answered_on"))),
                violation_error_message="答复日期不能早于发出日期，采纳日期不能早于答复日期。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("opinion", args=(self.public_id,))

    @property
    def title(self) -> str:
        return in_one_line(self.text)

    @property
    def state_words(self) -> str:
        """The state in words, for a sentence."""
        return str(self.get_state_display())

    def scope_units(self) -> list[int]:
        """The recipient, once it is sent."""
        return [self.unit_id] if self.state in SENT_STATES else []


class ImmediateNotice(OfRound, Dossier):
    """立行立改通知: sent to a unit while the round goes on, closed with what was done and its proof."""

    class State(models.TextChoices):
        ISSUED = "issued", "待整改"
        REPORTED = "reported", "已报告"
        CLOSED = "closed", "已办结"

    label_zh: ClassVar[str] = "立行立改通知"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "demand", "closing_text", "return_reason"})
    recused_with: ClassVar[tuple[str, ...]] = ("round", "object", "finding", "finding__object")
    state_tones: ClassVar[dict[str, str]] = {"issued": "open", "reported": "wait", "closed": "done"}

    round = models.ForeignKey(Round, models.PROTECT, related_name="immediate_notices", verbose_name="轮次")
    object = models.ForeignKey(
        RoundObject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="immediate_notices",
        verbose_name="巡察对象",
    )
    finding = models.ForeignKey(
        Finding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="immediate_notices",
        verbose_name="发现问题",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="整改单位")
    text = models.TextField("问题")
    demand = models.TextField("整改要求")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="签发人")
    issued_on = models.DateField("发出日期")
    reported_on = models.DateField("报告日期", null=True, blank=True)
    closing_text = models.TextField("整改情况", blank=True)
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告人"
    )
    closed_on = models.DateField("办结日期", null=True, blank=True)
    return_reason = models.TextField("退回理由", blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.ISSUED, editable=False
    )

    objects = ImmediateNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "立行立改通知"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("round", "state"), name="notice_round_state"),
            models.Index(fields=("unit", "state"), name="notice_unit_state"),
        )
        constraints = (
            models.CheckConstraint(
                name="notice_state_is_dated",
                condition=Q(state="issued", reported_on=None, closed_on=None)
                | Q(state="reported", reported_on__isnull=False, closed_on=None)
                | Q(state="closed", reported_on__isnull=False, closed_on__isnull=False),
                violation_error_message="立行立改通知的报告、办结日期须与状态相符。",
            ),
            models.CheckConstraint(
                name="notice_report_is_whole",
                condition=Q(reported_on=None) | ~Q(closing_text="") & Q(reported_by__isnull=False),
                violation_error_message="报告须写明整改情况和报告人。",
            ),
            models.CheckConstraint(
                name="notice_dates_in_order",
                condition=(Q(reported_on=None) | Q(reported_on__gte=F("issued_on")))
                & (Q(closed_on=None) | Q(closed_on__gte=F("reported_on"))),
                violation_error_message="报告日期不能早于发出日期，办结日期不能早于报告日期。",
            ),
            models.CheckConstraint(
                name="notice_is_numbered",
                condition=Q(number__isnull=False),
                violation_error_message="立行立改通知应有编号。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("immediate_notice", args=(self.public_id,))

    @property
    def title(self) -> str:
        return in_one_line(self.text)

    def scope_units(self) -> list[int]:
        return [self.unit_id]
