"""Rules of clocks: how long a step may take, by which article, from when to when."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from povertyaudit.core.deadlines import UNIT_NAMES, Period, Unit
from povertyaudit.core.models.base import Row
from povertyaudit.core.models.people import User
from povertyaudit.core.models.places import Region
from povertyaudit.core.scope import ScopedQuerySet, region_under

if TYPE_CHECKING:
    from datetime import date

    from povertyaudit.core.models.people import Post


LOCAL_USAGE = "地方"  # as the source of a period that no superior paper sets begins


class PeriodUnit(models.TextChoices):
    WORKING_DAYS = "working_days", "工作日"
    DAYS = "days", "日（自然日）"
    MONTHS = "months", "月"


class Confidence(models.TextChoices):
    SEEN = "S", "已见原文"
    GENERAL = "G", "一般知识，待核原文"
    UNCONFIRMED = "U", "未确认"


class RuleState(models.TextChoices):
    DRAFT = "draft", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "未通过"


class Extender(models.TextChoices):
    HEAD = "", "本机关主要负责人"
    SUPERIOR = "superior", "上一级机关"


def of_law(region_id: str | None, source: str) -> bool:
    """Whether a period stands in a law or a party rule: it holds everywhere and is no local usage."""
    return region_id is None and not source.startswith(LOCAL_USAGE)


class ClockRuleQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        """The general rules, and those of the post's region and of the regions it lies in or that lie in it."""
        above = [post.region_id[:size].ljust(12, "0") for size in (2, 4, 6, 9, 12)]
        return Q(region=None) | Q(region__in=above) | region_under("region_id", post.region_id)

    def _without_recused(self, user: Any) -> Self:
        return self

    def in_force(self, code: str, on: "date") -> Self:
        """Confirmed rows of `code` valid on the day, the latest first."""
        open_end = Q(valid_to=None) | Q(valid_to__gte=on)
        return self.confirmed(code).filter(open_end, valid_from__lte=on)

    def confirmed(self, code: str) -> Self:
        """Rows of `code` of any day, the latest first."""
        return self.filter(code=code, state=RuleState.CONFIRMED).order_by("-valid_from", "-id")

    def for_list(self) -> Self:
        return self.select_related("region", "changed_by__person", "confirmed_by__person").order_by(
            "code", "-valid_from", "-id"
        )

    def waiting(self) -> Self:
        return self.filter(state=RuleState.DRAFT)


class ClockRule(Row):
    """期限规则: how long a step may take, by which article. Dated: a change is a new row, the old one stays."""

    number = models.CharField("序号", max_length=8, blank=True)
    code = models.CharField("规则代码", max_length=40)
    name = models.CharField("事项", max_length=60)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="适用地区（空为普遍适用）",
    )
    amount = models.PositiveSmallIntegerField("期限")
    unit = models.CharField("计算单位", max_length=12, choices=PeriodUnit.choices)
    exclude_start = models.BooleanField("开始当日不计入", default=True)
    month_end_clip = models.BooleanField("没有对应日的以月末为届满日", default=True)
    roll_over = models.BooleanField("届满日为休息日的顺延", default=True)
    start_event = models.CharField("起算", max_length=60, blank=True)
    source = models.CharField("依据", max_length=200)
    article = models.CharField("条款", max_length=100, blank=True)
    confidence = models.CharField(
        "把握程度", max_length=1, choices=Confidence.choices, default=Confidence.UNCONFIRMED
    )
    extension_amount = models.PositiveSmallIntegerField("可延长", null=True, blank=True)
    extension_unit = models.CharField("延长单位", max_length=12, choices=PeriodUnit.choices, blank=True)
    extension_times = models.PositiveSmallIntegerField("可延长次数", null=True, blank=True)
    extension_note = models.CharField("延长的规定", max_length=200, blank=True)
    extension_by = models.CharField("批准延长的机关", max_length=10, choices=Extender.choices, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    valid_from = models.DateField("施行日期")
    valid_to = models.DateField("废止日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=RuleState.choices, default=RuleState.DRAFT)
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改人"
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    later_columns: ClassVar[frozenset[str]] = frozenset({"extension_by"})
    objects = ClockRuleQuerySet.as_manager()
    unrecorded: ClassVar[Q] = Q(
        changed_by=None
    )  # brought by a migration; `reference_clocks.altered` watches them
    state_tones: ClassVar[dict[str, str]] = {"draft": "wait", "confirmed": "done", "refused": "stop"}

    class Meta:
        verbose_name = "期限规则"
        ordering = ("code", "-valid_from", "-id")
        indexes = (models.Index(fields=("code", "valid_from"), name="rule_code_from"),)
        constraints = (
            models.CheckConstraint(
                name="rule_two_pairs_of_eyes",
                condition=Q(confirmed_by=None)
                | Q(changed_by__isnull=False) & ~Q(changed_by=F("confirmed_by")),
                violation_error_message="期限规则的修改人和确认人不能是同一个人。",
            ),
            models.CheckConstraint(
                name="rule_draft_is_not_confirmed_by",
                condition=~Q(state=RuleState.DRAFT) | Q(confirmed_by=None),
                violation_error_message="待确认的期限规则不能已有确认人。",
            ),
            models.CheckConstraint(
                name="rule_changed_ends_confirmed",
                condition=~Q(state=RuleState.CONFIRMED) | Q(changed_by=None) | Q(confirmed_by__isnull=False),
                violation_error_message="由人修改的期限规则须经另一人确认。",
            ),
            models.CheckConstraint(
                name="rule_amount_in_range",
                condition=Q(amount__gte=1, amount__lte=3650),
                violation_error_message="期限应在 1 至 3650 之间。",
            ),
            models.CheckConstraint(
                name="rule_valid_to_after_from",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="废止日期不能早于施行日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.length}"

    @property
    def length(self) -> str:
        """E.g. “15 个工作日”."""
        return f"{self.amount} {UNIT_NAMES[Unit(self.unit)]}"

    @property
    def basis(self) -> str:
        """Source and article as one quotes them, e.g. 《…规则》第十五条."""
        source = self.source if self.source.startswith(LOCAL_USAGE) else f"《{self.source}》"
        return f"{source}{self.article}"

    @property
    def period(self) -> Period:
        return Period(
            amount=self.amount,
            unit=Unit(self.unit),
            exclude_start=self.exclude_start,
            month_end_clip=self.month_end_clip,
            roll_over=self.roll_over,
        )

    @property
    def title(self) -> str:
        return f"{self.length}，{self.basis}"

    def get_absolute_url(self) -> str:
        return f"/clock-rules/{self.public_id}/"

    def scope_units(self) -> list[int]:
        """Rules belong to no unit."""
        return []
