"""事项变更: another unit answers for an item. Asked for with a reason, decided by another, taken over, kept."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.core import moment
from povertyaudit.core.models import Row, Unit, User
from rectification.models.items import Item
from rectification.part_querysets import ItemPartQuerySet


class Arranging(models.TextChoices):
    MAIN = "main", "变更主责单位"
    LEAD = "lead", "变更牵头单位"


class ArrangementState(models.TextChoices):
    PENDING = "pending", "待批"
    OFFERED = "offered", "待接收"
    ACCEPTED = "accepted", "已接收"
    RETURNED = "returned", "接收单位退回"
    REFUSED = "refused", "未同意"


WAITING = (ArrangementState.PENDING, ArrangementState.OFFERED)


class Arrangement(Row):
    """变更单位: from which unit to which, why, who decided, and whether the new unit took over."""

    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason", "opinion", "answer"})
    state_tones: ClassVar[dict[str, str]] = {
        "pending": "wait", "offered": "wait", "accepted": "done", "returned": "stop", "refused": "stop",
    }  # fmt: skip

    item = models.ForeignKey(Item, models.CASCADE, related_name="arrangements")
    kind = models.CharField("变更", max_length=6, choices=Arranging.choices)
    state = models.CharField(
        "状态", max_length=10, choices=ArrangementState.choices, default=ArrangementState.PENDING
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_on = models.DateField("申请日期", default=moment.today)
    reason = models.TextField("理由")
    old_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="原单位")
    new_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="新单位")
    keeps_old = models.BooleanField("原单位仍为责任单位", default=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    due_on = models.DateField("批准时定的整改时限", null=True, blank=True)
    opinion = models.TextField("意见", blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接收或者退回人"
    )
    answered_on = models.DateField("接收或者退回日期", null=True, blank=True)
    answer = models.TextField("退回理由", blank=True)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "事项变更"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("item",),
                condition=Q(state__in=("pending", "offered")),
                name="one_open_arrangement",
                violation_error_message="该事项已有变更待批或者待接收，请先办理。",
            ),
            models.CheckConstraint(
                name="arrangement_has_reason", condition=~Q(reason=""), violation_error_message="请写明理由。"
            ),
            models.CheckConstraint(
                name="arrangement_to_another_unit",
                condition=~Q(old_unit=F("new_unit")),
                violation_error_message="新单位应是另一个单位。",
            ),
            models.CheckConstraint(
                name="arrangement_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                violation_error_message="变更不能由申请人自己批准。",
            ),
            models.CheckConstraint(
                name="arrangement_decided_iff_signed",
                condition=Q(state="pending", decided_by=None, decided_on=None)
                | ~Q(state="pending") & Q(decided_by__isnull=False, decided_on__isnull=False),
                violation_error_message="已决定的变更须有批准人和日期，待批的没有。",
            ),
            models.CheckConstraint(
                name="arrangement_answered_iff_dated",
                condition=Q(
                    state__in=("accepted", "returned"), answered_by__isnull=False, answered_on__isnull=False
                )
                | ~Q(state__in=("accepted", "returned")) & Q(answered_by=None, answered_on=None),
                violation_error_message="已接收、已退回的须有办理人和日期，其他的没有。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.get_state_display()}）"

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING


def waiting(item: Any) -> Arrangement | None:
    """The change of the item that waits to be decided or taken over, out of the prefetched ones."""
    return next((one for one in item.arrangements.all() if one.is_waiting), None)
