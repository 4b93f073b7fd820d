"""责任书: between who answers above and who answers below, for one year, signed by both while they are in office."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from povertyaudit.answering.models.responsibilities import Responsibility
from povertyaudit.answering.querysets import LetterQuerySet
from povertyaudit.core.models import Dossier, User

YEARS = (2013, 2100)


class LetterState(models.TextChoices):
    DRAWN = "drawn", "待签订"
    SIGNED = "signed", "已签订"
    VOIDED = "voided", "已作废"


class Letter(Dossier):
    """One letter. Its region is the place below. Who signed, when, and who noted it."""

    State = LetterState
    personal_fields: ClassVar[frozenset[str]] = frozenset({"duties"})
    state_tones: ClassVar[dict[str, str]] = {"drawn": "wait", "signed": "done", "voided": "stop"}

    year = models.PositiveSmallIntegerField("年度")
    upper = models.ForeignKey(Responsibility, models.PROTECT, related_name="+", verbose_name="上级签订人")
    lower = models.ForeignKey(
        Responsibility, models.PROTECT, related_name="letters", verbose_name="下级签订人"
    )
    code = models.CharField("下级责任身份", max_length=30, editable=False)
    paper_no = models.CharField("文号", max_length=60, blank=True)
    duties = models.TextField("目标任务", max_length=2000, blank=True)
    upper_signed_on = models.DateField("上级签字日期", null=True, blank=True, editable=False)
    upper_noted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="上级签字登记人",
    )
    lower_signed_on = models.DateField("下级签字日期", null=True, blank=True, editable=False)
    lower_noted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="下级签字登记人",
    )
    state = models.CharField(
        "状态", max_length=8, choices=LetterState.choices, default=LetterState.DRAWN, editable=False
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "责任书"
        indexes = (models.Index(fields=("year", "region"), name="letter_year_region"),)
        constraints = (
            models.UniqueConstraint(
                name="letter_once_a_year",
                fields=("year", "region", "code"),
                condition=~Q(state="voided"),
                violation_error_message="这个地方这一责任身份当年的责任书已经拟定。",
            ),
            models.CheckConstraint(
                name="letter_between_two",
                condition=~Q(upper=F("lower")),
                violation_error_message="上级、下级签订人不能是同一任职。",
            ),
            models.CheckConstraint(
                name="letter_year_sensible",
                condition=Q(year__gte=YEARS[0], year__lte=YEARS[1]),
                violation_error_message="请核对年度。",
            ),
            models.CheckConstraint(
                name="letter_signed_by_both",
                condition=Q(state="signed", upper_signed_on__isnull=False, lower_signed_on__isnull=False)
                | ~Q(state="signed")
                & (Q(upper_signed_on=None) | Q(lower_signed_on=None) | Q(state="voided")),
                violation_error_message="双方都签了字的才是已签订。",
            ),
            models.CheckConstraint(
                name="letter_signature_is_noted",
                condition=(
                    Q(upper_signed_on=None, upper_noted_by=None)
                    | Q(upper_signed_on__isnull=False, upper_noted_by__isnull=False)
                )
                & (
                    Q(lower_signed_on=None, lower_noted_by=None)
                    | Q(lower_signed_on__isnull=False, lower_noted_by__isnull=False)
                ),
                violation_error_message="签字应有日期和登记人。",
            ),
        )

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        return reverse("responsibility_letter", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.region.name} {self.year} 年责任书"

    def scope_units(self) -> list[int]:
        """The units of those who sign."""
        return sorted({*self.upper.scope_units(), *self.lower.scope_units()})

    def signed_on(self, side: str) -> Any:
        return getattr(self, f"{side}_signed_on")

    @property
    def waits_for(self) -> str:
        """Whose signature lacks, in words."""
        if self.state != LetterState.DRAWN:
            return ""
        lacking = [getattr(self, side).called for side in ("upper", "lower") if self.signed_on(side) is None]
        return "、".join(lacking)
