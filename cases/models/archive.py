"""归档: one case, one volume. The list of what lies in it is written once and never again."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from povertyaudit.core.models import Row, User
from povertyaudit.core.scope import ScopedQuerySet


class VolumeQuerySet(ScopedQuerySet):
    def for_list(self) -> "VolumeQuerySet":
        return self.select_related("lead__region", "archived_by__person")


class Volume(Row):
    """One volume of a lead; 撤销办结 begins the next. `contents`: lines {title, on, from, sha256}, as they were then."""

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"contents"})

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="volumes", verbose_name="问题线索")
    ordinal = models.PositiveSmallIntegerField("第几卷")
    archived_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="归档人")
    archived_on = models.DateField("归档日期")
    contents: Any = models.JSONField("归档目录", default=list)

    objects = VolumeQuerySet.as_manager()

    class Meta:
        verbose_name = "归档卷"
        ordering = ("lead", "ordinal")
        constraints = (models.UniqueConstraint(fields=("lead", "ordinal"), name="volume_once"),)

    def __str__(self) -> str:
        return f"{self.lead} 第 {self.ordinal} 卷"

    def get_absolute_url(self) -> str:
        return reverse("volume", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        return f"第 {self.ordinal} 卷归档目录"

    @property
    def number(self) -> str:
        return self.lead.number or ""

    @property
    def region_id(self) -> str:
        return self.lead.region_id

    @property
    def state(self) -> str:
        return "archived"

    def get_state_display(self) -> str:
        return "已归档"

    @property
    def count(self) -> int:
        """How many lines."""
        return len(self.contents)
