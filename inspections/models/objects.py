"""What a round looks at (巡察对象): departments, towns, villages, and villages a round is extended to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.models.of_round import OfRound
from inspections.models.rounds import Round
from inspections.models.teams import Team
from inspections.querysets import RoundObjectQuerySet
from povertyaudit.core.models import Dossier, Unit


class RoundObject(OfRound, Dossier):
    """巡察对象. Seen as its round is, save by those recused from it. Bears no number: it is known by its name."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", "部门"
        TOWN = "town", "乡镇"
        VILLAGE = "village", "村"
        EXTENSION = "extension_village", "延伸村"

    class State(models.TextChoices):
        NOT_ENTERED = "not_entered", "未进驻"
        ENTERED = "entered", "已进驻"
        LEFT = "left", "已离开"
        DROPPED = "dropped", "不再巡察"

    state_tones: ClassVar[dict[str, str]] = {
        "not_entered": "plain", "entered": "open", "left": "done", "dropped": "stop",
    }  # fmt: skip
    recused_with = ("round",)

    round = models.ForeignKey(Round, models.PROTECT, related_name="round_objects", verbose_name="轮次")
    name = models.CharField("对象名称", max_length=100)  # as it was called in the round
    kind = models.CharField("对象类别", max_length=20, choices=Kind.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="round_objects", verbose_name="承担的巡察组"
    )
    entered_on = models.DateField("进驻日期", null=True, blank=True)
    left_on = models.DateField("离开日期", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.NOT_ENTERED)

    objects = RoundObjectQuerySet.as_manager()

    class Meta:
        verbose_name = "巡察对象"
        indexes = (models.Index(fields=("round", "state"), name="object_round_state"),)
        constraints = (
            models.UniqueConstraint(
                name="object_unit_once_in_round",
                fields=("round", "unit"),
                condition=Q(unit__isnull=False) & ~Q(state="dropped"),
                violation_error_message="该单位已是本轮次的巡察对象。",
            ),
            models.UniqueConstraint(
                name="object_region_once_in_round",
                fields=("round", "region"),
                condition=Q(unit=None) & ~Q(state="dropped"),
                violation_error_message="该地区已是本轮次的巡察对象。",
            ),
            models.CheckConstraint(
                name="object_department_is_a_unit",
                condition=~Q(kind="department") | Q(unit__isnull=False),
                violation_error_message="部门类的巡察对象应选择单位。",
            ),
            models.CheckConstraint(
                name="object_dated_by_state",
                condition=Q(state__in=("not_entered", "dropped"), entered_on=None, left_on=None)
                | Q(state="entered", entered_on__isnull=False, left_on=None)
                | Q(state="left", entered_on__isnull=False, left_on__isnull=False),
                violation_error_message="已进驻的对象应有进驻日期，已离开的还应有离开日期。",
            ),
            models.CheckConstraint(
                name="object_left_after_entered",
                condition=Q(left_on=None) | Q(left_on__gte=F("entered_on")),
                violation_error_message="离开日期不能早于进驻日期。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("round_object", args=(self.public_id,))
