"""Rounds of inspection (巡察轮次) and their teams."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.querysets import RoundQuerySet
from povertyaudit.core.models import Dossier, Row, User
from povertyaudit.core.scope import ScopedQuerySet

MOST_MONTHS = 24


class Round(Dossier):
    """巡察轮次. A secret one has no number and is invisible to all but the people named on it until it is finished."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "常规巡察"
        SPECIAL = "special", "专项巡察"
        MOBILE = "mobile", "机动式巡察"
        RAISED = "raised", "提级巡察"
        CROSS = "cross", "交叉巡察"
        LINKED = "linked", "联动巡察"
        VILLAGE = "village", "对村巡察"
        LOOK_BACK = "look_back", "巡察“回头看”"

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        FINISHED = "finished", "已结束"

    state_tones: ClassVar[dict[str, str]] = {"open": "open", "finished": "done"}

    name = models.CharField("轮次名称", max_length=100)
    kind = models.CharField("巡察方式", max_length=12, choices=Kind.choices, default=Kind.REGULAR)
    starts_on = models.DateField("进驻日期")
    ends_on = models.DateField("计划离开日期")
    window_months = models.PositiveSmallIntegerField(
        "集中整改期（月）", help_text="按进驻时施行的规定确定；旧轮次仍按当时的期限。"
    )
    window_rule = models.CharField("集中整改期的依据", max_length=300)
    secret = models.BooleanField("结束前保密", default=False)
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="部署人")
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="批准人")
    finished_on = models.DateField("结束日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "巡察轮次"
        indexes = (models.Index(fields=("region", "state"), name="round_region_state"),)
        constraints = (
            models.UniqueConstraint(fields=("region", "name"), name="round_name_once_in_region"),
            models.CheckConstraint(
                name="round_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="计划离开日期不能早于进驻日期。",
            ),
            models.CheckConstraint(
                name="round_finished_after_start",
                condition=Q(finished_on=None) | Q(finished_on__gte=F("starts_on")),
                violation_error_message="结束日期不能早于进驻日期。",
            ),
            models.CheckConstraint(
                name="round_finished_has_date",
                condition=Q(state="finished", finished_on__isnull=False) | Q(state="open", finished_on=None),
                violation_error_message="已结束的轮次应有结束日期。",
            ),
            models.CheckConstraint(
                name="round_number_unless_secret",
                condition=Q(number__isnull=False) | Q(secret=True, finished_on=None),
                violation_error_message="保密轮次结束前不编号，其他轮次应有编号。",
            ),
            models.CheckConstraint(
                name="round_window_sensible",
                condition=Q(window_months__gte=1, window_months__lte=MOST_MONTHS),
                violation_error_message=f"集中整改期应在 1 至 {MOST_MONTHS} 个月之间。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("round", args=(self.public_id,))

    @property
    def title(self) -> str:
        return self.name

    @property
    def is_secret_now(self) -> bool:
        return self.secret and self.finished_on is None


class TeamMember(Row):
    """巡察组成员. One authorisation per round: the leader of the last round need not lead this one."""

    class Role(models.TextChoices):
        LEADER = "leader", "组长"
        MEMBER = "member", "组员"

    dossier_path: ClassVar[str] = "round"

    round = models.ForeignKey(Round, models.CASCADE, related_name="members", verbose_name="轮次")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="人员")
    role = models.CharField("组内职务", max_length=8, choices=Role.choices, default=Role.MEMBER)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "巡察组成员"
        constraints = (models.UniqueConstraint(fields=("round", "user"), name="member_once_per_round"),)

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
