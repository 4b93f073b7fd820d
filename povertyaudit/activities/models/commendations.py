"""表彰: which unit or person was honoured, by whom, for how long; revoked with the reason."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from povertyaudit.activities.models.activities import Activity, ActivityLevel
from povertyaudit.activities.querysets import CommendationQuerySet
from povertyaudit.core.models import Dossier, Unit, User


class CommendationKind(models.TextChoices):
    UNIT = "unit", "集体"
    PERSON = "person", "个人"


class CommendationState(models.TextChoices):
    STANDING = "standing", "有效"
    REVOKED = "revoked", "已撤销"


class Commendation(Dossier):
    """One title given to one unit or one person. What is known of cases against them stands elsewhere, never here."""

    label_zh: ClassVar[str] = "表彰"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"person_name", "reason", "revoke_reason"})
    state_tones: ClassVar[dict[str, str]] = {"standing": "done", "revoked": "stop"}

    state = models.CharField(
        "状态", max_length=10, choices=CommendationState.choices, default=CommendationState.STANDING, editable=False
    )  # fmt: skip
    kind = models.CharField("对象", max_length=8, choices=CommendationKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    person_name = models.CharField("姓名", max_length=60, blank=True)
    honour = models.CharField("荣誉称号", max_length=100)
    body = models.CharField("表彰机关", max_length=100)
    level = models.CharField("级别", max_length=10, choices=ActivityLevel.choices)
    document = models.CharField("文号", max_length=60, blank=True)
    awarded_on = models.DateField("表彰日期")
    valid_until = models.DateField("有效期至", null=True, blank=True)
    reason = models.TextField("主要事迹", blank=True)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="commendations", verbose_name="表彰活动"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    revoked_on = models.DateField("撤销日期", null=True, blank=True, editable=False)
    revoke_reason = models.CharField("撤销理由", max_length=500, blank=True, editable=False)

    objects = CommendationQuerySet.as_manager()

    class Meta:
        verbose_name = "表彰"
        ordering = ("-awarded_on", "-id")
        indexes = (
            models.Index(fields=("region", "-awarded_on"), name="commendation_region_day"),
            models.Index(fields=("unit",), name="commendation_unit"),
        )
        constraints = (
            models.UniqueConstraint(
                name="commendation_once",
                fields=("unit", "person_name", "honour", "awarded_on"),
                condition=Q(state="standing"),
                violation_error_message="这个单位（个人）同一天的同一荣誉已经登记。",
            ),
            models.CheckConstraint(
                name="commendation_person_has_name",
                condition=Q(kind="unit", person_name="") | Q(kind="person") & ~Q(person_name=""),
                violation_error_message="表彰个人的须填写姓名，表彰集体的不填。",
            ),
            models.CheckConstraint(
                name="commendation_valid_after_award",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("awarded_on")),
                violation_error_message="有效期不能早于表彰日期。",
            ),
            models.CheckConstraint(
                name="commendation_revoked_says_why",
                condition=Q(state="standing", revoked_on=None, revoke_reason="")
                | Q(state="revoked", revoked_on__gte=F("awarded_on")) & ~Q(revoke_reason=""),
                violation_error_message="已撤销的须有日期和理由，有效的不能有。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("commendation", kwargs={"id": self.public_id})

    def scope_units(self) -> list[int]:
        return [self.unit_id]

    @property
    def who(self) -> str:
        return f"{self.person_name}（{self.unit}）" if self.person_name else str(self.unit)

    @property
    def title(self) -> str:
        return f"{self.who} {self.honour}"
