"""反馈文件: the paper by which an audit, an assessment or a higher level told the county what is wrong."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from povertyaudit.core.models import Dossier, User
from rectification.paper_querysets import SourcePaperQuerySet
from rectification.states import PAPERED


class PaperState(models.TextChoices):
    REGISTERED = "registered", "已登记"
    DISCARDED = "discarded", "已作废"


class PaperKind(models.TextChoices):
    """As the source of the items that come of it."""

    AUDIT = "audit", "审计反馈"
    ASSESSMENT = "assessment", "考核评估"
    SUPERIOR = "superior", "上级反馈"


class SourcePaper(Dossier):
    """反馈文件: items of one demand hang on it, as those of a round hang on the round."""

    label_zh: ClassVar[str] = "反馈文件"
    state_tones: ClassVar[dict[str, str]] = {"registered": "open", "discarded": "stop"}

    state = models.CharField(
        "状态", max_length=10, choices=PaperState.choices, default=PaperState.REGISTERED, editable=False
    )
    kind = models.CharField("类别", max_length=12, choices=PaperKind.choices)
    title = models.CharField("文件名称", max_length=200)
    issuer = models.CharField("发文机关", max_length=100)
    document = models.CharField("文号", max_length=60, blank=True)
    received_on = models.DateField("收到日期")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = SourcePaperQuerySet.as_manager()

    class Meta:
        verbose_name = "反馈文件"
        ordering = ("-received_on", "-id")
        indexes = (models.Index(fields=("region", "-received_on"), name="source_paper_region"),)
        constraints = (
            models.CheckConstraint(
                name="source_paper_kind_known",
                condition=Q(kind__in=PAPERED),
                violation_error_message="反馈文件应是审计反馈、考核评估或者上级反馈。",
            ),
            models.CheckConstraint(
                name="source_paper_is_named",
                condition=~Q(title="") & ~Q(issuer=""),
                violation_error_message="反馈文件须写明名称和发文机关。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("source_paper", kwargs={"id": self.public_id})

    def get_tree_url(self) -> str:
        return f"{self.get_absolute_url()}tree/"
