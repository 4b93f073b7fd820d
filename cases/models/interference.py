"""打听干预: who asked about a lead or leaned on those who handle it (监察法 2024 art. 66). Reported, registered, dealt with."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.asking_querysets import InterferenceQuerySet
from cases.models.leads import Lead
from povertyaudit.core.models import Dossier, User


class Interference(Dossier):
    """One approach. Seen by who reported it, his registry and his head, nobody else."""

    class State(models.TextChoices):
        RECORDED = "recorded", "待处理"
        HANDLED = "handled", "已处理"

    class Way(models.TextChoices):
        FACE = "face", "当面"
        CALL = "call", "电话"
        MESSAGE = "message", "短信、微信"
        LETTER = "letter", "书面、批条"
        THIRD = "third", "托人转达"

    label_zh = "打听干预登记"
    recused_with: ClassVar[tuple[str, ...]] = ("lead",)
    personal_fields: ClassVar[frozenset[str]] = frozenset({"asker", "asker_post", "text", "handling"})
    state_tones: ClassVar[dict[str, str]] = {"recorded": "wait", "handled": "done"}

    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.RECORDED, editable=False
    )
    asker = models.CharField("打听干预人", max_length=60)
    asker_post = models.CharField("单位职务", max_length=100, blank=True)
    asked_on = models.DateField("时间")
    way = models.CharField("方式", max_length=10, choices=Way.choices)
    text = models.TextField("内容")
    lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="涉及的线索"
    )
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="报告人")
    reported_on = models.DateField("报告日期")
    handling = models.TextField("处理情况", blank=True)
    handled_on = models.DateField("处理日期", null=True, blank=True)
    handled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )

    objects = InterferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "打听干预登记"
        ordering = ("-reported_on", "-id")
        constraints = (
            models.CheckConstraint(
                name="interference_handled_is_whole",
                condition=Q(state="handled", handled_on__isnull=False, handled_by__isnull=False)
                & ~Q(handling="")
                | Q(state="recorded", handled_on=None, handled_by=None),
                violation_error_message="处理须同时写明情况、日期和处理人。",
            ),
            models.CheckConstraint(
                name="interference_reported_after_it_happened",
                condition=Q(reported_on__gte=F("asked_on")),
                violation_error_message="打听干预的时间不能晚于报告日期。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("interference", args=(self.public_id,))

    @property
    def title(self) -> str:
        """Nothing of who asked: headings stand in lists and messages."""
        return f"{self.asked_on} {self.get_way_display()}"
