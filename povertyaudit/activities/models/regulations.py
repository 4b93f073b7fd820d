"""方案制度: plans (1+N), rules and notices with the days they are in force, and what each replaced."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from povertyaudit.activities.models.activities import ActivityLevel
from povertyaudit.activities.querysets import RegulationQuerySet
from povertyaudit.core import moment
from povertyaudit.core.models import Dossier, Unit, User
from rectification.models import Item


class RegulationKind(models.TextChoices):
    MASTER = "master", "总方案"
    PART = "part", "子方案"
    SYSTEM = "system", "制度"
    RULES = "rules", "办法"
    NOTICE = "notice", "通知"


class RegulationState(models.TextChoices):
    STANDING = "standing", "已登记"
    REPEALED = "repealed", "已废止"
    VOIDED = "voided", "已作废"


class Regulation(Dossier):
    """One paper that lays something down, in force from a day on, until a day where one is known."""

    label_zh: ClassVar[str] = "方案制度"
    state_tones: ClassVar[dict[str, str]] = {"standing": "done", "repealed": "stop", "voided": "stop"}

    state = models.CharField(
        "状态", max_length=10, choices=RegulationState.choices, default=RegulationState.STANDING, editable=False
    )  # fmt: skip
    kind = models.CharField("类别", max_length=8, choices=RegulationKind.choices)
    title = models.CharField("名称", max_length=200)
    document = models.CharField("文号", max_length=60, blank=True)
    issuer = models.CharField("制发机关", max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="登记单位")
    level = models.CharField("级别", max_length=10, choices=ActivityLevel.choices)
    valid_from = models.DateField("施行日期")
    valid_to = models.DateField("有效期至", null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="总方案"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="代替"
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="因整改事项建立"
    )
    summary = models.TextField("主要内容", blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    reviewed_on = models.DateField("最近复审日期", null=True, blank=True, editable=False)

    objects = RegulationQuerySet.as_manager()

    class Meta:
        verbose_name = "方案制度"
        ordering = ("-valid_from", "-id")
        indexes = (
            models.Index(fields=("region", "-valid_from"), name="regulation_region_day"),
            models.Index(fields=("item",), name="regulation_item"),
        )
        constraints = (
            models.UniqueConstraint(
                name="regulation_in_force_once",
                fields=("region", "issuer", "title"),
                condition=Q(state="standing", valid_to=None),
                violation_error_message="这个机关的同名方案制度正在施行，不能重复登记；修订的请登记为代替原来的。",
            ),
            models.CheckConstraint(
                name="regulation_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="有效期不能早于施行日期。",
            ),
            models.CheckConstraint(
                name="regulation_part_has_master",
                condition=Q(kind="part", parent__isnull=False) | ~Q(kind="part") & Q(parent=None),
                violation_error_message="子方案须选择总方案，其他类别的不选。",
            ),
            models.CheckConstraint(
                name="regulation_repealed_is_dated",
                condition=~Q(state="repealed") | Q(valid_to__isnull=False),
                violation_error_message="已废止的须有有效期。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("regulation", kwargs={"id": self.public_id})

    def scope_units(self) -> list[int]:
        return [self.unit_id]

    def in_force(self, day: date) -> bool:
        return (
            self.state != RegulationState.VOIDED
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )

    @property
    def force(self) -> str:
        """Whether it is in force today, in words."""
        if self.state == RegulationState.VOIDED:
            return "已作废"
        if self.valid_from > moment.today():
            return "尚未施行"
        return "施行中" if self.in_force(moment.today()) else "已失效"
