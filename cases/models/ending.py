"""What stands round 办结: the checklist before it (五个到位), and what the complainant was told after it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from povertyaudit.core.models import Listed, Row, Term, TermQuerySet, User
from povertyaudit.core.scope import ScopedQuerySet


class Listing(models.TextChoices):
    CHECK = "check", "办结前核对"
    WAY = "way", "反馈方式"
    CLEAR = "clear", "澄清方式"


class EndingTermQuerySet(TermQuerySet):
    def checks(self) -> Self:
        return self.filter(listing=Listing.CHECK)

    def ways(self) -> Self:
        return self.filter(listing=Listing.WAY)

    def clearings(self) -> Self:
        return self.filter(listing=Listing.CLEAR)


class EndingTerm(Term):
    """Dated lists of the end of a lead: what must be in place before it, and how a complainant is answered."""

    listing = models.CharField("目录", max_length=8, choices=Listing.choices)

    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("closing_checks", "办结前核对（五个到位）", {"listing": Listing.CHECK}),
        Listed("answer_ways", "反馈方式", {"listing": Listing.WAY}),
        Listed("clearing_ways", "澄清方式", {"listing": Listing.CLEAR}),
    )
    objects = EndingTermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "办结目录"


class EndingQuerySet(ScopedQuerySet):
    """Rows seen exactly when their lead is."""


class ClosingCheck(Row):
    """One item of the checklist with its ground. After 撤销办结 everything is checked anew (`volume`)."""

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"ground"})

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="closing_checks")
    volume = models.PositiveSmallIntegerField("第几卷", default=1)
    item = models.ForeignKey(EndingTerm, models.PROTECT, related_name="+", verbose_name="核对事项")
    ground = models.TextField("依据")
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="核对人")
    checked_on = models.DateField("核对日期")

    objects = EndingQuerySet.as_manager()

    class Meta:
        verbose_name = "办结前核对"
        ordering = ("volume", "item__order", "id")
        constraints = (
            models.UniqueConstraint(fields=("lead", "volume", "item"), name="closing_check_once"),
            models.CheckConstraint(
                name="closing_check_has_ground", condition=~Q(ground=""),
                violation_error_message="核对事项须写明依据。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.item)


class Answer(Row):
    """结果反馈 of one volume: drafted by the handling office, delivered and recorded by the desk."""

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"draft", "objection", "settlement"})

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="answers")
    volume = models.PositiveSmallIntegerField("第几卷", default=1)
    draft = models.TextField("反馈意见", blank=True)
    drafted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟稿人"
    )
    drafted_on = models.DateField("拟稿日期", null=True, blank=True)
    way = models.ForeignKey(
        EndingTerm, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="反馈方式"
    )
    delivered_on = models.DateField("反馈日期", null=True, blank=True)
    delivered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="反馈人"
    )
    objects_to = models.BooleanField("有异议", default=False)
    new_evidence = models.BooleanField("提供新的证据线索", default=False)
    objection = models.TextField("异议和新证据的内容", blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="研究人"
    )
    settled_on = models.DateField("研究日期", null=True, blank=True)
    settlement = models.TextField("研究意见", blank=True)

    objects = EndingQuerySet.as_manager()

    class Meta:
        verbose_name = "结果反馈"
        ordering = ("volume",)
        constraints = (
            models.UniqueConstraint(fields=("lead", "volume"), name="answer_once_per_volume"),
            models.CheckConstraint(
                name="answer_delivered_is_whole",
                condition=Q(delivered_on=None, delivered_by=None)
                | Q(delivered_on__isnull=False, delivered_by__isnull=False),
                violation_error_message="反馈须同时写明反馈人和日期。",
            ),
            models.CheckConstraint(
                name="answer_objection_is_told",
                condition=Q(objects_to=False, new_evidence=False) | ~Q(objection=""),
                violation_error_message="有异议或提供新证据的，须写明内容。",
            ),
            models.CheckConstraint(
                name="answer_settled_is_whole",
                condition=Q(settled_on=None, settled_by=None, settlement="")
                | Q(settled_on__isnull=False, settled_by__isnull=False) & ~Q(settlement=""),
                violation_error_message="研究异议须写明研究人、日期和意见。",
            ),
        )

    def __str__(self) -> str:
        return f"第 {self.volume} 卷结果反馈"
