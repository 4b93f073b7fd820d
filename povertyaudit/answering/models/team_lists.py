"""驻村任期名单: village teams of many villages taken in as one act — looked through first, then brought in or dropped."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from povertyaudit.answering.querysets import TeamListQuerySet
from povertyaudit.core.models import Dossier, User

MOST_ROWS = 2_000


class TeamListState(models.TextChoices):
    STAGED = "staged", "待导入"
    IMPORTED = "imported", "已导入"
    DROPPED = "dropped", "已放弃"


class TeamList(Dossier):
    """One list. Its lines lie here only until it is brought in or dropped."""

    State = TeamListState
    personal_fields: ClassVar[frozenset[str]] = frozenset({"lines"})
    derived_columns: ClassVar[frozenset[str]] = frozenset({"lines"})
    state_tones: ClassVar[dict[str, str]] = {"staged": "wait", "imported": "done", "dropped": "stop"}

    file_name = models.CharField("文件", max_length=100, blank=True)
    file_sha256 = models.CharField("文件校验值", max_length=64, blank=True, editable=False)
    basis = models.CharField("选派文件", max_length=200, blank=True)
    rows_given = models.PositiveIntegerField("名单行数", default=0, editable=False)
    rows_known = models.PositiveIntegerField("已经登记", default=0, editable=False)
    rows_made = models.PositiveIntegerField("新登记", default=0, editable=False)
    lines: Any = models.JSONField("待导入的行", default=list, blank=True, editable=False)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    state = models.CharField(
        "状态", max_length=10, choices=TeamListState.choices, default=TeamListState.STAGED, editable=False
    )

    objects = TeamListQuerySet.as_manager()

    class Meta:
        verbose_name = "驻村任期名单"
        constraints = (
            models.CheckConstraint(
                name="team_list_counts_add_up",
                condition=Q(rows_given__gte=F("rows_known") + F("rows_made")),
                violation_error_message="新登记的和已经登记的不能超过名单行数。",
            ),
            models.CheckConstraint(
                name="team_list_lines_are_gone",
                condition=Q(state="staged") | Q(lines=[]),
                violation_error_message="名单导入或者放弃以后不再保存各行。",
            ),
        )

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        return reverse("team_list", args=(self.public_id,))

    @property
    def title(self) -> str:
        return self.file_name or f"{self.region.name}驻村任期名单"
