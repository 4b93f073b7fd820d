"""资金下达: a paper by which a level gives money to the county, and how much of it projects have been given."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from funds.models.terms import FundKind
from funds.project_querysets import AllocationQuerySet
from povertyaudit.core import moment
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Dossier


class FundLevel(models.TextChoices):
    CENTRAL = "central", "中央"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    OTHER = "other", "社会和协作"


class Allocation(Dossier):
    """下达文件 with its sum. `assigned_fen` is what stands in funding lines of projects, kept by the verbs so that the
    database can refuse more than was given."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "title", "paper_no")
    searched_sums: ClassVar[tuple[str, ...]] = ("amount_fen",)

    class State(models.TextChoices):
        OPEN = "open", "在用"
        REVOKED = "revoked", "已作废"

    state_tones: ClassVar[dict[str, str]] = {"open": "open", "revoked": "stop"}

    title = models.CharField("文件名称", max_length=100)
    paper_no = models.CharField("文号", max_length=60)
    level = models.CharField("资金级别", max_length=10, choices=FundLevel.choices)
    fund_kind = models.ForeignKey(
        FundKind, models.PROTECT, related_name="allocations", verbose_name="资金种类"
    )
    year = models.PositiveSmallIntegerField("预算年度")
    amount_fen = models.BigIntegerField("下达金额（分）")
    assigned_fen = models.BigIntegerField("已安排到项目（分）", default=0, editable=False)
    issued_on = models.DateField("下达日期")
    received_on = models.DateField("收到日期")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN, editable=False)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = "资金下达"
        indexes = (models.Index(fields=("region", "state"), name="allocation_region_state"),)
        constraints = (
            models.UniqueConstraint(
                name="allocation_paper_once",
                fields=("region", "paper_no", "fund_kind"),
                condition=Q(state="open"),
                violation_error_message="这个文号的同一种资金已经登记，请核对文号。",
            ),
            models.CheckConstraint(
                name="allocation_amount_in_range",
                condition=Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN),
                violation_error_message="下达金额应大于 0，且不超过 10 万亿元。",
            ),
            models.CheckConstraint(
                name="allocation_assigned_within_amount",
                condition=Q(assigned_fen__gte=0, assigned_fen__lte=F("amount_fen")),
                violation_error_message="安排到项目的资金合计不能超过下达金额。",
            ),
            models.CheckConstraint(
                name="allocation_received_after_issue",
                condition=Q(received_on__gte=F("issued_on")),
                violation_error_message="收到日期不能早于下达日期。",
            ),
            models.CheckConstraint(
                name="allocation_revoked_gives_nothing",
                condition=Q(state="open") | Q(assigned_fen=0),
                violation_error_message="已有项目使用的下达文件不能作废。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("allocation", args=(self.public_id,))

    @property
    def idle_days(self) -> int | None:
        """For how many days money of it has waited; None where all is given."""
        return (moment.today() - self.received_on).days if self.left_fen else None

    @property
    def left_fen(self) -> int:
        """What no project has been given yet, in 分."""
        return self.amount_fen - self.assigned_fen
