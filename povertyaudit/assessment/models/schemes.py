"""考核办法: whom it judges, how often, by which indicators of which weight. One row from one day on; old rows stay."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from povertyaudit.assessment.spans import PeriodKind
from povertyaudit.core.models import Listed, Region, Term, TermAct, TermQuerySet

WHOLE = 100  # points, and what the weights add up to


class Judged(models.TextChoices):
    """Kinds of units, named as `UnitKind` names them; a county is judged as its leadership."""

    TOWNSHIP = "township", "乡镇"
    DEPARTMENT = "department", "县直部门"
    COUNTY = "leadership", "县"


class Way(models.TextChoices):
    COUNTED = "counted", "按台账计数"
    SCORED = "scored", "由指定单位评分"
    REVERSE = "reverse", "逆向考评（乡镇评）"


@dataclass(frozen=True)
class Indicator:
    """One indicator as a scheme says it. Counted ones have `measure` and a scoring line, scored ones offices (ids of units).

    Linear between `full_at` and `zero_at`; with `per_case` so many points off for each case instead.
    """

    code: str
    name: str
    weight: int
    way: str
    measure: str = ""
    full_at: int = 0
    zero_at: int = 0
    per_case: str = ""
    scorers: tuple[int, ...] = ()
    offices: tuple[str, ...] = ()  # their names when it was proposed

    @property
    def off(self) -> Decimal | None:
        return Decimal(self.per_case) if self.per_case else None

    @property
    def is_scored(self) -> bool:
        return self.way != Way.COUNTED

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "scorers": list(self.scorers), "offices": list(self.offices)}


class AssessmentScheme(Term):
    """One scheme. `indicators` are those of `Indicator`, never changed: another one is a new row of the same code."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="适用地区")
    judged = models.CharField("考核对象", max_length=12, choices=Judged.choices)
    period = models.CharField("考核周期", max_length=8, choices=PeriodKind.choices)
    indicators = models.JSONField("指标")
    weight_sum = models.PositiveSmallIntegerField("权重合计")
    adjust_most = models.PositiveSmallIntegerField("加减分合计不超过", default=5)

    carried: ClassVar[tuple[str, ...]] = (
        "region", "judged", "period", "indicators", "weight_sum", "adjust_most",
    )  # fmt: skip
    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("assessment_schemes", "考核办法", add_at="/terms/assessment-schemes/new/"),
    )
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "考核办法"
        constraints: ClassVar[Any] = (
            *Term.Meta.constraints,
            models.CheckConstraint(
                name="scheme_weights_add_up", condition=Q(weight_sum=WHOLE),
                violation_error_message=f"各项指标的权重合计应是 {WHOLE}。",
            ),
            models.CheckConstraint(
                name="scheme_adjusts_within_reason", condition=Q(adjust_most__lte=20),
                violation_error_message="加减分合计最多 20 分。",
            ),
        )  # fmt: skip

    def get_act_display(self) -> str:  # type: ignore[no-redef]
        return "修改" if self.act == TermAct.RENAME else str(TermAct(self.act).label)

    def all_indicators(self) -> list[Indicator]:
        return [
            Indicator(**{**one, "scorers": tuple(one["scorers"]), "offices": tuple(one["offices"])})
            for one in self.indicators
        ]
