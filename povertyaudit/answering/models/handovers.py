"""交接: what somebody whose term is over leaves to his successor; both sides confirm it, two different people."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.answering.models.responsibilities import Responsibility
from povertyaudit.core.models import Row, User
from povertyaudit.core.scope import ScopedQuerySet


class TermHandover(Row):
    """One list of things handed over, of one term."""

    dossier_path: ClassVar[str] = "term"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"listed", "remarks"})

    term = models.OneToOneField(Responsibility, models.CASCADE, related_name="handover", verbose_name="任职")
    listed = models.TextField("交接清单", max_length=4000)
    given_on = models.DateField("移交日期")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="移交确认人")
    taken_on = models.DateField("接收日期", null=True, blank=True)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接收确认人"
    )
    remarks = models.TextField("接收意见", max_length=2000, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "任期交接"
        constraints = (
            models.CheckConstraint(
                name="term_handover_taken_is_whole",
                condition=Q(taken_on=None, taken_by=None)
                | Q(taken_on__isnull=False, taken_by__isnull=False, taken_on__gte=F("given_on")),
                violation_error_message="接收应有日期和确认人，日期不能早于移交。",
            ),
            models.CheckConstraint(
                name="term_handover_by_two",
                condition=Q(taken_by=None) | ~Q(taken_by=F("given_by")),
                violation_error_message="移交和接收不能由同一个人确认。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.term} 交接"
