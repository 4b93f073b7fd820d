"""专线快报: the calls since the digest before, for the leaders; and what the leaders instructed (批示)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.call_querysets import DigestPartQuerySet, DigestQuerySet
from cases.models.calls import HotlineCall
from povertyaudit.core.models import Dossier, Row, Unit, User


class DigestState(models.TextChoices):
    ISSUED = "issued", "已呈送"
    INSTRUCTED = "instructed", "有批示待落实"
    ANSWERED = "answered", "批示已落实"


class CallDigest(Dossier):
    """One digest of one desk. Made for an hour; made again for the same hour it is the same one."""

    label_zh = "专线快报"
    state_tones: ClassVar[dict[str, str]] = {"issued": "open", "instructed": "warn", "answered": "done"}

    state = models.CharField(
        "状态", max_length=12, choices=DigestState.choices, default=DigestState.ISSUED, editable=False
    )
    desk_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="汇编单位")
    made_for = models.DateTimeField("汇编时间")
    issue = models.PositiveIntegerField("期数")

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = "专线快报"
        constraints = (models.UniqueConstraint(fields=("desk_unit", "made_for"), name="digest_once_an_hour"),)

    def get_absolute_url(self) -> str:
        return reverse("digest", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        return f"扶贫专线快报第 {self.issue} 期"

    def scope_units(self) -> list[int]:
        return [self.desk_unit_id]


class DigestLine(Row):
    """A call in a digest, once and for all."""

    dossier_path: ClassVar[str] = "digest"

    digest = models.ForeignKey(CallDigest, models.PROTECT, related_name="lines")
    call = models.OneToOneField(HotlineCall, models.PROTECT, related_name="digest_line", verbose_name="来电")
    ordinal = models.PositiveIntegerField("序号")
    standing = models.CharField("汇编时的办理情况", max_length=160)
    answered = models.BooleanField("汇编时已回复来电人")

    objects = DigestPartQuerySet.as_manager()

    class Meta:
        verbose_name = "快报内容"
        ordering = ("digest", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("digest", "ordinal"), name="digest_line_ordinal_once"),
        )

    def __str__(self) -> str:
        return f"第 {self.ordinal} 件"

    def get_absolute_url(self) -> str:
        return self.call.get_absolute_url()


class Instruction(Row):
    """批示 on a digest or on one of its calls: who must answer by when, and the answer."""

    dossier_path: ClassVar[str] = "digest"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "answer_text"})

    digest = models.ForeignKey(CallDigest, models.PROTECT, related_name="instructions")
    call = models.ForeignKey(
        HotlineCall, models.PROTECT, null=True, blank=True, related_name="instructions", verbose_name="来电"
    )
    leader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="批示人")
    text = models.TextField("批示")
    given_at = models.DateTimeField("批示时间")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="落实部门")
    due_on = models.DateField("报告期限")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告人"
    )
    answered_on = models.DateField("报告日期", null=True, blank=True)
    answer_text = models.TextField("落实情况", blank=True)

    objects = DigestPartQuerySet.as_manager()

    class Meta:
        verbose_name = "批示"
        ordering = ("given_at", "id")
        indexes = (models.Index(fields=("unit", "answered_on"), name="instruction_unit_open"),)
        constraints = (
            models.CheckConstraint(
                name="instruction_answer_is_whole",
                condition=Q(answered_on=None, answered_by=None, answer_text="")
                | Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer_text=""),
                violation_error_message="批示的落实情况须同时写明内容、日期和报告人。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.leader.display_name}批示"

    @property
    def about(self) -> str:
        """What the instruction is about, in words."""
        return str(self.call) if self.call else "整期"
