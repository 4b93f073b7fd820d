"""Dated lists: in which capacities somebody may answer for a place, and the figures terms are held to."""

from typing import ClassVar

from django.db import models

from povertyaudit.core.models import Level, Listed, Term, TermQuerySet


class Of(models.TextChoices):
    """What a capacity answers for: the place itself, or one household or person in it."""

    PLACE = "place", "地方"
    HOUSEHOLD = "household", "一户"
    PERSON = "person", "一人"


class Capacity(Term):
    """责任身份. `levels`: digits of the levels of region it is held at, "" for any; `single`: one holder at a time;
    `team`: the role in a village team it goes with."""

    levels = models.CharField("地区层级", max_length=5, blank=True)
    single = models.BooleanField("一地一人", default=False)
    of = models.CharField("对象", max_length=10, choices=Of.choices, default=Of.PLACE)
    team = models.CharField("驻村职务", max_length=16, blank=True)

    carried: ClassVar[tuple[str, ...]] = ("levels", "single", "of", "team")
    lists: ClassVar[tuple[Listed, ...]] = (Listed("capacities", "责任身份"),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "责任身份"

    def fits(self, level: int) -> bool:
        return not self.levels or str(level) in self.levels

    @property
    def places(self) -> str:
        """The levels in words: 县、乡镇."""
        return "、".join(str(Level(int(one)).label) for one in self.levels)


AMOUNTS = tuple((str(n), str(n)) for n in (*range(13), 24, 30, 36, 45, 60, 90, 120, 180))


class AnsweringRule(Term):
    """One figure terms and letters are held to, from one day on: changed by 案管室, confirmed by 安全保密."""

    WORDS: ClassVar[dict[str, str]] = {
        "team_months": "驻村任期一届 {} 个月",
        "remind_days": "任期届满前 {} 天起提醒",
        "short_months": "连续 {} 个月驻村天数不足的列入看板",
        "letter_month": "当年责任书应在 {} 月底以前签订",
        "keep_listed": "贫困村名单内的村，任期届满不延期、不接任的须写明理由（1 是，0 否）：{}",
    }

    kind = models.CharField("规定事项", max_length=20)  # a key of WORDS
    amount = models.CharField("数量", max_length=3, choices=AMOUNTS)

    carried: ClassVar[tuple[str, ...]] = ("kind", "amount")
    decided: ClassVar[str] = "amount"
    lists: ClassVar[tuple[Listed, ...]] = (Listed("answering_rules", "责任到人规定", closed=True),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "责任到人规定"

    @property
    def own_name(self) -> str:
        return self.WORDS[self.kind].format(self.amount)
