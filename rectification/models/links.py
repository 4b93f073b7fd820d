"""Beside the item: who answers for it, which money it is about, how often it was closed, and who signed."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.core.models import Person, Row, SignatureBase, Unit
from rectification.models.items import Item
from rectification.part_querysets import ItemPartQuerySet
from rectification.states import Step


class ItemUnit(Row):
    """A responsible unit of an item; exactly one is 主责."""

    dossier_path: ClassVar[str] = "item"

    item = models.ForeignKey(Item, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    is_main = models.BooleanField("主责单位", default=False)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "责任单位"
        ordering = ("-is_main", "id")
        indexes = (models.Index(fields=("unit", "item"), name="item_unit_item"),)
        constraints = (
            models.UniqueConstraint(fields=("item", "unit"), name="item_unit_once"),
            models.UniqueConstraint(fields=("item",), condition=Q(is_main=True), name="item_one_main_unit"),
        )

    def __str__(self) -> str:
        return f"{self.unit}（主责）" if self.is_main else str(self.unit)


class ItemMisuse(Row):
    """Misused money that must be back before the item may be crossed off."""

    dossier_path: ClassVar[str] = "item"

    item = models.ForeignKey(Item, models.CASCADE, related_name="misuse_links")
    misuse = models.ForeignKey(
        "funds.Misuse", models.PROTECT, related_name="item_links", verbose_name="违规资金"
    )

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "关联违规资金"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("item", "misuse"), name="item_misuse_once"),)

    def __str__(self) -> str:
        return str(self.misuse)

    def signed_sums(self) -> list[Any]:
        """Number and sum in 分 of the money, as signed."""
        return [self.misuse.number, self.misuse.amount_fen]


class Closing(Row):
    """One close-out as it happened. Kept when the item is opened again, and counted once by the item's state."""

    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reopen_reason"})
    later_columns: ClassVar[frozenset[str]] = frozenset({"verified_on", "filed_on", "pages", "place"})

    item = models.ForeignKey(Item, models.CASCADE, related_name="closings")
    no = models.PositiveSmallIntegerField("第几次")
    due_on = models.DateField("当时的整改时限")
    closed_on = models.DateField("销号日期")
    late = models.BooleanField("逾期销号", default=False)
    applicant = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="申请人")
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="审核人")
    verifier = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="复核人")
    reopened_on = models.DateField("重新打开日期", null=True, blank=True)
    reopen_reason = models.TextField("重新打开理由", blank=True)
    verified_on = models.DateField("复核签署日期", null=True, blank=True)
    filed_on = models.DateField("归档日期", null=True, blank=True)
    pages = models.PositiveSmallIntegerField("页数", null=True, blank=True)
    place = models.CharField("存放地点", max_length=200, blank=True)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "销号记录"
        ordering = ("no",)
        indexes = (
            models.Index(fields=("closed_on",), name="closing_closed_on"),
            models.Index(
                fields=("reopened_on",), condition=Q(reopened_on__isnull=False), name="closing_reopened_on"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("item", "no"), name="closing_no_once"),
            models.UniqueConstraint(
                fields=("item",), condition=Q(reopened_on=None), name="one_standing_closing"
            ),
            models.CheckConstraint(
                name="closing_reopened_later",
                condition=Q(reopened_on=None) | Q(reopened_on__gte=F("closed_on")),
                violation_error_message="重新打开日期不能早于销号日期。",
            ),
            models.CheckConstraint(
                name="closing_verified_before_closed",
                condition=Q(verified_on=None) | Q(verified_on__lte=F("closed_on")),
                violation_error_message="复核签署日期不能晚于销号日期。",
            ),
            models.CheckConstraint(
                name="closing_filed_whole",
                condition=Q(filed_on=None, pages=None, place="")
                | Q(filed_on__gte=F("closed_on"), pages__gte=1) & ~Q(place=""),
                violation_error_message="归档须有日期、页数和存放地点，不能早于销号日期。",
            ),
        )

    def __str__(self) -> str:
        return f"第 {self.no} 次销号 {self.closed_on}"


class ItemSignature(SignatureBase):
    """A signature on an item; several may be void, at most one of a step stands."""

    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"opinion"})

    item = models.ForeignKey(Item, models.CASCADE, related_name="signatures")

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "签署"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("item", "step"), condition=Q(voided_at=None), name="one_standing_signature_per_step"
            ),
            models.CheckConstraint(
                name="item_signature_step_known", condition=Q(step__in=("apply", "review", "verify"))
            ),
        )

    def beside(self) -> Any:
        """The verifier signs how he found out together with the item."""
        ways = [way.as_signed() for way in self.ways.all()] if self.step == Step.VERIFY else []
        return {"ways": sorted(ways)} if ways else None

    def get_step_display(self) -> str:
        return str(Step(self.step).label)
