"""The book of a misuse (追缴台账): double entries in 分 that are only ever added."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from funds.models.misuse import Misuse
from funds.models.recovery import Recovery
from funds.models.relief import Relief
from funds.querysets import LedgerEntryQuerySet
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Row, User

KINDS = tuple(Recovery.Kind.values)


class Account(models.TextChoices):
    """Accounts beside the kinds of settlement: what is owed, and what of it is open."""

    OWED = "owed", "应追缴"
    OPEN = "open", "未结"


ACCOUNTS = (*Account.choices, *Recovery.Kind.choices)


class LedgerEntry(Row):
    """One entry: `amount_fen` goes from the account `credit` to the account `debit`.

    What is owed becomes open (应追缴 → 未结), what is open is settled (未结 → 收缴国库 …); a counter-entry goes the other
    way and names what it reverses. So 应追缴 = the sum of all settled + 未结, whatever is written; the three stand in
    each entry as they are after it.
    """

    dossier_path: ClassVar[str] = "misuse"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason"})
    unrecorded: ClassVar[Q] = Q(carried_over=True)  # made of the rows of 1.0 by the migration

    misuse = models.ForeignKey(Misuse, models.PROTECT, related_name="entries", verbose_name="违规使用资金")
    no = models.PositiveIntegerField("序号")
    debit = models.CharField("借方", max_length=12, choices=ACCOUNTS)
    credit = models.CharField("贷方", max_length=12, choices=ACCOUNTS)
    amount_fen = models.BigIntegerField("金额（分）")
    owed_after_fen = models.BigIntegerField("应追缴余额（分）")
    settled_after_fen = models.BigIntegerField("已结余额（分）")
    open_after_fen = models.BigIntegerField("未结余额（分）")
    booked_on = models.DateField("记账日期")
    recovery = models.ForeignKey(
        Recovery, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="追缴、退还"
    )
    relief = models.OneToOneField(
        Relief, models.PROTECT, null=True, blank=True, related_name="entry", verbose_name="核销核减"
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name="冲正哪一条"
    )
    reason = models.CharField("理由", max_length=500, blank=True)
    booked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记账人"
    )
    carried_over = models.BooleanField("由 1.0 结转", default=False, editable=False)

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "台账分录"
        ordering = ("misuse", "no")
        indexes = (models.Index(fields=("booked_on", "id"), name="entry_day"),)
        constraints = (
            models.UniqueConstraint(fields=("misuse", "no"), name="entry_number_once"),
            models.CheckConstraint(
                name="entry_is_double",
                condition=Q(debit="open", credit="owed", recovery=None)
                | Q(debit="owed", credit="open", recovery=None, relief__isnull=False)
                | Q(debit="owed", credit="open", recovery=None, relief=None, reverses__isnull=False)
                | Q(debit__in=KINDS, credit="open", recovery__isnull=False, reverses=None)
                | Q(debit="open", credit__in=KINDS, recovery__isnull=False, reverses__isnull=False),
                violation_error_message="每条分录一借一贷，借贷应是应追缴、未结和处理方式之间的；调减应追缴须经批准，作废时冲正的除外。",
            ),
            models.CheckConstraint(
                name="entry_balances",
                condition=Q(owed_after_fen=F("settled_after_fen") + F("open_after_fen"))
                & Q(settled_after_fen__gte=0, open_after_fen__gte=0),
                violation_error_message="应追缴应等于已结加未结，且都不小于 0。",
            ),
            models.CheckConstraint(
                name="entry_amount_in_range",
                condition=Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN),
                violation_error_message="分录金额应大于 0，且不超过 10 万亿元。",
            ),
            models.CheckConstraint(
                name="entry_write_off_approved",
                condition=~Q(debit="written_off") | Q(relief__isnull=False),
                violation_error_message="核销须经另一人批准。",
            ),
            models.CheckConstraint(
                name="entry_change_has_reason",
                condition=Q(no=1) | Q(debit__in=KINDS) | ~Q(reason=""),
                violation_error_message="调整应追缴和冲正都要写明理由。",
            ),
            models.CheckConstraint(
                name="entry_booked_by_someone",
                condition=Q(booked_by__isnull=False) | Q(carried_over=True),
                violation_error_message="分录应有记账人。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.misuse} 第 {self.no} 条"

    def get_absolute_url(self) -> str:
        return f"{self.misuse.get_absolute_url()}#entries"

    @property
    def account(self) -> str:
        """The account that is not 未结: what the entry is about."""
        return self.credit if self.debit == Account.OPEN else self.debit

    @property
    def signed_fen(self) -> int:
        """By how much the account grows (分); negative for a counter-entry and for less owed."""
        grows = self.credit == Account.OWED or (self.credit == Account.OPEN and self.debit in KINDS)
        return self.amount_fen if grows else -self.amount_fen

    def scope_keys(self) -> dict[str, Any]:
        return self.misuse.scope_keys()
