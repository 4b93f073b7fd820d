"""The pool of people for inspections (人才库), and random draws from it (抽取)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.campaign_querysets import DrawEntryQuerySet, DrawQuerySet, PoolPersonQuerySet
from inspections.models.named import Named, account_or_name
from inspections.models.rounds import Round
from povertyaudit.core.models import Dossier, Row, Unit, User

SEED_LENGTH = 40


class PoolPerson(Named, Dossier):
    """人才库人员: may be drawn for a team from one day to another. Bears no number: known by name and unit."""

    class State(models.TextChoices):
        IN = "in", "在库"
        OUT = "out", "已出库"

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "post_title"})
    later_columns: ClassVar[frozenset[str]] = frozenset({"name", "post_title"})
    state_tones: ClassVar[dict[str, str]] = {"in": "open", "out": "stop"}

    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员"
    )
    home_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="所在单位")
    skills = models.CharField("业务专长", max_length=100, blank=True)
    starts_on = models.DateField("入库日期")
    ends_on = models.DateField("出库日期", null=True, blank=True)
    state = models.CharField("状态", max_length=4, choices=State.choices, default=State.IN, editable=False)

    objects = PoolPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "人才库人员"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="pool_person_once",
                fields=("region", "user"),
                condition=Q(state="in"),
                violation_error_message="这个人已在人才库中。",
            ),
            account_or_name("pool_account_or_name"),
            models.UniqueConstraint(
                name="pool_named_once",
                fields=("region", "name", "home_unit"),
                condition=Q(state="in", user=None),
                violation_error_message="这个单位的这个人已在人才库中。",
            ),
            models.CheckConstraint(
                name="pool_term_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="出库日期不能早于入库日期。",
            ),
            models.CheckConstraint(
                name="pool_out_is_dated",
                condition=Q(state="in") | Q(state="out", ends_on__isnull=False),
                violation_error_message="已出库的人员应有出库日期。",
            ),
        )

    def __str__(self) -> str:
        return self.called

    @property
    def title(self) -> str:
        return self.comes_from

    def get_absolute_url(self) -> str:
        return reverse("pool_person", args=(self.public_id,))


class Draw(Row):
    """抽取: the same seed over the same list gives the same persons; both are kept."""

    dossier_path: ClassVar[str] = "round"

    round = models.ForeignKey(Round, models.CASCADE, related_name="draws", verbose_name="轮次")
    seed = models.CharField("随机种子", max_length=SEED_LENGTH)
    size = models.PositiveSmallIntegerField("抽取人数")
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="抽取人")
    drawn_on = models.DateField("抽取日期")

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = "人员抽取"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="draw_size_sensible",
                condition=Q(size__gte=1),
                violation_error_message="至少抽取 1 人。",
            ),
            models.CheckConstraint(
                name="draw_has_seed",
                condition=~Q(seed=""),
                violation_error_message="抽取应有随机种子。",
            ),
        )

    def __str__(self) -> str:
        return f"抽取 {self.size} 人"

    def get_absolute_url(self) -> str:
        return reverse("draw", args=(self.public_id,))


class DrawEntry(Row):
    """One person of the list a draw was made from: drawn, not drawn, or left out and why."""

    class Result(models.TextChoices):
        DRAWN = "drawn", "抽中"
        NOT_DRAWN = "not_drawn", "未抽中"
        EXCLUDED = "excluded", "未参加抽取"

    dossier_path: ClassVar[str] = "draw__round"
    state_tones: ClassVar[dict[str, str]] = {"drawn": "done", "not_drawn": "plain", "excluded": "warn"}

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="entries", verbose_name="抽取")
    pool_person = models.ForeignKey(PoolPerson, models.PROTECT, related_name="+", verbose_name="人员")
    place = models.PositiveSmallIntegerField("次序")
    result = models.CharField("结果", max_length=10, choices=Result.choices)
    why = models.CharField("未参加抽取的原因", max_length=300, blank=True)

    objects = DrawEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "抽取名单"
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(name="draw_entry_once", fields=("draw", "pool_person")),
            models.CheckConstraint(
                name="draw_excluded_says_why",
                condition=Q(result="excluded") & ~Q(why="") | Q(result__in=("drawn", "not_drawn"), why=""),
                violation_error_message="未参加抽取的应写明原因。",
            ),
        )

    def __str__(self) -> str:
        return str(self.pool_person)
