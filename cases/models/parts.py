"""What belongs to a lead: other levels' numbers, the dispatches."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.models.subjects import PartQuerySet
from povertyaudit.core.models import Row, Unit, User


class SpecialMode(models.TextChoices):
    RAISED = "raised", "提级办理"
    CROSS = "cross", "交叉办理"
    DIRECT = "direct", "直查直办"


class OtherNumber(Row):
    """外部编号: the number the same lead bears at another level or office."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number",)
    dossier_path: ClassVar[str] = "lead"

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="other_numbers")
    issuer = models.CharField("编号单位", max_length=60)
    number = models.CharField("编号", max_length=60)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "外部编号"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("lead", "issuer", "number"), name="other_number_once_per_lead"),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.number}"


class Dispatch(Row):
    """分办: one dispatch with the leader's instruction, until it is signed for or handed back."""

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"instruction", "handed_back_reason", "special_reason", "report_text"}
    )
    later_columns: ClassVar[frozenset[str]] = frozenset(
        {
            "supervisor_id", "result_due_on", "special_mode", "special_reason", "special_decider_id", "report_text",
            "reported_by_id", "reported_on",
        }
    )  # fmt: skip

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="dispatches")
    mode = models.CharField("办理方式", max_length=10)
    instruction = models.TextField("领导批示")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="分办单位")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承办部门")
    leader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="分管领导")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="分办人")
    dispatched_on = models.DateField("分办日期")
    signed_for_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签收人"
    )
    signed_for_at = models.DateTimeField("签收时间", null=True, blank=True)
    handed_back_at = models.DateTimeField("退回时间", null=True, blank=True)
    handed_back_reason = models.TextField("退回理由", blank=True)
    # 督办: who presses. 交办: by when a result is wanted, and what was reported back.
    supervisor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="督办人"
    )
    result_due_on = models.DateField("要求报结果日期", null=True, blank=True)
    report_text = models.TextField("报送的办理结果", blank=True)
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送人"
    )
    reported_on = models.DateField("报送结果日期", null=True, blank=True)
    # 提级、交叉、直查直办: why, and who decided it.
    special_mode = models.CharField("特殊办理方式", max_length=8, choices=SpecialMode.choices, blank=True)
    special_reason = models.TextField("特殊办理理由", blank=True)
    special_decider = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="特殊办理决定人"
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "分办"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="dispatch_handed_back_with_reason",
                condition=Q(handed_back_at=None) | ~Q(handed_back_reason=""),
                violation_error_message="退回须写明理由。",
            ),
            models.CheckConstraint(
                name="dispatch_signed_for_by_somebody",
                condition=Q(signed_for_at=None, signed_for_by=None)
                | Q(signed_for_at__isnull=False, signed_for_by__isnull=False),
                violation_error_message="签收须同时写明签收人和时间。",
            ),
            models.CheckConstraint(
                name="dispatch_special_has_reason",
                condition=Q(special_mode="", special_reason="", special_decider=None)
                | ~Q(special_mode="") & ~Q(special_reason="") & Q(special_decider__isnull=False),
                violation_error_message="提级、交叉、直查直办须写明理由和决定人。",
            ),
            models.CheckConstraint(
                name="dispatch_report_is_whole",
                condition=Q(report_text="", reported_by=None, reported_on=None)
                | ~Q(report_text="") & Q(reported_by__isnull=False, reported_on__isnull=False),
                violation_error_message="报送结果须写明内容、报送人和日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dispatched_on} {self.to_unit_id}"
