"""How often and how long an item may be extended, and from which time on a leader decides: dated, changed by two people."""

from typing import ClassVar

from django.db import models

from povertyaudit.core.models import Listed, Term, TermQuerySet

FREE = "none"


class Limit(models.TextChoices):
    """What a rule says: a number, or that there is no limit."""

    ONE = "1", "1"
    TWO = "2", "2"
    THREE = "3", "3"
    FIVE = "5", "5"
    MONTH = "30", "30"
    TWO_MONTHS = "60", "60"
    QUARTER = "90", "90"
    HALF_YEAR = "180", "180"
    YEAR = "365", "365"
    NONE = FREE, "不限"


class ExtensionRule(Term):
    """延期规定: `kind` is what it limits, `amount` how much. What holds on the day the period began, holds for the item."""

    WORDS: ClassVar[dict[str, str]] = {
        "times": "一个事项最多延期几次",
        "days": "每次最多延期多少天",
        "leader_from": "自第几次起由分管领导或者书记批准",
    }

    kind = models.CharField("规定", max_length=12)  # a key of WORDS
    amount = models.CharField("内容", max_length=4, choices=Limit.choices)

    carried: ClassVar[tuple[str, ...]] = ("kind", "amount")
    decided: ClassVar[str] = "amount"
    lists: ClassVar[tuple[Listed, ...]] = (Listed("extension_rules", "整改延期规定", closed=True),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "整改延期规定"

    @property
    def own_name(self) -> str:
        return f"{self.WORDS[self.kind]}：{self.get_amount_display()}"
