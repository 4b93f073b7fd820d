"""What a round found (发现问题)."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.models import HandoverRow
from inspections.models.campaigns import CampaignPoint
from inspections.models.finding_terms import InspectionTerm
from inspections.models.objects import RoundObject
from inspections.models.of_round import OfRound
from inspections.models.rounds import Round
from inspections.querysets import FindingQuerySet, OfFindingQuerySet
from povertyaudit.core.models import Dossier, Row, Unit

MAX_FEN = 10**15


class Finding(OfRound, Dossier):
    """发现问题. Has a record of its own, because an item of rectification grows out of it; seen as its round is."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "problem_class", "aspect", "text")
    searched_sums: ClassVar[tuple[str, ...]] = ("amount_fen",)

    class State(models.TextChoices):
        RECORDED = "recorded", "已记录"
        HANDED_ON = "handed_on", "已转整改"
        WITHDRAWN = "withdrawn", "已撤销"

    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "suggestion"})
    state_tones: ClassVar[dict[str, str]] = {"recorded": "open", "handed_on": "done", "withdrawn": "stop"}
    later_columns: ClassVar[frozenset[str]] = frozenset(
        {
            "object_id",
            "point_id",
            "class_term_id",
            "category_id",
            "articles",
            "amount_fen",
            "suggestion",
            "lead_unit_id",
        }
    )
    recused_with = ("round", "object")

    round = models.ForeignKey(Round, models.PROTECT, related_name="findings", verbose_name="巡察轮次")
    object = models.ForeignKey(
        RoundObject, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="巡察对象"
    )
    point = models.ForeignKey(
        CampaignPoint, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="专题要点"
    )
    problem_class = models.CharField("问题大类", max_length=100)  # as it was called when it was recorded
    class_term = models.ForeignKey(
        InspectionTerm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="问题大类（分类）",
    )
    category = models.ForeignKey(
        InspectionTerm, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="问题类别"
    )
    aspect = models.CharField("问题方面", max_length=100, blank=True)
    text = models.TextField("具体问题")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="涉及单位")
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头单位"
    )
    articles = models.CharField("违反的规定", max_length=300, blank=True)
    amount_fen = models.BigIntegerField(
        "涉及金额（分）", null=True, blank=True, validators=[MaxValueValidator(MAX_FEN)]
    )
    suggestion = models.TextField("建议措施", blank=True)
    found_on = models.DateField("发现日期")
    immediate = models.BooleanField("立行立改", default=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RECORDED)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "发现问题"
        indexes = (models.Index(fields=("round", "state"), name="finding_round_state"),)
        constraints = (
            models.CheckConstraint(
                name="finding_amount_in_range",
                condition=Q(amount_fen=None) | Q(amount_fen__gte=0, amount_fen__lte=MAX_FEN),
                violation_error_message="涉及金额不能为负数，也不能超过 10 万亿元。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("finding", args=(self.public_id,))

    @property
    def title(self) -> str:
        """The first line of the text, for lists."""
        return self.text.partition("\n")[0][:80]

    def __str__(self) -> str:
        return self.number or f"未编号：{self.title[:20]}"


class HandedLead(Row):
    """A lead a round handed to the registry: the row of the hand-over in `cases`, where the persons stand."""

    dossier_path: ClassVar[str] = "round"

    round = models.ForeignKey(Round, models.PROTECT, related_name="handed_leads", verbose_name="巡察轮次")
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="handed_leads", verbose_name="发现问题"
    )
    row = models.OneToOneField(HandoverRow, models.PROTECT, related_name="+", verbose_name="移送的线索")

    objects = OfFindingQuerySet.as_manager()

    class Meta:
        verbose_name = "移交的线索"
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.row)
