"""报账拨付: what a unit asks for out of a project's money, stage by stage, and what was paid and spent of it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from funds.models.payment_rules import PAYMENT_CONSTRAINTS, UNDER_WAY
from funds.models.projects import FundingLine, Project
from funds.payment_querysets import PaymentQuerySet, SpendingQuerySet
from povertyaudit.core import moment
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Dossier, Listed, Row, Term, TermQuerySet, User
from povertyaudit.core.scope import ScopedQuerySet


class PayStage(models.TextChoices):
    """In their order: each is paid after a step of the project."""

    ADVANCE = "advance", "预付款"
    COMPLETION = "completion", "完工款"
    FINAL = "final", "验收款"
    RETENTION = "retention", "质保金"


class PayState(models.TextChoices):
    DRAFT = "draft", "准备材料"
    SUBMITTED = "submitted", "已申请"
    ENDORSED = "endorsed", "乡镇已签意见"
    REVIEWED = "reviewed", "主管部门已审核"
    PAID = "paid", "已拨付"
    RETURNED = "returned", "退回补充"
    DROPPED = "dropped", "已撤回"
    REVERSED = "reversed", "已冲销"


class PaperKind(Term):
    """报账材料: a paper that must lie with a payment from the stage `since` on."""

    since = models.CharField(
        "自哪一次起要", max_length=10, choices=PayStage.choices, default=PayStage.ADVANCE
    )

    carried: ClassVar[tuple[str, ...]] = ("since",)
    lists: ClassVar[tuple[Listed, ...]] = (Listed("payment_papers", "报账材料清单"),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "报账材料"


class Payment(Dossier):
    """One payment out of a project. `spent_fen` is the sum of its standing spendings, kept by the verbs."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "payee", "voucher_no")
    searched_sums: ClassVar[tuple[str, ...]] = ("amount_fen",)

    State = PayState
    recused_with: ClassVar[tuple[str, ...]] = ("project",)
    state_tones: ClassVar[dict[str, str]] = {
        "draft": "plain", "submitted": "wait", "endorsed": "wait", "reviewed": "wait", "paid": "done", "returned": "warn",
        "dropped": "stop", "reversed": "stop",
    }  # fmt: skip

    project = models.ForeignKey(Project, models.PROTECT, related_name="payments", verbose_name="项目")
    stage = models.CharField("款项", max_length=10, choices=PayStage.choices)
    amount_fen = models.BigIntegerField("申请金额（分）")
    progress = models.TextField("完成的工程量", max_length=2000)
    payee = models.CharField("收款单位", max_length=100)
    applied_on = models.DateField("申请日期", null=True, blank=True)
    applied_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申请人"
    )
    endorsed_on = models.DateField("乡镇意见日期", null=True, blank=True)
    endorsed_text = models.TextField("乡镇意见", max_length=2000, blank=True)
    endorsed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="乡镇签字人"
    )
    reviewed_on = models.DateField("审核日期", null=True, blank=True)
    reviewed_text = models.TextField("主管部门意见", max_length=2000, blank=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    paid_on = models.DateField("拨付日期", null=True, blank=True)
    paid_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拨付人"
    )
    voucher_no = models.CharField("拨付凭证号", max_length=60, blank=True)
    voucher_key = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)  # noqa: DJ001 — none until paid
    to_unit = models.BooleanField("拨到实施单位账户", default=False)
    spent_fen = models.BigIntegerField("已支出（分）", default=0, editable=False)
    state = models.CharField(
        "状态", max_length=10, choices=PayState.choices, default=PayState.DRAFT, editable=False
    )

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "报账拨付"
        indexes = (
            models.Index(fields=("region", "state"), name="payment_region_state"),
            models.Index(fields=("project", "state"), name="payment_project_state"),
            models.Index(fields=("-created_at", "-id"), name="payment_created"),
            models.Index(fields=("state", "-id"), condition=Q(state__in=UNDER_WAY), name="payment_under_way"),
            models.Index(
                fields=("-created_at", "-id"),
                condition=Q(state="paid", spent_fen__lt=F("amount_fen")),
                name="payment_held",
            ),
            models.Index(  # what waits for, and what is held by, the unit that is responsible for the project
                fields=("project",), condition=Q(state__in=("draft", "returned")), name="payment_unsent"
            ),
            models.Index(
                fields=("project", "paid_on", "amount_fen", "spent_fen", "id"),
                condition=Q(state="paid", spent_fen__lt=F("amount_fen")),
                name="payment_held_of",
            ),
        )
        constraints = PAYMENT_CONSTRAINTS

    @property
    def title(self) -> str:
        return f"{self.project.title}：{self.get_stage_display()}"

    def get_absolute_url(self) -> str:
        return reverse("payment", args=(self.public_id,))

    def scope_units(self) -> list[int]:
        return self.project.scope_units()

    @property
    def held_days(self) -> int | None:
        """For how many days money has lain in the unit's account; None where none does."""
        return (moment.today() - self.paid_on).days if self.paid_on and self.held_fen else None

    @property
    def held_fen(self) -> int:
        """What lies in the unit's account, in 分."""
        return self.amount_fen - self.spent_fen if self.state == PayState.PAID else 0


class PaymentPart(Row):
    """So much of the payment out of that source."""

    dossier_path: ClassVar[str] = "payment"

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="parts", verbose_name="报账拨付")
    line = models.ForeignKey(FundingLine, models.PROTECT, related_name="parts", verbose_name="资金来源")
    amount_fen = models.BigIntegerField("金额（分）")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "拨付的资金来源"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="part_line_once",
                fields=("payment", "line"),
                violation_error_message="同一资金来源在一笔拨付里只列一行。",
            ),
            models.CheckConstraint(
                name="part_amount_in_range",
                condition=Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN),
                violation_error_message="金额应大于 0，且不超过 10 万亿元。",
            ),
        )

    def __str__(self) -> str:
        return str(self.line)


class Spending(Row):
    """支出的一笔 out of what was paid into the unit's account. Never changed: a wrong one is voided and stays."""

    dossier_path: ClassVar[str] = "payment"

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="spendings", verbose_name="报账拨付")
    amount_fen = models.BigIntegerField("支出金额（分）")
    spent_on = models.DateField("支出日期")
    payee = models.CharField("收款人", max_length=100)
    voucher_no = models.CharField("支出凭证号", max_length=60)
    voucher_key = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)  # noqa: DJ001 — none once voided
    note = models.CharField("用途", max_length=200, blank=True)
    voided_on = models.DateField("作废日期", null=True, blank=True, editable=False)

    objects = SpendingQuerySet.as_manager()

    class Meta:
        verbose_name = "支出"
        ordering = ("spent_on", "id")
        constraints = (
            models.CheckConstraint(
                name="spending_amount_in_range",
                condition=Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN),
                violation_error_message="支出金额应大于 0，且不超过 10 万亿元。",
            ),
            models.CheckConstraint(
                name="spending_voucher_while_it_stands",
                condition=Q(voided_on=None, voucher_key__isnull=False)
                | Q(voided_on__isnull=False, voucher_key=None),
                violation_error_message="有效的支出应有凭证号，作废的不再占用凭证号。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.payee} {self.voucher_no}"

    @property
    def is_standing(self) -> bool:
        return self.voided_on is None

    def get_absolute_url(self) -> Any:
        return self.payment.get_absolute_url()
