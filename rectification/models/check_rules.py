"""复核和公示要求: by which ways an item must be verified, and whether it is published before it is closed. Dated terms."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from povertyaudit.core.models import Listed, Term
from rectification.check_querysets import CheckRuleQuerySet


class CheckAxis(models.TextChoices):
    """By what of an item a rule is chosen."""

    ALL = "all", "全部事项"
    SOURCE = "source", "问题来源"
    CLASS = "class", "问题大类"
    ROUND = "round", "巡察轮次"


class CheckKind(models.TextChoices):
    """What is asked for: one of the ways (`checking.Way`), or a publication."""

    DOCUMENTS = "documents", "查阅资料"
    ON_SITE = "on_site", "实地查看"
    ASKING = "asking", "询问群众"
    PUBLICATION = "publication", "销号前公示"


class CheckLevel(models.TextChoices):
    """A way is asked for or not; a publication for so many days or not."""

    REQUIRED = "required", "必须有"
    DAYS_5 = "5", "不少于 5 天"
    DAYS_7 = "7", "不少于 7 天"
    DAYS_10 = "10", "不少于 10 天"
    DAYS_15 = "15", "不少于 15 天"
    DAYS_30 = "30", "不少于 30 天"
    NONE = "none", "不要求"


class CheckRule(Term):
    """One requirement from one day on, of the items it is about. `about` is in the words of the day it was proposed.

    Where several hold, each way they name is asked for, and the longest publication.
    """

    axis = models.CharField("适用范围", max_length=8, choices=CheckAxis.choices)
    key = models.CharField("适用的代码", max_length=30, blank=True)
    about = models.CharField("适用于", max_length=60)
    kind = models.CharField("要求什么", max_length=12, choices=CheckKind.choices)
    level = models.CharField("要求", max_length=8, choices=CheckLevel.choices)

    carried: ClassVar[tuple[str, ...]] = ("axis", "key", "about", "kind", "level")
    decided: ClassVar[str] = "level"
    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("check_rules", "复核和公示要求", add_at="/terms/check-rules/new/"),
    )
    objects = CheckRuleQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "复核和公示要求"
        constraints: ClassVar[object] = (
            *Term.Meta.constraints,
            models.CheckConstraint(
                name="checkrule_key_where_chosen",
                condition=Q(axis="all", key="") | ~Q(axis="all") & ~Q(key=""),
                violation_error_message="按来源、大类、轮次要求的须选定一项，对全部事项要求的不选。",
            ),
            models.CheckConstraint(
                name="checkrule_level_fits",
                condition=Q(kind="publication") & ~Q(level="required")
                | ~Q(kind="publication") & Q(level__in=("required", "none")),
                violation_error_message="公示选择天数或者“不要求”，复核方式选择“必须有”或者“不要求”。",
            ),
        )

    @property
    def own_name(self) -> str:
        words = f"{self.about}：{self.get_kind_display()}（{self.get_level_display()}）"
        return words if len(words) <= 50 else f"{words[:49]}…"
