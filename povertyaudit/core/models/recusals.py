"""Who must not see or handle what."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.context import request_id


class RecusalQuerySet(models.QuerySet[Any]):
    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        Recusal.writes += 1
        return super().bulk_create(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        Recusal.writes += 1
        return super().update(**kwargs)


class Recusal(models.Model):
    """回避 (监察法 2024 art. 67): this person must not see or handle this dossier."""

    writes: ClassVar[int] = (
        0  # in this process: what a request remembers of recusals is asked again after one
    )

    person = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="recusals", verbose_name="回避人员"
    )
    target_label = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    reason = models.CharField("回避事由", max_length=200)
    declared_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name="登记人")
    declared_at = models.DateTimeField("登记时间", default=moment.now)
    ended_at = models.DateTimeField("解除时间", null=True, blank=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = "回避"
        indexes = (models.Index(fields=("target_label", "target_id"), name="recusal_target"),)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "target_label", "target_id"),
                condition=Q(ended_at=None),
                name="one_open_recusal",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} 回避"

    def save(self, *args: Any, **kwargs: Any) -> None:
        Recusal.writes += 1
        super().save(*args, **kwargs)

    @classmethod
    def as_of(cls) -> tuple[str, int] | None:
        """A mark that holds for this request until a recusal is written; None outside a request: nothing is remembered
        there, for a task may run for long while others write."""
        now = request_id.get()
        return (now, cls.writes) if now else None
