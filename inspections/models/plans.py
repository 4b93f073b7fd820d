"""Plans of unannounced visits (走访计划, 四不两直): who goes where, drawn how, and nobody else knows until it is over."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.field_querysets import VisitPlanQuerySet, VisitRuleQuerySet
from inspections.models.rounds import Round
from povertyaudit.core.models import Dossier, Listed, Region, Row, Term, User
from povertyaudit.core.scope import ScopedQuerySet

MOST_LINES = 5000  # of a list from which is drawn
MOST_DRAWN = 200


class VisitPlan(Dossier):
    """走访计划. Known to its team, to who ordered and to who approves it; its number is given when it is finished."""

    class Kind(models.TextChoices):
        UNANNOUNCED = "unannounced", "四不两直暗访"
        CROSS = "cross", "交叉暗访"
        HOUSEHOLDS = "households", "入户走访"
        ATTENDANCE = "attendance", "驻村抽查"

    class State(models.TextChoices):
        ORDERED = "ordered", "待批准"
        APPROVED = "approved", "待出发"
        UNDER_WAY = "under_way", "走访中"
        FINISHED = "finished", "已结束"
        CANCELLED = "cancelled", "已取消"

    personal_fields: ClassVar[frozenset[str]] = frozenset({"title", "purpose"})
    recused_with: ClassVar[tuple[str, ...]] = ("round",)
    state_tones: ClassVar[dict[str, str]] = {
        "ordered": "wait", "approved": "open", "under_way": "open", "finished": "done", "cancelled": "stop",
    }  # fmt: skip

    title = models.CharField("计划名称", max_length=100)
    kind = models.CharField("走访方式", max_length=12, choices=Kind.choices, default=Kind.UNANNOUNCED)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name="所属轮次"
    )
    purpose = models.TextField("走访内容", blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("截止日期")
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="部署人")
    approver = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="批准人")
    approved_on = models.DateField("批准日期", null=True, blank=True)
    finished_on = models.DateField("结束日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ORDERED)

    objects = VisitPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "走访计划"
        indexes = (models.Index(fields=("region", "state"), name="plan_region_state"),)
        constraints = (
            models.CheckConstraint(
                name="plan_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="截止日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="plan_two_persons",
                condition=~Q(ordered_by=F("approver")),
                violation_error_message="部署人和批准人不能是同一个人。",
            ),
            models.CheckConstraint(
                name="plan_number_only_at_the_end",
                condition=Q(number=None) | Q(state="finished"),
                violation_error_message="走访计划结束时才编号。",
            ),
            models.CheckConstraint(
                name="plan_goes_out_approved",
                condition=~Q(state__in=("approved", "under_way", "finished")) | Q(approved_on__isnull=False),
                violation_error_message="走访计划批准后才能开始。",
            ),
            models.CheckConstraint(
                name="plan_finished_is_dated",
                condition=Q(state="finished", finished_on__isnull=False)
                | ~Q(state="finished") & Q(finished_on=None),
                violation_error_message="已结束的走访计划应有结束日期。",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("visit_plan", args=(self.public_id,))

    @property
    def is_secret_now(self) -> bool:
        """Nothing below it may bear a number, or a gap would tell of it."""
        return self.state != self.State.FINISHED or bool(self.round and self.round.is_secret_now)


class PlanMember(Row):
    """走访人员. A leader named here has been on a visit when the plan is finished."""

    class Role(models.TextChoices):
        LEADER = "leader", "带队"
        MEMBER = "member", "成员"

    dossier_path: ClassVar[str] = "plan"

    plan = models.ForeignKey(VisitPlan, models.CASCADE, related_name="members", verbose_name="走访计划")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="人员")
    role = models.CharField("分工", max_length=8, choices=Role.choices, default=Role.MEMBER)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "走访人员"
        constraints = (models.UniqueConstraint(fields=("plan", "user"), name="plan_member_once"),)

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"


class PlanPlace(Row):
    """走访地点: named by hand, or drawn."""

    dossier_path: ClassVar[str] = "plan"

    plan = models.ForeignKey(VisitPlan, models.CASCADE, related_name="places", verbose_name="走访计划")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="地点")
    drawn = models.BooleanField("随机抽取", default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "走访地点"
        constraints = (models.UniqueConstraint(fields=("plan", "region"), name="plan_place_once"),)

    def __str__(self) -> str:
        return self.region.path_name


class Sample(Row):
    """抽取记录: the list, the seed and what was drawn. Nothing is ever drawn in its place: a second draw is a second row."""

    class Kind(models.TextChoices):
        PLACES = "places", "抽取地点"
        HOUSEHOLDS = "households", "抽取农户"

    dossier_path: ClassVar[str] = "plan"

    plan = models.ForeignKey(VisitPlan, models.PROTECT, related_name="samples", verbose_name="走访计划")
    kind = models.CharField("抽取对象", max_length=12, choices=Kind.choices)
    seed = models.CharField("种子", max_length=40)
    size = models.PositiveSmallIntegerField("抽取数量")
    population = models.JSONField("名单")  # [[code or name, words beside it], …]
    drawn = models.JSONField("抽中")  # keys of the rows drawn, in the order drawn
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="抽取人")
    drawn_at = models.DateTimeField("抽取时间")
    reason = models.CharField("重新抽取的理由", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "抽取记录"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="sample_size_sensible",
                condition=Q(size__gte=1, size__lte=MOST_DRAWN),
                violation_error_message=f"一次抽取 1 至 {MOST_DRAWN} 个。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.size}"


AMOUNTS = tuple((str(n), str(n)) for n in (*range(1, 32), 45, 60, 90, 120, 180))


class VisitRule(Term):
    """One figure field work is held to, from one day on: changed by 案管室, confirmed by 安全保密."""

    WORDS: ClassVar[dict[str, str]] = {
        "leader_year": "县级领导、机关领导每人每年至少暗访 {} 次",
        "leader_remind": "年底前 {} 天起，每月提醒还没有完成的领导",
        "cross_quarter": "每季度至少开展交叉暗访 {} 次",
        "cross_remind": "季末前 {} 天起，每周提醒还没有完成的巡察办",
        "position_km": "定位距当地以往走访超过 {} 公里的须核对",
        "village_days": "驻村人员每月驻村不少于 {} 天",
        "absent_recall": "查到不在岗 {} 次以上的可以建议召回",
    }

    kind = models.CharField("规定事项", max_length=20)  # a key of WORDS
    amount = models.CharField("数量", max_length=3, choices=AMOUNTS)

    carried: ClassVar[tuple[str, ...]] = ("kind", "amount")
    decided: ClassVar[str] = "amount"
    lists: ClassVar[tuple[Listed, ...]] = (Listed("visit_rules", "走访规定", closed=True),)
    objects = VisitRuleQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "走访规定"

    @property
    def own_name(self) -> str:
        return self.WORDS[self.kind].format(self.amount)
