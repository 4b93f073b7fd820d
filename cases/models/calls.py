"""扶贫专线: calls, what kind they are, and the hours at which the day's digest is made."""

import re
from datetime import time
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.call_querysets import CallCategoryQuerySet, CallQuerySet
from cases.models.leads import Lead
from povertyaudit.core.models import Dossier, Listed, Term, Unit, User
from povertyaudit.core.models.terms import TermQuerySet

HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class CallAxis(models.TextChoices):
    MATTER = "matter", "咨询求助和诉求"
    COMPLAINT = "complaint", "反映干部问题"


class CallCategory(Term):
    """来电类别. A call about a cadre never goes to a unit outside the discipline body (检举控告规则 art. 47)."""

    axis = models.CharField("大类", max_length=10, choices=CallAxis.choices)

    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("call_matters", "专线来电：咨询求助和诉求", {"axis": CallAxis.MATTER}),
        Listed("call_complaints", "专线来电：反映干部问题", {"axis": CallAxis.COMPLAINT}),
    )
    objects = CallCategoryQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "来电类别"


class DigestHour(Term):
    """快报时间: every hour in force makes one digest of what came in since the one before; the name is the hour."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("digest_hours", "专线快报汇编时间"),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "快报汇编时间"

    def clean(self) -> None:
        super().clean()
        if not HOUR.fullmatch(self.name):
            raise ValidationError({"name": "请填写 24 小时制的时间，例如 17:30。"})

    @property
    def hour(self) -> time:
        return time.fromisoformat(self.name)


class CallState(models.TextChoices):
    REGISTERED = "registered", "待处理"
    TRANSFERRED = "transferred", "待签收"
    IN_HAND = "in_hand", "办理中"
    REPLIED = "replied", "待回复来电人"
    LEAD = "lead", "已转线索待回复"
    ANSWERED = "answered", "已回复来电人"
    CLOSED = "closed", "已办结"


class AnswerWay(models.TextChoices):
    AT_ONCE = "at_once", "当场答复"
    PHONE = "phone", "电话回复"
    MESSAGE = "message", "短信回复"
    VISIT = "visit", "当面回复"
    PUBLIC = "public", "未留联系方式，公开答复"


class HotlineCall(Dossier):
    """One call: what it says, who must deal with it, and what the caller was told. Who called stands in the vault."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "title")

    label_zh = "专线来电"
    recused_with: ClassVar[tuple[str, ...]] = ("lead",)  # the one it became
    keeps_identity: ClassVar[bool] = True
    personal_fields: ClassVar[frozenset[str]] = frozenset({"title", "text", "reply_text", "answer_text"})
    state_tones: ClassVar[dict[str, str]] = {
        "registered": "open", "transferred": "wait", "in_hand": "open", "replied": "warn", "lead": "warn",
        "answered": "done", "closed": "done",
    }  # fmt: skip

    state = models.CharField(
        "状态", max_length=12, choices=CallState.choices, default=CallState.REGISTERED, editable=False
    )
    received_at = models.DateTimeField("来电时间")
    category = models.ForeignKey(CallCategory, models.PROTECT, related_name="+", verbose_name="来电类别")
    urgent = models.BooleanField("紧急", default=False)
    title = models.CharField("来电摘要", max_length=100)
    text = models.TextField("来电内容", blank=True)
    registering_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="登记单位")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理单位"
    )
    transferred_on = models.DateField("转办日期", null=True, blank=True)
    signed_for_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签收人"
    )
    signed_for_on = models.DateField("签收日期", null=True, blank=True)
    reply_text = models.TextField("办理情况", blank=True)
    replied_on = models.DateField("报告办理情况日期", null=True, blank=True)
    lead = models.OneToOneField(
        Lead, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="转为线索"
    )
    answer_way = models.CharField("回复方式", max_length=10, choices=AnswerWay.choices, blank=True)
    answered_on = models.DateField("回复日期", null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回复人"
    )
    answer_text = models.TextField("回复内容", blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "专线来电"
        indexes = (
            models.Index(fields=("registering_unit", "state"), name="call_desk_state"),
            models.Index(fields=("unit", "state"), name="call_unit_state"),
            models.Index(fields=("region", "-received_at"), name="call_region_received"),
        )
        constraints = (
            models.CheckConstraint(
                name="call_answer_is_whole",
                condition=Q(answered_on=None, answered_by=None, answer_way="")
                | Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer_way=""),
                violation_error_message="回复须同时写明方式、日期和回复人。",
            ),
            models.CheckConstraint(
                name="call_ends_with_an_answer",
                condition=~Q(state__in=("answered", "closed")) | Q(answered_on__isnull=False),
                violation_error_message="没有回复来电人的，不能办结。",
            ),
            models.CheckConstraint(
                name="call_with_a_unit",
                condition=~Q(state__in=("transferred", "in_hand", "replied")) | Q(unit__isnull=False),
                violation_error_message="转办的来电须写明办理单位。",
            ),
            models.CheckConstraint(
                name="call_became_a_lead",
                condition=~Q(state="lead") | Q(lead__isnull=False),
                violation_error_message="转为线索的来电须写明线索。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("call", kwargs={"id": self.public_id})

    @property
    def title_for_list(self) -> str:
        return self.title

    @property
    def is_answered(self) -> bool:
        return self.answered_on is not None

    def scope_units(self) -> list[int]:
        return [unit for unit in {self.registering_unit_id, self.unit_id} if unit is not None]
