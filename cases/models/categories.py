"""问题类别 and 作风问题: dated lists on two axes, kinds of corruption and faults of style."""

from typing import ClassVar

from django.db import models

from cases.querysets import CategoryQuerySet
from povertyaudit.core.models import Listed, Term


class Axis(models.TextChoices):
    CORRUPTION = "corruption", "腐败问题"
    STYLE = "style", "作风问题"


class Category(Term):
    """One category from one day on: old leads keep what they were registered as."""

    axis = models.CharField("维度", max_length=10, choices=Axis.choices)

    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("categories", "问题类别", {"axis": Axis.CORRUPTION}),
        Listed("styles", "作风问题", {"axis": Axis.STYLE}),
    )
    objects = CategoryQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "问题类别"
