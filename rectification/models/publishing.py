"""公示: the period between verification and closing in which people may object, and their objections."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.core import moment
from povertyaudit.core.models import Row, User
from rectification.models.items import Item
from rectification.part_querysets import ItemPartQuerySet

MOST_DAYS = 60


class Publication(Row):
    """One period of publication. It ends by closing (`ended_on`, nothing upheld) or by an objection that is upheld."""

    dossier_path: ClassVar[str] = "item"

    item = models.ForeignKey(Item, models.CASCADE, related_name="publications")
    no = models.PositiveSmallIntegerField("第几次")
    place = models.CharField("公示地点、方式", max_length=200)
    verified_on = models.DateField("复核签署日期")
    starts_on = models.DateField("公示日期")
    ends_on = models.DateField("公示至")
    ended_on = models.DateField("结束日期", null=True, blank=True)
    late = models.BooleanField("复核时已逾期", default=False)
    upheld = models.BooleanField("异议成立", default=False)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "公示"
        ordering = ("no",)
        constraints = (
            models.UniqueConstraint(fields=("item", "no"), name="publication_no_once"),
            models.UniqueConstraint(
                fields=("item",), condition=Q(ended_on=None), name="one_running_publication"
            ),
            models.CheckConstraint(
                name="publication_in_order",
                condition=Q(starts_on__gte=F("verified_on"), ends_on__gt=F("starts_on")),
                violation_error_message="公示应在复核签署之后开始，至少一天。",
            ),
            models.CheckConstraint(
                name="publication_ends_after_its_days",
                condition=Q(ended_on=None)
                | Q(upheld=True, ended_on__gte=F("starts_on"))
                | Q(upheld=False, ended_on__gt=F("ends_on")),
                violation_error_message="公示期满以后才能结束，异议成立的除外。",
            ),
        )

    def __str__(self) -> str:
        return f"第 {self.no} 次公示（{self.starts_on} 至 {self.ends_on}）"


class ObjectionState(models.TextChoices):
    OPEN = "open", "待答复"
    UPHELD = "upheld", "成立"
    DISMISSED = "dismissed", "不成立"


class Objection(Row):
    """异议. Who objects, and in which words, is for those who verify and their leaders only."""

    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"by_whom", "text", "answer"})
    state_tones: ClassVar[dict[str, str]] = {"open": "wait", "upheld": "warn", "dismissed": "done"}

    item = models.ForeignKey(Item, models.CASCADE, related_name="objections")
    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="objections", verbose_name="公示"
    )
    no = models.PositiveSmallIntegerField("序号")
    received_on = models.DateField("收到日期")
    by_whom = models.CharField("异议人", max_length=100, blank=True)
    text = models.TextField("异议内容")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    state = models.CharField(
        "状态", max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    decided_on = models.DateField("答复日期", null=True, blank=True)
    answer = models.TextField("答复意见", blank=True)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "异议"
        ordering = ("no",)
        constraints = (
            models.UniqueConstraint(fields=("item", "no"), name="objection_no_once"),
            models.CheckConstraint(
                name="objection_answered_iff_decided",
                condition=Q(state="open", decided_by=None, decided_on=None, answer="")
                | ~Q(state="open")
                & Q(decided_by__isnull=False, decided_on__gte=F("received_on"))
                & ~Q(answer=""),
                violation_error_message="已答复的异议须有答复人、日期和意见，待答复的不能有。",
            ),
        )

    def __str__(self) -> str:
        return f"异议（{self.no}）"


def running_publication(item: Any) -> Publication | None:
    """The period that runs, or whose days are up and that is not ended yet."""
    return next((one for one in item.publications.all() if one.ended_on is None), None)


def is_over(publication: Publication) -> bool:
    return publication.ends_on < moment.today()
