"""拆分、合并: one item becomes several, or goes on in another. Asked for with a reason, decided by another, kept."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.core import moment
from povertyaudit.core.models import Row, User
from rectification.models.items import Item
from rectification.part_querysets import ItemPartQuerySet


class Regroup(models.TextChoices):
    SPLIT = "split", "拆分"
    MERGE = "merge", "合并"


class RegroupState(models.TextChoices):
    PENDING = "pending", "待批"
    DONE = "done", "已批准"
    REFUSED = "refused", "未同意"


class Regrouping(Row):
    """One request to split the item or to merge it into another, and what was decided.

    `plan` of a splitting: a list of {"problem", "unit", "unit_name", "measures", "misuses"}, rows named by their public ids.
    """

    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason", "opinion"})
    state_tones: ClassVar[dict[str, str]] = {"pending": "wait", "done": "done", "refused": "stop"}

    item = models.ForeignKey(Item, models.CASCADE, related_name="regroupings")
    kind = models.CharField("办理", max_length=6, choices=Regroup.choices)
    state = models.CharField("状态", max_length=8, choices=RegroupState.choices, default=RegroupState.PENDING)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_on = models.DateField("申请日期", default=moment.today)
    reason = models.TextField("理由")
    into = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="并入的事项"
    )
    plan = models.JSONField("拆分成", default=list, blank=True, editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    opinion = models.TextField("意见", blank=True)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "拆分合并"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("item",),
                condition=Q(state__in=("pending", "done")),
                name="one_regrouping_at_a_time",
                violation_error_message="该事项已有拆分、合并待批或者已经批准。",
            ),
            models.CheckConstraint(
                name="regrouping_has_reason", condition=~Q(reason=""), violation_error_message="请写明理由。"
            ),
            models.CheckConstraint(
                name="regrouping_names_the_other",
                condition=Q(kind="merge", into__isnull=False) & ~Q(into=F("item"))
                | Q(kind="split", into=None),
                violation_error_message="合并须写明并入哪一个其他事项，拆分的没有。",
            ),
            models.CheckConstraint(
                name="regrouping_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                violation_error_message="拆分、合并不能由申请人自己批准。",
            ),
            models.CheckConstraint(
                name="regrouping_decided_iff_signed",
                condition=Q(state="pending", decided_by=None, decided_on=None)
                | ~Q(state="pending") & Q(decided_by__isnull=False, decided_on__isnull=False),
                violation_error_message="已决定的须有批准人和日期，待批的没有。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.get_state_display()}）"


def asked_regrouping(item: Any) -> Regrouping | None:
    """The request of the item that waits to be decided, out of the prefetched ones."""
    return next((one for one in item.regroupings.all() if one.state == RegroupState.PENDING), None)
