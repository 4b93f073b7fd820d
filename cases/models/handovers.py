"""线索移送: what goes to other bodies and comes from them, with both numbers, the receipt and the result."""

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.exchange_querysets import HandoverQuerySet, HandoverRowQuerySet
from cases.models.leads import MAX_FEN
from povertyaudit.core.models import Dossier, Listed, Region, Row, Term, TermQuerySet, Unit, User


class PartnerBody(Term):
    """移送机关: the kinds of bodies of the joint meeting, a dated list."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("partner_bodies", "移送机关"),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "移送机关"


FROM_ROUNDS = "inspection"  # the code of 巡察机构 among the bodies


class Handover(Dossier):
    """One hand-over by one paper. `number` is ours, `their_number` theirs."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "their_number", "document", "receipt_number")

    class Direction(models.TextChoices):
        OUT = "out", "移出"
        IN = "in", "移入"

    class State(models.TextChoices):
        SENT = "sent", "待回执"
        ACKNOWLEDGED = "acknowledged", "已回执"
        ANSWERED = "answered", "已反馈结果"
        RETURNED = "returned", "已退回"

    label_zh = "线索移送"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "answer_text", "return_reason"})
    state_tones: ClassVar[dict[str, str]] = {
        "sent": "open", "acknowledged": "wait", "answered": "done", "returned": "stop",
    }  # fmt: skip

    state = models.CharField("状态", max_length=14, choices=State.choices, default=State.SENT, editable=False)
    direction = models.CharField("方向", max_length=4, choices=Direction.choices)
    body = models.ForeignKey(PartnerBody, models.PROTECT, related_name="+", verbose_name="对方机关类别")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对方单位"
    )
    their_number = models.CharField("对方编号", max_length=60, blank=True)
    document = models.CharField("移送文件", max_length=100)
    handed_on = models.DateField("移送日期")
    text = models.TextField("移送说明", blank=True)
    handed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    receipt_on = models.DateField("回执日期", null=True, blank=True)
    receipt_by = models.CharField("回执人", max_length=60, blank=True)
    receipt_number = models.CharField("回执编号", max_length=60, blank=True)
    answered_on = models.DateField("反馈日期", null=True, blank=True)
    answer_text = models.TextField("办理结果", blank=True)
    returned_on = models.DateField("退回日期", null=True, blank=True)
    return_reason = models.TextField("退回理由", blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "线索移送"
        ordering = ("-handed_on", "-id")
        indexes = (
            models.Index(fields=("region", "direction", "state"), name="handover_region_state"),
            models.Index(fields=("unit", "handed_on"), name="handover_unit_day"),
        )
        constraints = (
            models.CheckConstraint(
                name="handover_receipt_is_whole",
                condition=Q(receipt_on=None, receipt_by="", receipt_number="")
                | Q(receipt_on__isnull=False) & ~Q(receipt_by=""),
                violation_error_message="回执须写明日期和回执人。",
            ),
            models.CheckConstraint(
                name="handover_state_is_dated",
                condition=Q(state="sent", receipt_on=None, answered_on=None, returned_on=None)
                | Q(state="acknowledged", receipt_on__isnull=False, answered_on=None, returned_on=None)
                | Q(state="answered", receipt_on__isnull=False, answered_on__isnull=False, returned_on=None)
                | Q(state="returned", answered_on=None, returned_on__isnull=False) & ~Q(return_reason=""),
                violation_error_message="回执、反馈、退回的日期须与状态相符。",
            ),
            models.CheckConstraint(
                name="handover_dates_in_order",
                condition=(Q(receipt_on=None) | Q(receipt_on__gte=F("handed_on")))
                & (Q(answered_on=None) | Q(answered_on__gte=F("receipt_on")))
                & (Q(returned_on=None) | Q(returned_on__gte=F("handed_on"))),
                violation_error_message="回执和退回日期不能早于移送日期，反馈日期不能早于回执日期。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("handover", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        return f"{self.get_direction_display()}：{self.party}"

    @property
    def party(self) -> str:
        """The other side in words: the unit where it is known, else the kind of body."""
        return self.unit.name if self.unit else self.body.name

    @property
    def is_out(self) -> bool:
        return self.direction == self.Direction.OUT

    @property
    def from_round(self) -> bool:
        """巡察移交: what an inspection found."""
        return not self.is_out and self.body.code == FROM_ROUNDS


class Standing(models.TextChoices):
    WAITING = "waiting", "待对方确认"
    TAKEN = "taken", "对方已确认"
    MISSED = "missed", "对方未确认"
    TO_REGISTER = "to_register", "待登记"
    REGISTERED = "registered", "已登记"
    REFUSED = "refused", "不予受理"
    RETURNED = "returned", "已退回"


class HandoverRow(Row):
    """One lead of a hand-over. Out: a lead of ours. In: what they hand us, until it is registered as a lead or refused."""

    dossier_path: ClassVar[str] = "handover"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"title", "text", "persons", "reason"})
    later_columns: ClassVar[frozenset[str]] = frozenset({"text"})

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="rows")
    ordinal = models.PositiveSmallIntegerField("序号")
    standing = models.CharField("核对情况", max_length=12, choices=Standing.choices)
    lead = models.ForeignKey(
        "cases.Lead", models.PROTECT, null=True, blank=True, related_name="handover_rows", verbose_name="线索"
    )
    title = models.CharField("问题摘要", max_length=100, blank=True)
    text = models.TextField("主要问题", blank=True)
    persons = models.CharField("涉及人员", max_length=100, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="问题属地"
    )
    amount_fen = models.BigIntegerField(
        "涉及金额（分）", null=True, blank=True, validators=[MaxValueValidator(MAX_FEN)]
    )
    reason = models.TextField("理由", blank=True)

    objects = HandoverRowQuerySet.as_manager()

    class Meta:
        verbose_name = "移送的线索"
        ordering = ("handover", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("handover", "ordinal"), name="handover_row_ordinal_once"),
            models.UniqueConstraint(
                fields=("handover", "lead"),
                condition=Q(lead__isnull=False),
                name="handover_row_lead_once",
                violation_error_message="同一件线索在一次移送中只能列一次。",
            ),
            models.CheckConstraint(
                name="handover_row_standing",
                condition=Q(standing__in=("waiting", "taken", "missed", "registered"), lead__isnull=False)
                | Q(standing__in=("to_register", "refused"), lead=None)
                | Q(standing="returned"),
                violation_error_message="移出的和已登记的须对应线索，待登记和不予受理的不能对应线索。",
            ),
            models.CheckConstraint(
                name="handover_row_refused_with_reason",
                condition=~Q(standing="refused") | ~Q(reason=""),
                violation_error_message="不予受理须写明理由。",
            ),
            models.CheckConstraint(
                name="handover_row_amount_in_range",
                condition=Q(amount_fen=None) | Q(amount_fen__gte=0, amount_fen__lte=MAX_FEN),
                violation_error_message="涉及金额不能为负数，也不能超过 10 万亿元。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.handover_id}-{self.ordinal}"

    @property
    def is_hidden(self) -> bool:
        """Whether it is a lead the reader may not know of (`for_list` leaves that lead out)."""
        return self.lead_id is not None and self.lead is None

    def told(self, name: str) -> Any:
        """What the row says under `name`; nothing of a lead the reader may not know of, its title where he may."""
        if self.is_hidden:
            return None
        return self.lead.title if name == "title" and self.lead else getattr(self, name)

    @property
    def handed_on(self) -> date:
        return self.handover.handed_on

    def get_absolute_url(self) -> str:
        return self.handover.get_absolute_url()
