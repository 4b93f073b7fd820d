"""退还发放表: a table of households that was uploaded, looked through and waits to be booked as one act."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from funds.models.misuse import Misuse
from funds.querysets import ReturnLineQuerySet, ReturnSheetQuerySet
from povertyaudit.core.models import Region, Row, User

MOST_HOUSEHOLDS = 2000


class ReturnSheet(Row):
    """One paper, many households. Of each misuse one waits at a time; its lines are gone when it is booked or dropped."""

    class State(models.TextChoices):
        STAGED = "staged", "待登记"
        BOOKING = "booking", "登记中"
        BOOKED = "booked", "已登记"
        REFUSED = "refused", "未能登记"
        DROPPED = "dropped", "已放弃"

    state_tones: ClassVar[dict[str, str]] = {
        "staged": "wait", "booking": "open", "booked": "done", "refused": "stop", "dropped": "plain",
    }  # fmt: skip
    dossier_path: ClassVar[str] = "misuse"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"refusal"})

    misuse = models.ForeignKey(
        Misuse, models.PROTECT, related_name="return_sheets", verbose_name="违规使用资金"
    )
    voucher_no = models.CharField("凭证号", max_length=60)
    received_on = models.DateField("退还日期")
    confirmed = models.BooleanField("金额核对无误", default=False)
    households = models.PositiveIntegerField("户数")
    total_fen = models.BigIntegerField("合计（分）")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.STAGED)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    booked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    refusal = models.CharField("未能登记的原因", max_length=500, blank=True)

    objects = ReturnSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "退还发放表"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                name="return_sheet_one_waits", fields=("misuse",), condition=Q(state__in=("staged", "booking")),
                violation_error_message="该问题已有一张发放表等待登记。",
            ),
            models.CheckConstraint(
                name="return_sheet_in_range",
                condition=Q(households__gte=1, households__lte=MOST_HOUSEHOLDS, total_fen__gte=F("households")),
                violation_error_message="发放表应有 1 至 2000 户，每户金额大于 0。",
            ),
            models.CheckConstraint(
                name="return_sheet_booked_by_someone",
                condition=Q(booked_by__isnull=False) | Q(state__in=("staged", "dropped")),
                violation_error_message="登记的发放表应有登记人。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"发放表 {self.voucher_no}"

    def get_absolute_url(self) -> str:
        return f"{self.misuse.get_absolute_url()}#return_sheets"

    def scope_keys(self) -> dict[str, Any]:
        return self.misuse.scope_keys()


class ReturnLine(models.Model):
    """A household of a sheet that waits. `place` is its line in the file, so that what is wrong can be found there."""

    sheet = models.ForeignKey(ReturnSheet, models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField("行")
    household = models.CharField("户主姓名", max_length=50)
    village = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    amount_fen = models.BigIntegerField("金额（分）")

    objects = ReturnLineQuerySet.as_manager()

    class Meta:
        verbose_name = "发放表行"
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(
                name="return_line_place_once", fields=("sheet", "place"),
                violation_error_message="发放表的一行只收一次。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.place}"
