"""A large ledger written in the background, to be fetched by whoever ordered it until it expires."""

from typing import Any

from django.db import models

from povertyaudit.core import moment
from povertyaudit.core.models import Job, User
from povertyaudit.core.models.base import new_public_id
from povertyaudit.exchange.querysets import OwnQuerySet


class LedgerFile(models.Model):
    """Conditions are kept until the file is written and no longer: they may hold words somebody searched for."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="账号")
    job = models.OneToOneField(Job, models.CASCADE, null=True, related_name="+", verbose_name="任务")
    ledger = models.CharField("台账", max_length=60)
    query = models.TextField(blank=True)
    rows = models.PositiveIntegerField("行数")
    size = models.BigIntegerField("字节数", default=0)
    created_at = models.DateTimeField("登记时间", default=moment.now)
    expires_at = models.DateTimeField("保留到")

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "台账文件"
        ordering = ("-id",)
        indexes = (models.Index(fields=("expires_at",), name="ledger_file_expires"),)

    def __str__(self) -> str:
        return f"{self.ledger} {self.public_id}"

    def get_absolute_url(self) -> str:
        return f"/files/{self.public_id}/"

    @property
    def is_list(self) -> bool:
        """Ordered from the page of a list, whose address it names; else a ledger of the API."""
        return self.ledger.startswith("/")

    @property
    def state(self) -> str:
        return self.job.state if self.job else "queued"

    def get_state_display(self) -> str:
        return self.job.get_state_display() if self.job else "排队"

    @property
    def rows_done(self) -> int:
        found: Any = self.job.result.get("rows", 0) if self.job else 0
        return int(found)

    def get_api_url(self) -> str:
        return f"/api/v1/ledger-files/{self.public_id}/"
