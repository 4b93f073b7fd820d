"""How often the rectification of what a round found is reported on: dated, set for the round."""

from typing import ClassVar

from django.db import models

from inspections.models.rounds import Round
from povertyaudit.core.models import Row, User
from povertyaudit.core.scope import ScopedQuerySet


class Cadence(models.TextChoices):
    """How often the unit reports (domain §4.5: 周调度, 旬报, 月报)."""

    WEEK = "week", "周报"
    TEN_DAYS = "ten_days", "旬报"
    MONTH = "month", "月报"
    NONE = "none", "不要求定期报告"


INHERIT = (
    "inherit"  # from this day on what holds above: for an item its round or source, for a round the source
)
CHOSEN = (*Cadence.choices, (INHERIT, "按轮次或来源的规定"))


class RoundRhythm(Row):
    """How often the items of a round are reported on from one day on, where nothing is set for the item itself."""

    dossier_path: ClassVar[str] = "round"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason"})

    round = models.ForeignKey(Round, models.CASCADE, related_name="rhythms")
    cadence = models.CharField("报告周期", max_length=8, choices=CHOSEN)
    valid_from = models.DateField("起始日期")
    reason = models.TextField("理由")
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="决定人")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "轮次的整改报告周期"
        ordering = ("valid_from",)
        constraints = (
            models.UniqueConstraint(
                fields=("round", "valid_from"),
                name="round_rhythm_once_a_day",
                violation_error_message="这一天起的报告周期已经定过，请改选日期。",
            ),
            models.CheckConstraint(
                name="round_rhythm_has_reason",
                condition=~models.Q(reason=""),
                violation_error_message="请写明理由。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_cadence_display()}（{self.valid_from} 起）"
