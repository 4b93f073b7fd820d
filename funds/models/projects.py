"""Projects (项目库): one record from the store to the final notice, and the lines of money each is paid from."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from funds.models.allocations import Allocation
from funds.models.project_rules import DATES, PROJECT_CONSTRAINTS
from funds.models.project_terms import ProjectKind
from funds.project_querysets import LineQuerySet, ProjectQuerySet
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Dossier, Row, Unit, User


class ProjectState(models.TextChoices):
    STORED = "stored", "已入库"
    REVIEW = "review", "会审中"
    APPROVED = "approved", "已批复"
    STALLED = "stalled", "未能开工"
    STARTED = "started", "已开工"
    COMPLETED = "completed", "已完工"
    ACCEPTED = "accepted", "已验收"
    PUBLISHED = "published", "已竣工公示"
    CANCELLED = "cancelled", "已取消"


class Project(Dossier):
    """项目. `funded_fen`, `paid_fen` and `spent_fen` are the sums of its lines and payments, kept by the verbs so that the database can refuse
    more than was approved, contracted or given."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "title", "contractor", "approval_no")
    searched_sums: ClassVar[tuple[str, ...]] = ("planned_fen", "approved_fen", "contract_fen")

    State = ProjectState
    state_tones: ClassVar[dict[str, str]] = {
        "stored": "plain", "review": "wait", "approved": "open", "stalled": "warn", "started": "open", "completed": "wait",
        "accepted": "done", "published": "done", "cancelled": "stop",
    }  # fmt: skip

    title = models.CharField("项目名称", max_length=100)
    kind = models.ForeignKey(ProjectKind, models.PROTECT, related_name="projects", verbose_name="项目类别")
    year = models.PositiveSmallIntegerField("计划年度")
    place = models.CharField("具体地点", max_length=100, blank=True)
    content = models.TextField("建设内容和规模", max_length=2000)
    targets = models.TextField("绩效目标", max_length=2000, blank=True)
    responsible_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="实施单位")
    sector_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="主管部门")
    households = models.PositiveIntegerField("受益户数", default=0)
    persons = models.PositiveIntegerField("受益人数", default=0)
    poor_households = models.PositiveIntegerField("其中贫困户数", default=0)
    poor_persons = models.PositiveIntegerField("其中贫困人数", default=0)
    planned_fen = models.BigIntegerField("计划投资（分）")
    approved_fen = models.BigIntegerField("批复金额（分）", null=True, blank=True)
    tender_fen = models.BigIntegerField("中标金额（分）", null=True, blank=True)
    contract_fen = models.BigIntegerField("合同金额（分）", null=True, blank=True)
    retention_fen = models.BigIntegerField("质保金（分）", default=0)
    settled_fen = models.BigIntegerField("验收审定金额（分）", null=True, blank=True)
    funded_fen = models.BigIntegerField("安排资金（分）", default=0, editable=False)
    paid_fen = models.BigIntegerField("已拨付（分）", default=0, editable=False)
    spent_fen = models.BigIntegerField("已支出（分）", default=0, editable=False)
    plan_start = models.DateField("计划开工日期")
    plan_end = models.DateField("计划完工日期")
    stored_on = models.DateField("入库日期")
    surveyed_on = models.DateField("实地勘察日期", null=True, blank=True)
    survey = models.TextField("勘察论证意见", max_length=2000, blank=True)
    reviewed_on = models.DateField("会审日期", null=True, blank=True)
    review_text = models.TextField("会审意见", max_length=2000, blank=True)
    approval_no = models.CharField("批复文号", max_length=60, blank=True)
    approved_on = models.DateField("批复日期", null=True, blank=True)
    contractor = models.CharField("施工（供货）单位", max_length=100, blank=True)
    contract_no = models.CharField("合同编号", max_length=60, blank=True)
    contract_on = models.DateField("合同日期", null=True, blank=True)
    started_on = models.DateField("开工日期", null=True, blank=True)
    completed_on = models.DateField("完工日期", null=True, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    accepted_text = models.TextField("验收情况", max_length=2000, blank=True)
    asset_no = models.CharField("资产登记号", max_length=60, blank=True)
    published_on = models.DateField("竣工公示日期", null=True, blank=True)
    changed_from = models.CharField("变更前状态", max_length=10, blank=True, editable=False)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申报人")
    state = models.CharField(
        "状态", max_length=10, choices=ProjectState.choices, default=ProjectState.STORED, editable=False
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "项目"
        indexes = (
            models.Index(fields=("region", "state"), name="project_region_state"),
            models.Index(fields=("responsible_unit", "state"), name="project_unit_state"),
            models.Index(fields=("sector_unit", "state"), name="project_sector_state"),
            models.Index(fields=("-stored_on", "-id"), name="project_stored"),
            models.Index(fields=("-funded_fen", "-id"), name="project_funded"),
            models.Index(fields=("year", "region"), name="project_year_region"),
            models.Index(fields=("plan_end",), condition=Q(completed_on=None), name="project_unfinished"),
        )
        constraints = PROJECT_CONSTRAINTS

    def get_absolute_url(self) -> str:
        return reverse("project", args=(self.public_id,))

    def scope_units(self) -> list[int]:
        return [self.responsible_unit_id, self.sector_unit_id]

    @property
    def ceiling_fen(self) -> int:
        """What may be paid at most as things stand, in 分: what was accepted, contracted or approved, the last known."""
        known = (self.settled_fen, self.contract_fen, self.approved_fen)
        return next((fen for fen in known if fen is not None), 0)

    @property
    def last_day(self) -> Any:
        """The latest day of its life so far."""
        return max(day for name in DATES if (day := getattr(self, name)) is not None)


class FundingLine(Row):
    """资金来源 of a project: so much out of that allocation. `paid_fen` is kept by the verbs of payment."""

    dossier_path: ClassVar[str] = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="lines", verbose_name="项目")
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="lines", verbose_name="下达文件")
    amount_fen = models.BigIntegerField("安排金额（分）")
    paid_fen = models.BigIntegerField("已拨付（分）", default=0, editable=False)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "项目资金来源"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="line_allocation_once",
                fields=("project", "allocation"),
                violation_error_message="同一下达文件在一个项目里只列一行。",
            ),
            models.CheckConstraint(
                name="line_amount_in_range",
                condition=Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN),
                violation_error_message="安排金额应大于 0，且不超过 10 万亿元。",
            ),
            models.CheckConstraint(
                name="line_paid_within_amount",
                condition=Q(paid_fen__gte=0, paid_fen__lte=F("amount_fen")),
                violation_error_message="从一个资金来源拨付的不能超过安排给项目的金额。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.allocation.paper_no} {self.allocation.fund_kind}"

    def get_absolute_url(self) -> str:
        return self.project.get_absolute_url()
