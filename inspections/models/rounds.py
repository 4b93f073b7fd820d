"""Rounds of inspection (轮次): 巡察, 督查, 暗访, 专项检查, 再监督再检查."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.querysets import RoundQuerySet
from povertyaudit.core.deadlines import Period
from povertyaudit.core.deadlines import Unit as Counted
from povertyaudit.core.models import Dossier, Unit, User
from povertyaudit.core.models.rules import PeriodUnit

MOST_MONTHS = 24
MOST_DAYS = 365  # of a period of the round's own, in days or working days
MOST_ROUNDS = 99  # of sessions (届), and of rounds in one session


def _whole(name: str) -> Q:
    """A period of the round's own: a number with its unit and within bounds, or neither."""
    amount, unit = f"{name}_amount", f"{name}_unit"
    some = Q(**{f"{amount}__isnull": False, f"{amount}__gte": 1})
    in_months = Q(**{unit: PeriodUnit.MONTHS, f"{amount}__lte": MOST_MONTHS})
    in_days = Q(**{f"{unit}__in": (PeriodUnit.DAYS, PeriodUnit.WORKING_DAYS), f"{amount}__lte": MOST_DAYS})
    return Q(**{amount: None, unit: ""}) | some & (in_months | in_days)


class Round(Dossier):
    """巡察轮次. A secret one has no number and is invisible to all but the people named on it until it is finished."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "常规巡察"
        SPECIAL = "special", "专项巡察"
        MOBILE = "mobile", "机动式巡察"
        RAISED = "raised", "提级巡察"
        CROSS = "cross", "交叉巡察"
        LINKED = "linked", "联动巡察"
        VILLAGE = "village", "对村巡察"
        LOOK_BACK = "look_back", "巡察“回头看”"
        SUPERVISE = "supervise", "督查"
        COVERT = "covert", "明察暗访"
        CHECK = "check", "专项检查"
        RECHECK = "recheck", "再监督再检查"

    class Body(models.TextChoices):
        """What kind of body runs it: not every round is one of the party committee's inspection office."""

        PATROL_OFFICE = "patrol_office", "巡察机构"
        SUPERVISORS = "supervisors", "党委政府督查室"
        AUDIT = "audit", "审计机关"
        ELDERS = "elders", "老领导督导组"
        LIVELIHOOD = "livelihood", "民生监督特派组"
        DEPARTMENT = "department", "主管部门"

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        FINISHED = "finished", "已结束"
        CLOSED = "closed", "已办结"

    state_tones: ClassVar[dict[str, str]] = {"open": "open", "finished": "wait", "closed": "done"}
    later_columns: ClassVar[frozenset[str]] = frozenset(
        {
            "session",
            "ordinal",
            "run_by_id",
            "body_kind",
            "authorisation",
            "parent_id",
            "campaign_id",
            "closed_on",
            "plan_amount",
            "plan_unit",
            "report_amount",
            "report_unit",
            "periods_rule",
        }
    )

    name = models.CharField("轮次名称", max_length=100)
    session = models.PositiveSmallIntegerField("届次", null=True, blank=True)
    ordinal = models.PositiveSmallIntegerField("轮次序号", null=True, blank=True)
    kind = models.CharField("监督方式", max_length=12, choices=Kind.choices, default=Kind.REGULAR)
    run_by = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="组织实施单位"
    )  # empty only on rounds from before 1.1.0
    body_kind = models.CharField("组织实施单位类别", max_length=16, choices=Body.choices, blank=True)
    authorisation = models.CharField("部署文件", max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级轮次"
    )
    campaign = models.ForeignKey(
        "inspections.Campaign",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds",
        verbose_name="专题",
    )
    starts_on = models.DateField("进驻日期")
    ends_on = models.DateField("计划离开日期")
    window_months = models.PositiveSmallIntegerField(
        "集中整改期（月）", help_text="按进驻时施行的规定确定；旧轮次仍按当时的期限。"
    )
    window_rule = models.CharField("集中整改期的依据", max_length=300)
    # Periods of the round's own; empty: those of the dated rules.
    plan_amount = models.PositiveSmallIntegerField("整改方案报送期限", null=True, blank=True)
    plan_unit = models.CharField(
        "整改方案报送期限的单位", max_length=12, choices=PeriodUnit.choices, blank=True
    )
    report_amount = models.PositiveSmallIntegerField("向书记专题会报告的期限", null=True, blank=True)
    report_unit = models.CharField(
        "向书记专题会报告期限的单位", max_length=12, choices=PeriodUnit.choices, blank=True
    )
    periods_rule = models.CharField("另定期限的依据", max_length=300, blank=True)
    secret = models.BooleanField("结束前保密", default=False)
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="部署人")
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="批准人")
    finished_on = models.DateField("结束日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "巡察轮次"
        indexes = (models.Index(fields=("region", "state"), name="round_region_state"),)
        constraints = (
            models.UniqueConstraint(fields=("region", "name"), name="round_name_once_in_region"),
            models.CheckConstraint(
                name="round_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="计划离开日期不能早于进驻日期。",
            ),
            models.CheckConstraint(
                name="round_finished_after_start",
                condition=Q(finished_on=None) | Q(finished_on__gte=F("starts_on")),
                violation_error_message="结束日期不能早于进驻日期。",
            ),
            models.CheckConstraint(
                name="round_finished_has_date",
                condition=Q(state="open", finished_on=None)
                | Q(state__in=("finished", "closed"), finished_on__isnull=False),
                violation_error_message="已结束的轮次应有结束日期。",
            ),
            models.CheckConstraint(
                name="round_closed_has_date",
                condition=Q(state="closed", closed_on__isnull=False)
                | Q(state__in=("open", "finished"), closed_on=None),
                violation_error_message="已办结的轮次应有办结日期，未办结的不能有。",
            ),
            models.CheckConstraint(
                name="round_session_and_ordinal",
                condition=Q(session=None, ordinal=None)
                | Q(session__isnull=False, session__gte=1, session__lte=MOST_ROUNDS)
                & Q(ordinal__isnull=False, ordinal__gte=1, ordinal__lte=MOST_ROUNDS),
                violation_error_message=f"届次和轮次序号应一并填写，均为 1 至 {MOST_ROUNDS}。",
            ),
            models.CheckConstraint(
                name="round_not_below_itself",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message="轮次不能以自己为上级轮次。",
            ),
            models.CheckConstraint(
                name="round_number_unless_secret",
                condition=Q(number__isnull=False) | Q(secret=True, finished_on=None),
                violation_error_message="保密轮次结束前不编号，其他轮次应有编号。",
            ),
            models.CheckConstraint(
                name="round_window_sensible",
                condition=Q(window_months__gte=1, window_months__lte=MOST_MONTHS),
                violation_error_message=f"集中整改期应在 1 至 {MOST_MONTHS} 个月之间。",
            ),
            models.CheckConstraint(
                name="round_plan_period_whole",
                condition=_whole("plan"),
                violation_error_message="整改方案报送期限的数目和单位应一并填写，并在合理范围以内。",
            ),
            models.CheckConstraint(
                name="round_report_period_whole",
                condition=_whole("report"),
                violation_error_message="向书记专题会报告的期限，数目和单位应一并填写，并在合理范围以内。",
            ),
            models.CheckConstraint(
                name="round_own_periods_by_document",
                condition=Q(plan_amount=None, report_amount=None) | ~Q(periods_rule=""),
                violation_error_message="本轮次另定期限的，应写明依据的文件。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("round", args=(self.public_id,))

    @property
    def title(self) -> str:
        return self.name

    def own_period(self, name: str) -> str:
        """The round's own period for `name` (plan, report) in words; empty where the dated rule holds."""
        amount = getattr(self, f"{name}_amount")
        return (
            "" if amount is None else str(Period(amount=amount, unit=Counted(getattr(self, f"{name}_unit"))))
        )

    @property
    def is_secret_now(self) -> bool:
        return self.secret and self.finished_on is None
