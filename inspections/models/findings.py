"""What a round found (发现问题)."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from inspections.models.objects import RoundObject
from inspections.models.rounds import Round
from inspections.querysets import FindingQuerySet
from povertyaudit.core.models import Dossier, Unit


class Finding(Dossier):
    """发现问题. Has a record of its own, because an item of rectification grows out of it; seen as its round is."""

    class State(models.TextChoices):
        RECORDED = "recorded", "已记录"
        HANDED_ON = "handed_on", "已转整改"

    personal_fields: ClassVar[frozenset[str]] = frozenset({"text"})
    state_tones: ClassVar[dict[str, str]] = {"recorded": "open", "handed_on": "done"}
    later_columns: ClassVar[frozenset[str]] = frozenset({"object_id"})
    recused_with = ("round", "object")

    round = models.ForeignKey(Round, models.PROTECT, related_name="findings", verbose_name="巡察轮次")
    object = models.ForeignKey(
        RoundObject, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="巡察对象"
    )
    problem_class = models.CharField("问题大类", max_length=100)
    aspect = models.CharField("问题方面", max_length=100, blank=True)
    text = models.TextField("具体问题")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="涉及单位")
    found_on = models.DateField("发现日期")
    immediate = models.BooleanField("立行立改", default=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RECORDED)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "发现问题"
        indexes = (models.Index(fields=("round", "state"), name="finding_round_state"),)

    def get_absolute_url(self) -> str:
        return reverse("finding", args=(self.public_id,))

    @property
    def title(self) -> str:
        """The first line of the text, for lists."""
        return self.text.partition("\n")[0][:80]

    def __str__(self) -> str:
        return self.number or f"未编号：{self.title[:20]}"
