"""疑点: a match that has not been looked at. A match is not a lead (domain §6.2): desk, house, then what it was."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from funds.models.match_lists import MatchList
from funds.models.match_terms import Excuse
from funds.models.suspicion_rules import SUSPICION_CONSTRAINTS
from funds.suspicion_querysets import SuspicionQuerySet
from povertyaudit.core.models import Dossier, Unit, User


class SuspicionState(models.TextChoices):
    IMPORTED = "imported", "待核查"
    DESK_CHECKED = "desk_checked", "待入户"
    VISITED = "visited", "待处理"
    CLEARED = "cleared", "已排除"
    CORRECTED = "corrected", "已纠正"
    LEAD = "lead", "已转办"


class Fix(models.TextChoices):
    STOPPED = "stopped", "停发"
    REMOVED = "removed", "清退"
    REFUNDED = "refunded", "退款"
    GRANTED = "granted", "补发、纳入"


def masked(name: str) -> str:
    """The family name alone, as lists and exports show a person."""
    return f"{name[:1]}某" if name else ""


class Suspicion(Dossier):
    """One person under one rule. The ID number is a key and a sealed text; whoever reads it leaves his reason."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number",)
    searched_sums: ClassVar[tuple[str, ...]] = ("amount_fen",)

    State = SuspicionState

    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {
            "person_name", "says", "desk_text", "finding", "decision", "place_text", "latitude", "longitude",
            "visitor", "visitor2",
        }
    )  # fmt: skip
    derived_columns: ClassVar[frozenset[str]] = frozenset(
        {"id_sealed", "id_key_id"}
    )  # sealed anew with a new key
    recused_with: ClassVar[tuple[str, ...]] = ("lead",)
    state_tones: ClassVar[dict[str, str]] = {
        "imported": "wait", "desk_checked": "open", "visited": "open", "cleared": "done", "corrected": "done",
        "lead": "done",
    }  # fmt: skip

    match_list = models.ForeignKey(
        MatchList, models.PROTECT, related_name="suspicions", verbose_name="比对清单"
    )
    person_name = models.CharField("姓名", max_length=60)
    id_key = models.BinaryField(max_length=16, editable=False)
    id_sealed = models.BinaryField(max_length=64, editable=False)
    id_key_id = models.CharField(max_length=16, editable=False)
    benefit = models.CharField("享受的待遇", max_length=60, blank=True)
    amount_fen = models.BigIntegerField("享受金额（分）", null=True, blank=True)
    says = models.CharField("比对情况", max_length=300)
    state = models.CharField("状态", max_length=12, choices=SuspicionState, default=SuspicionState.IMPORTED)
    responsible_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="入户单位"
    )
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核查人"
    )
    desk_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="案头核查人"
    )
    desk_on = models.DateField("案头核查日期", null=True, blank=True)
    desk_text = models.CharField("案头核查情况", max_length=1000, blank=True)
    visited_on = models.DateField("入户日期", null=True, blank=True)
    visitor = models.CharField("入户核查人", max_length=60, blank=True)
    visitor2 = models.CharField("另一名入户核查人", max_length=60, blank=True)
    place_text = models.CharField("具体地点", max_length=200, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    finding = models.TextField("入户核查情况", blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    decided_on = models.DateField("处理日期", null=True, blank=True)
    decision = models.CharField("处理说明", max_length=1000, blank=True)
    excuse = models.ForeignKey(
        Excuse, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="排除理由"
    )
    visit_waived = models.BooleanField("理由不需要入户", default=False, editable=False)
    fix = models.CharField("纠正方式", max_length=8, choices=Fix.choices, blank=True)
    fix_fen = models.BigIntegerField("纠正金额（分）", null=True, blank=True)
    misuse = models.ForeignKey(
        "funds.Misuse", models.PROTECT, null=True, blank=True, related_name="suspicions", verbose_name="违规使用资金"
    )  # fmt: skip
    lead = models.ForeignKey(
        "cases.Lead",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suspicions",
        verbose_name="问题线索",
    )

    objects = SuspicionQuerySet.as_manager()

    class Meta:
        verbose_name = "疑点"
        indexes = (
            models.Index(fields=("region", "state"), name="suspicion_region_state"),
            models.Index(fields=("id_key",), name="suspicion_id_key"),
            models.Index(fields=("responsible_unit", "state"), name="suspicion_unit_state"),
        )
        constraints = SUSPICION_CONSTRAINTS

    def get_absolute_url(self) -> str:
        return reverse("suspicion", args=(self.public_id,))

    @property
    def title(self) -> str:
        """For lists, boards and messages: the rule and a family name, never more."""
        return f"{self.match_list.rule.name}：{self.masked_name}"

    @property
    def masked_name(self) -> str:
        return masked(self.person_name)

    def scope_units(self) -> list[int]:
        return [self.responsible_unit_id] if self.responsible_unit_id else []
