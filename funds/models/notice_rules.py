"""公示要求 of one kind of project or one size of money: dated terms that stand before the general figures (FundRule)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from funds.models.project_notices import NoticeLevel, NoticeStage
from povertyaudit.core.models import Listed, Term, TermQuerySet

DAYS = (
    ("0", "不要求"), *((str(n), f"{n} 天内") for n in (3, 5, 7, 10, 15, 20, 30, 45, 60, 90)),
)  # fmt: skip
SIZES = (0, 10, 20, 30, 50, 100, 200, 300, 400, 500, 1000, 2000, 5000)  # 万元
CELLS = tuple(
    (f"{stage}_{level}", f"{stage.label}{level.label}公示") for stage in NoticeStage for level in NoticeLevel
)


class NoticeRule(Term):
    """Whether one of the nine notices is owed, and within how many days, of the projects it names. The most specific one
    in force on the day of the event wins: a kind before a size alone, of two sizes the larger."""

    cell = models.CharField("哪一处公示", max_length=20, choices=CELLS)
    kind = models.CharField("项目类别代码", max_length=30, blank=True)
    from_wan = models.PositiveIntegerField("批复金额不低于（万元）", default=0)
    about = models.CharField("适用于", max_length=60)
    amount = models.CharField("几天内", max_length=5, choices=DAYS)

    carried: ClassVar[tuple[str, ...]] = ("cell", "kind", "from_wan", "about", "amount")
    decided: ClassVar[str] = "amount"
    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("notice_rules", "分类公示要求", add_at="/terms/notice-rules/new/"),
    )
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "分类公示要求"
        constraints: ClassVar[object] = (
            *Term.Meta.constraints,
            models.CheckConstraint(
                name="noticerule_names_something",
                condition=~Q(kind="") | Q(from_wan__gt=0),
                violation_error_message="请选择项目类别或者金额；对全部项目的要求在“资金管理规定”改变。",
            ),
        )

    @property
    def own_name(self) -> str:
        words = f"{self.about}：{self.get_cell_display()}（{self.get_amount_display()}）"
        return words if len(words) <= 50 else f"{words[:49]}…"

    @property
    def rank(self) -> tuple[bool, int]:
        """The higher, the more specific."""
        return bool(self.kind), self.from_wan
