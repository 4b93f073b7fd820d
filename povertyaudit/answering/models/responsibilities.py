"""责任人任职: who answered for a place, in what capacity, from which day to which."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.models import VillagePerson
from inspections.models.named import Named
from povertyaudit.answering.models.terms import Capacity
from povertyaudit.answering.querysets import ResponsibilityQuerySet
from povertyaudit.core import moment
from povertyaudit.core.models import Area, Dossier, Unit, User


class ResponsibilityState(models.TextChoices):
    SERVING = "serving", "在任"
    ENDED = "ended", "已结束"
    RECALLED = "recalled", "已召回"
    VOIDED = "voided", "已作废"


class Responsibility(Named, Dossier):
    """One term. Who, where, as what and since when never changes (a trigger holds it); what was wrong is voided and
    registered anew. `ends_on` is its last day: the one foreseen, or where it ended the real one."""

    State = ResponsibilityState
    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "post_title"})
    state_tones: ClassVar[dict[str, str]] = {
        "serving": "open", "ended": "plain", "recalled": "stop", "voided": "stop",
    }  # fmt: skip

    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+", verbose_name="责任身份")
    code = models.CharField("责任身份代码", max_length=30, editable=False)
    single = models.BooleanField("一地一人", default=False, editable=False)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="片区"
    )
    object_no = models.CharField("户（人）编号", max_length=30, blank=True)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人"
    )
    home_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在（派出）单位"
    )
    duty = models.CharField("职责", max_length=200, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    starts_on = models.DateField("任职日期")
    ends_on = models.DateField("任期至", null=True, blank=True)
    times_extended = models.PositiveSmallIntegerField("延期次数", default=0, editable=False)
    predecessor = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name="前任"
    )
    village_person = models.OneToOneField(
        VillagePerson, models.PROTECT, null=True, blank=True, related_name="term", verbose_name="驻村人员"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    state = models.CharField(
        "状态", max_length=10, choices=ResponsibilityState.choices, default=ResponsibilityState.SERVING,
        editable=False,
    )  # fmt: skip

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = "责任人任职"
        indexes = (
            models.Index(fields=("region", "starts_on"), name="responsibility_region_day"),
            models.Index(fields=("state", "ends_on"), name="responsibility_ending"),
        )
        constraints = (
            models.CheckConstraint(
                name="responsibility_somebody",
                condition=Q(user__isnull=False, name="")
                | Q(user=None, home_unit__isnull=False) & ~Q(name=""),
                violation_error_message="责任人或者选择账号，或者填写姓名和单位，二者选一。",
            ),
            models.CheckConstraint(
                name="responsibility_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="任期的末日不能早于任职日期。",
            ),
            models.CheckConstraint(
                name="responsibility_over_is_dated",
                condition=Q(state__in=("serving", "voided")) | Q(ends_on__isnull=False),
                violation_error_message="已结束的任职须有末日。",
            ),
            models.CheckConstraint(
                name="responsibility_follows_another",
                condition=Q(predecessor=None) | ~Q(predecessor=F("id")),
                violation_error_message="前任不能是本人这一任。",
            ),
        )

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        return reverse("responsibility", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.place_name}{self.capacity.name} {self.called}"

    @property
    def place_name(self) -> str:
        """The place, or the area of it, and which household or person it is about."""
        where = str(self.area or self.region)
        return f"{where}（{self.object_no}）" if self.object_no else where

    @property
    def post_words(self) -> str:
        return self.comes_from

    @property
    def span(self) -> str:
        """2024-03-01 至 2026-02-28, as sentences say it."""
        return f"{self.starts_on} 至 {self.ends_on or '今'}"

    @property
    def is_team(self) -> bool:
        return bool(self.capacity.team)

    @property
    def is_followed(self) -> bool:
        """Whether somebody took over; lists fetch the successor with the row."""
        return hasattr(self, "successor")

    def holds_on(self, day: date) -> bool:
        """Whether the term ran on the day."""
        begun = self.state != ResponsibilityState.VOIDED and self.starts_on <= day
        return begun and (self.ends_on is None or day <= self.ends_on)

    @property
    def standing(self) -> str:
        """How it stands today, in words; an expired term is said to be one although nobody ended it."""
        today = moment.today()
        if self.state == ResponsibilityState.SERVING:
            if self.starts_on > today:
                return "尚未到任"
            return "已届满" if self.ends_on and self.ends_on < today else "在任"
        return str(ResponsibilityState(self.state).label)

    def scope_units(self) -> list[int]:
        return [self.home_unit_id] if self.home_unit_id else []

    @property
    def due(self) -> Any:
        """What the clock column shows of a term that runs."""
        return self.ends_on if self.state == ResponsibilityState.SERVING else None
