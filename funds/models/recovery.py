"""What came back of misused money, or was settled otherwise (追缴、退还、其他处理): the paper behind an entry of the book."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from funds.models.misuse import Misuse
from funds.querysets import RecoveryQuerySet
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Region, Row, User


class Recovery(Row):
    """追缴、清退的一笔. Never negative, never changed: a wrong one is reversed by a counter-entry and stays to be seen."""

    class Kind(models.TextChoices):
        CONFISCATED = "confiscated", "收缴国库"
        CLEARED = "cleared", "清退"
        RETURNED = "returned", "退还群众"
        COMPENSATED = "compensated", "责令退赔"
        HANDED_IN = "handed_in", "登记上交"
        VOLUNTEERED = "volunteered", "主动上交"
        TREASURY = "treasury", "收回财政"
        REPURPOSED = "repurposed", "调整用途"
        OFFSET = "offset", "抵顶"
        CANCELLED = "cancelled", "取消计划"
        WRITTEN_OFF = "written_off", "核销"

    later_columns: ClassVar[frozenset[str]] = frozenset(
        {"household", "village_id", "voucher_line", "voucher_county", "signed_by_id", "to_project_id"}
    )
    # Whoever got money back is named here and nowhere else; lists show the name masked.
    personal_fields: ClassVar[frozenset[str]] = frozenset({"household"})
    dossier_path: ClassVar[str] = "misuse"

    misuse = models.ForeignKey(Misuse, models.PROTECT, related_name="recoveries", verbose_name="违规使用资金")
    kind = models.CharField("方式", max_length=12, choices=Kind.choices)
    amount_fen = models.BigIntegerField("金额（分）")
    received_on = models.DateField("到账日期")
    voucher_no = models.CharField("凭证号", max_length=60)
    destination = models.CharField("去向", max_length=200)
    household = models.CharField("户主姓名", max_length=50, blank=True)
    village = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在村"
    )
    to_project = models.ForeignKey(
        "funds.Project", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="调整到的项目"
    )
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="经办人"
    )
    # One paper for many households: its lines. The county is kept so that a paper proves money once in it.
    voucher_line = models.PositiveSmallIntegerField("凭证行号", default=0, editable=False)
    voucher_county = models.CharField("凭证所属县", max_length=12, blank=True, editable=False)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True, editable=False)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="作废人"
    )

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name = "追缴清退"
        ordering = ("received_on", "id")
        constraints = (
            models.CheckConstraint(
                name="recovery_amount_in_range",
                condition=Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN),
                violation_error_message="追缴金额应大于 0，且不超过 10 万亿元。",
            ),
            models.UniqueConstraint(
                name="recovery_voucher_once",
                fields=("voucher_county", "voucher_no", "voucher_line"),
                condition=Q(voided_at=None) & ~Q(voucher_county=""),
                violation_error_message="这个凭证号在本县已经登记过，请核对是否重复。",
            ),
            models.CheckConstraint(
                name="recovery_household_got_it_back",
                condition=Q(household="", village=None) | ~Q(household="") & Q(kind="returned"),
                violation_error_message="只有退还群众的才填写户主和所在村。",
            ),
            models.CheckConstraint(
                name="recovery_voided_by_someone",
                condition=Q(voided_at=None, voided_by=None)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
                violation_error_message="作废的追缴记录应有作废人和时间。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.voucher_no}"

    @property
    def is_standing(self) -> bool:
        return self.voided_at is None

    def get_absolute_url(self) -> str:
        return self.misuse.get_absolute_url()

    def scope_keys(self) -> dict[str, Any]:
        return self.misuse.scope_keys()
