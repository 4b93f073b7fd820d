"""问题类别: a dated reference list on two axes, kinds of corruption and faults of style."""

from django.db import models
from django.db.models import F, Q

from cases.querysets import CategoryQuerySet
from povertyaudit.core.models import new_public_id


class Axis(models.TextChoices):
    CORRUPTION = "corruption", "腐败问题"
    STYLE = "style", "作风问题"


class Category(models.Model):
    """One category. A changed list is new rows with dates: old leads keep what they were registered as."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    code = models.CharField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=50)
    axis = models.CharField("维度", max_length=10, choices=Axis.choices)
    order = models.PositiveSmallIntegerField("排序", default=0)
    starts_on = models.DateField("启用日期", null=True, blank=True)
    ends_on = models.DateField("停用日期", null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = "问题类别"
        ordering = ("axis", "order", "id")
        constraints = (
            models.CheckConstraint(
                name="category_ends_after_start",
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="停用日期不能早于启用日期。",
            ),
        )

    def __str__(self) -> str:
        return self.name
