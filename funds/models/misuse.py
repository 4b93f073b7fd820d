"""Misused money (违规使用资金)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from funds.models.terms import FundKind, MisuseKind, MisuseNature
from funds.querysets import MisuseQuerySet
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Dossier, Unit


class Misuse(Dossier):
    """违规使用资金. What is owed is `amount_fen` + `adjusted_fen`, what is settled `recovered_fen`: both are the state
    of its book after the last entry (`LedgerEntry`), and the database refuses any other (`funds/book_triggers.py`)."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "title")
    searched_sums: ClassVar[tuple[str, ...]] = ("amount_fen",)

    class Source(models.TextChoices):
        AUDIT = "audit", "审计"
        INSPECTION = "inspection", "巡察"
        SUPERVISION = "supervision", "监督检查"
        MATCHING = "matching", "数据比对"
        PETITION = "petition", "信访举报"
        SELF_CHECK = "self_check", "自查自纠"
        FINANCE = "finance", "财政检查"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        OPEN = "open", "未追缴到位"
        SETTLED = "settled", "已追缴到位"
        VOIDED = "voided", "已作废"

    personal_fields: ClassVar[frozenset[str]] = frozenset({"title", "description"})
    later_columns: ClassVar[frozenset[str]] = frozenset(
        {"fund_kind_id", "adjusted_fen", "nature_id", "finding_id", "project_id", "period_from", "period_to"}
    )
    recused_with: ClassVar[tuple[str, ...]] = ("finding", "finding__object", "finding__round", "lead")
    state_tones: ClassVar[dict[str, str]] = {"open": "open", "settled": "done", "voided": "stop"}

    kind = models.ForeignKey(MisuseKind, models.PROTECT, related_name="misuses", verbose_name="问题类型")
    title = models.CharField("问题名称", max_length=100)
    amount_fen = models.BigIntegerField("涉及金额（分）")
    adjusted_fen = models.BigIntegerField("应追缴与涉及金额之差（分）", default=0, editable=False)
    recovered_fen = models.BigIntegerField("已追缴金额（分）", default=0, editable=False)
    responsible_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    found_on = models.DateField("发现日期")
    how_found = models.CharField("发现途径", max_length=12, choices=Source.choices, default=Source.FINANCE)
    description = models.TextField("问题情况")
    lead = models.ForeignKey(
        "cases.Lead", models.PROTECT, null=True, blank=True, related_name="misuses", verbose_name="相关线索"
    )
    finding = models.ForeignKey(
        "inspections.Finding",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="misuses",
        verbose_name="巡察发现的问题",
    )
    nature = models.ForeignKey(
        MisuseNature, models.PROTECT, null=True, blank=True, related_name="misuses", verbose_name="问题性质"
    )
    project = models.ForeignKey(
        "funds.Project",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="misuses",
        verbose_name="相关项目",
    )
    period_from = models.DateField("发生期间（起）", null=True, blank=True)
    period_to = models.DateField("发生期间（止）", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    fund_kind = models.ForeignKey(
        FundKind, models.PROTECT, null=True, blank=True, related_name="misuses", verbose_name="资金种类"
    )

    objects = MisuseQuerySet.as_manager()

    class Meta:
        verbose_name = "违规使用资金"
        indexes = (models.Index(fields=("region", "state"), name="misuse_region_state"),)
        constraints = (
            models.CheckConstraint(
                name="misuse_amount_in_range",
                condition=Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN),
                violation_error_message="涉及金额应大于 0，且不超过 10 万亿元。",
            ),
            models.CheckConstraint(
                name="misuse_recovered_within_amount",
                condition=Q(recovered_fen__gte=0, recovered_fen__lte=F("amount_fen") + F("adjusted_fen")),
                violation_error_message="追缴金额合计不能超过应追缴金额。",
            ),
            models.CheckConstraint(
                name="misuse_settled_when_all_is_back",
                condition=Q(state="settled", recovered_fen=F("amount_fen") + F("adjusted_fen"))
                | Q(state="open", recovered_fen__lt=F("amount_fen") + F("adjusted_fen"))
                | Q(state="voided", recovered_fen=0, adjusted_fen=F("amount_fen") * -1),
                violation_error_message="全部追缴到位的才是“已追缴到位”，作废的应追缴为 0。",
            ),
            models.CheckConstraint(
                name="misuse_period_in_order",
                condition=Q(period_to=None) | Q(period_from__isnull=False, period_from__lte=F("period_to")),
                violation_error_message="发生期间的止日不能早于起日；只填一个的，填起日。",
            ),
            models.CheckConstraint(
                name="misuse_has_number",
                condition=Q(number__isnull=False),
                violation_error_message="违规使用资金应有编号。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("misuse", args=(self.public_id,))

    def scope_units(self) -> list[int]:
        return [self.responsible_unit_id]

    @property
    def owed_fen(self) -> int:
        """What must come back in all (应追缴), in 分."""
        return self.amount_fen + self.adjusted_fen

    @property
    def left_fen(self) -> int:
        """What is still to come back (未结), in 分."""
        return self.owed_fen - self.recovered_fen
