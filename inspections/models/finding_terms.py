"""巡察问题大类、巡察问题类别 and 联审单位: dated lists of inspections."""

from typing import ClassVar

from django.db import models

from povertyaudit.core.models import Listed, Term, TermQuerySet


class InspectionTerm(Term):
    """One term from one day on: old findings keep what they were recorded as."""

    class Axis(models.TextChoices):
        PROBLEM_CLASS = "class", "问题大类"
        CATEGORY = "category", "问题类别"
        REVIEWER = "reviewer", "联审单位"

    axis = models.CharField("维度", max_length=10, choices=Axis.choices)

    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("finding_classes", "巡察问题大类", {"axis": Axis.PROBLEM_CLASS}),
        Listed("finding_categories", "巡察问题类别", {"axis": Axis.CATEGORY}),
        Listed("review_bodies", "联审单位", {"axis": Axis.REVIEWER}),
    )
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "巡察分类"
