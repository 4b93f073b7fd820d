"""What boards keep: the figures they go by (dated), and each Monday's ranking of units as it stood."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.core import moment
from povertyaudit.core.models import Listed, Region, Term, TermQuerySet, Unit
from povertyaudit.core.models.base import new_public_id
from rectification.board_querysets import RankedUnitQuerySet, UnitRankingQuerySet

AMOUNTS = tuple((str(n), str(n)) for n in (*range(1, 11), 15, 20, 30, 45, 60, 90))


class BoardRule(Term):
    """One figure boards go by, from one day on: changed by 案管室, confirmed by 安全保密."""

    WORDS: ClassVar[dict[str, str]] = {
        "still_days": "未销号事项 {} 天没有办理动作的，列入零搁置清单",
        "rank_least": "已下发事项不少于 {} 项的单位，参加销号率排名",
    }

    kind = models.CharField("规定事项", max_length=20)  # a key of WORDS
    amount = models.CharField("数量", max_length=3, choices=AMOUNTS)

    carried: ClassVar[tuple[str, ...]] = ("kind", "amount")
    decided: ClassVar[str] = "amount"
    lists: ClassVar[tuple[Listed, ...]] = (Listed("board_rules", "整改看板规定", closed=True),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "整改看板规定"

    @property
    def own_name(self) -> str:
        return self.WORDS[self.kind].format(self.amount)


class UnitRanking(models.Model):
    """One county's ranking of one Monday: as the rows stood when the Sunday before was over. Never made twice."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="县")
    day = models.DateField("排名日期")
    least = models.PositiveSmallIntegerField("参加排名的最少事项数")
    made_at = models.DateTimeField("固定时间", default=moment.now)

    objects = UnitRankingQuerySet.as_manager()

    class Meta:
        verbose_name = "单位销号率排名"
        ordering = ("-day", "id")
        constraints = (
            models.UniqueConstraint(fields=("region", "day"), name="ranking_once_a_week"),
            models.CheckConstraint(name="ranking_least_from_one", condition=Q(least__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.day}"


class RankedUnit(models.Model):
    """One unit in it. `place` is empty below `least`; `weeks_last`: how many weeks on end it was among the last three."""

    ranking = models.ForeignKey(UnitRanking, models.CASCADE, related_name="lines")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    place = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    issued = models.PositiveIntegerField("已下发")
    closed = models.PositiveIntegerField("已销号")
    late = models.PositiveIntegerField("超期或者逾期销号")
    weeks_last = models.PositiveSmallIntegerField("连续几周列后三名", default=0)

    objects = RankedUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "排名中的单位"
        ordering = (F("place").asc(nulls_last=True), "id")
        constraints = (
            models.UniqueConstraint(fields=("ranking", "unit"), name="ranked_unit_once"),
            models.CheckConstraint(
                name="ranked_unit_adds_up",
                condition=Q(issued__gte=1, closed__lte=F("issued"), late__lte=F("issued")),
            ),
            models.CheckConstraint(
                name="ranked_unit_last_has_place", condition=Q(weeks_last=0) | Q(place__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.closed}/{self.issued}"
