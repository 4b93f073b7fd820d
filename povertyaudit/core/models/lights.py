"""Which colours a place gives to the severities of a date (domain §4.5: green is a first warning here, 'done' there)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.core.models.region_rules import RegionRule, RegionRuleQuerySet


class Colour(models.TextChoices):
    GREEN = "green", "绿"
    BLUE = "blue", "蓝"
    YELLOW = "yellow", "黄"
    RED = "red", "红"
    GREY = "grey", "灰"


class LightScheme(RegionRule):
    """期限灯颜色: the colour of each severity and of what was done in time. Rows and pages know the severity only."""

    first = models.CharField("一级（7 天内到期）", max_length=8, choices=Colour.choices)
    second = models.CharField("二级（3 天内到期）", max_length=8, choices=Colour.choices)
    third = models.CharField("三级（超期）", max_length=8, choices=Colour.choices)
    done = models.CharField("按期办结", max_length=8, choices=Colour.choices)

    content: ClassVar[tuple[str, ...]] = (
        "region", "valid_from", "first", "second", "third", "done", "source",
    )  # fmt: skip
    objects = RegionRuleQuerySet.as_manager()

    class Meta(RegionRule.Meta):
        verbose_name = "期限灯颜色"
        ordering = ("id",)
        constraints = (
            *RegionRule.Meta.constraints,
            models.CheckConstraint(
                name="light_overdue_has_its_colour",
                condition=~Q(third=F("first")) & ~Q(third=F("second")) & ~Q(third=F("done")),
                violation_error_message="“超期”的颜色应与其他各级不同。",
            ),
        )

    def __str__(self) -> str:
        return f"期限灯颜色（{self.place}）"

    @property
    def title(self) -> str:
        """E.g. 一级黄、二级黄、三级红，办结绿."""
        words = [self.get_first_display(), self.get_second_display(), self.get_third_display()]
        levels = "、".join(f"{level}级{word}" for level, word in zip("一二三", words, strict=True))
        return f"{levels}，办结{self.get_done_display()}"

    def get_absolute_url(self) -> str:
        return f"/light-schemes/{self.public_id}/"
