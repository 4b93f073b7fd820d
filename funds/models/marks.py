"""Yearly marks of a household: 两不愁三保障 and whether it left poverty, as the register of the year says it."""

from django.db import models

from funds.models.registers import Register
from funds.register_querysets import MarkQuerySet
from povertyaudit.core.models import Region

NEED_WORDS = {
    "food": "不愁吃", "clothing": "不愁穿", "schooling": "义务教育", "health": "基本医疗", "housing": "住房安全",
    "water": "饮水安全",
}  # fmt: skip
NEEDS = tuple(NEED_WORDS)


class HouseholdMark(models.Model):
    """One household in one register. `lost`: a need that was met the year before is not, or it fell back; `changed`:
    anything said differently. Both are reckoned when a register of this year or the one before is loaded or leaves."""

    class Exit(models.TextChoices):
        POOR = "poor", "未脱贫"
        OUT = "out", "脱贫"
        STABLE = "stable", "稳定脱贫"
        BACK = "back", "返贫"

    id = models.BigAutoField(primary_key=True)
    register = models.ForeignKey(
        Register, models.PROTECT, related_name="marks", verbose_name="名册", db_index=False, db_constraint=False
    )  # fmt: skip
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name="村", db_index=False, db_constraint=False
    )
    year = models.PositiveSmallIntegerField("年度")
    line = models.PositiveIntegerField("行号")
    household_no = models.CharField("户编号", max_length=30)
    head_name = models.CharField("户主姓名", max_length=60)
    food = models.BooleanField(NEED_WORDS["food"], null=True)
    clothing = models.BooleanField(NEED_WORDS["clothing"], null=True)
    schooling = models.BooleanField(NEED_WORDS["schooling"], null=True)
    health = models.BooleanField(NEED_WORDS["health"], null=True)
    housing = models.BooleanField(NEED_WORDS["housing"], null=True)
    water = models.BooleanField(NEED_WORDS["water"], null=True)
    exit = models.CharField("脱贫状态", max_length=6, choices=Exit.choices, blank=True)
    lost = models.BooleanField("比上年减少", default=False, editable=False)
    changed = models.BooleanField("比上年有变化", default=False, editable=False)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = "户年度标注"
        indexes = (models.Index(fields=("register", "region"), name="mark_register_region"),)
        constraints = (
            models.UniqueConstraint(
                name="mark_household_once",
                fields=("register", "household_no"),
                violation_error_message="一份名册里一户只有一行标注。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} 年 {self.household_no}"
