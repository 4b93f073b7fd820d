"""回访: the household says whether the money came."""

from typing import Any, ClassVar

from django.db import models

from funds.models.misuse import Misuse
from funds.models.recovery import Recovery
from povertyaudit.core.models import Row, User
from povertyaudit.core.scope import ScopedQuerySet


class ReturnConfirmation(Row):
    """One look-back at one household; the last one counts. It changes no figure: a wrong return is reversed by the desk."""

    class Result(models.TextChoices):
        RECEIVED = "received", "已足额收到"
        LESS = "less", "收到金额不符"
        NOTHING = "nothing", "没有收到"

    class Way(models.TextChoices):
        HOME = "home", "入户"
        PHONE = "phone", "电话"
        OFFICE = "office", "当面（到办公地点）"

    dossier_path: ClassVar[str] = "misuse"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"said"})

    misuse = models.ForeignKey(
        Misuse, models.PROTECT, related_name="confirmations", verbose_name="违规使用资金"
    )
    recovery = models.ForeignKey(
        Recovery, models.PROTECT, related_name="confirmations", verbose_name="退还群众的一笔"
    )
    result = models.CharField("结果", max_length=10, choices=Result.choices)
    way = models.CharField("方式", max_length=8, choices=Way.choices)
    asked_on = models.DateField("回访日期")
    said = models.CharField("群众怎么说", max_length=500, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="回访人")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "退还回访"
        ordering = ("-asked_on", "-id")

    def __str__(self) -> str:
        return f"{self.asked_on} {self.get_result_display()}"

    def get_absolute_url(self) -> str:
        return self.misuse.get_absolute_url()

    def scope_keys(self) -> dict[str, Any]:
        return self.misuse.scope_keys()
