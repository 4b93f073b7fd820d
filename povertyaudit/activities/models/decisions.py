"""议定事项 of a meeting: issued as an item of rectification, or noted only, with the reason."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from povertyaudit.activities.models.activities import Activity
from povertyaudit.activities.querysets import ActivityPartQuerySet
from povertyaudit.core.models import Row, Unit
from rectification.models import Item


class DecisionState(models.TextChoices):
    OPEN = "open", "待下发"
    ISSUED = "issued", "已下发"
    NOTED = "noted", "只作记录"


class Decision(Row):
    """One decision. Once issued its state is that of its item."""

    dossier_path: ClassVar[str] = "activity"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "reason"})
    state_tones: ClassVar[dict[str, str]] = {"open": "wait", "issued": "open", "noted": "plain"}

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="decisions", verbose_name="会议")
    no = models.PositiveSmallIntegerField("序号")
    text = models.TextField("议定事项")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任单位"
    )
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头单位"
    )
    due_on = models.DateField("完成时限", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=DecisionState.choices, default=DecisionState.OPEN)
    reason = models.CharField("只作记录的理由", max_length=500, blank=True)
    item = models.OneToOneField(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="整改事项"
    )

    objects = ActivityPartQuerySet.as_manager()

    class Meta:
        verbose_name = "议定事项"
        ordering = ("no",)
        constraints = (
            models.UniqueConstraint(fields=("activity", "no"), name="decision_no_once"),
            models.CheckConstraint(
                name="decision_issued_or_noted",
                condition=Q(state="open", item=None, reason="")
                | Q(state="issued", item__isnull=False, unit__isnull=False, reason="")
                | Q(state="noted", item=None) & ~Q(reason=""),
                violation_error_message="下发的须有整改事项，只作记录的须写明理由。",
            ),
        )

    def __str__(self) -> str:
        return f"议定事项（{self.no}）"

    @property
    def standing(self) -> str:
        """How far it is, in words: of what was issued as its item says."""
        if self.item is None:
            return str(self.get_state_display())
        return str(self.item.get_state_display())
