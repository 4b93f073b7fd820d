"""What belongs to a lead: the persons complained of, other levels' numbers, the dispatches."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from povertyaudit.core.models import Row, Unit, User
from povertyaudit.core.scope import ScopedQuerySet


class SubjectKind(models.TextChoices):
    PARTY_MEMBER = "party_member", "党员"
    OFFICIAL = "official", "公职人员"
    PARTY_OFFICIAL = "party_official", "党员公职人员"
    VILLAGE_CADRE = "village_cadre", "村（社区）干部"
    VILLAGE_TEAM = "village_team", "驻村干部"
    OTHER = "other", "其他人员"
    UNKNOWN = "unknown", "不详"


class PartQuerySet(ScopedQuerySet):
    """Rows seen exactly when their lead is."""


class LeadSubject(Row):
    """被反映人: outcomes are counted per person, not per lead."""

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "unit_text", "post_text"})

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="subjects")
    name = models.CharField("姓名", max_length=60)
    unit_text = models.CharField("工作单位", max_length=100, blank=True)
    post_text = models.CharField("职务", max_length=100, blank=True)
    kind = models.CharField("身份", max_length=16, choices=SubjectKind.choices, default=SubjectKind.UNKNOWN)
    principal = models.BooleanField("下一级党委（党组）主要负责人", default=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "被反映人"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class OtherNumber(Row):
    """外部编号: the number the same lead bears at another level or office."""

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
    personal_fields: ClassVar[frozenset[str]] = frozenset({"instruction", "handed_back_reason"})

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
        )

    def __str__(self) -> str:
        return f"{self.dispatched_on} {self.to_unit_id}"
