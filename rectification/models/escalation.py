"""督办: each step of the ladder that was taken against a late item, with its letter and reply; and the pauses."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from povertyaudit.core import moment
from povertyaudit.core.models import Attachment, Dossier, LadderStep, Row, Unit, User
from povertyaudit.core.models.ladder import DECIDED, LETTERS, Channel, LadderKind
from rectification.escalation_querysets import EscalationQuerySet, PauseQuerySet
from rectification.models.items import Item


class EscalationState(models.TextChoices):
    DRAFTED = "drafted", "待签发"
    PROPOSED = "proposed", "待决定"
    TOLD = "told", "已告知"
    SENT = "sent", "待签收"
    RECEIVED = "received", "待回复"
    REPLIED = "replied", "已回复"
    AGREED = "agreed", "待办理"
    CONCLUDED = "concluded", "已办理"
    DECLINED = "declined", "未同意"
    LAPSED = "lapsed", "不再办理"


class Holder(models.TextChoices):
    """Who has the item in hand: the letter goes there."""

    MAIN = "main", "主责单位"
    LEAD = "lead", "牵头单位（审核）"
    BODY = "body", "督办部门（复核）"


OPEN_LETTER = (EscalationState.SENT, EscalationState.RECEIVED)
STEPS = [choice for choice in LadderKind.choices if choice[0] != LadderKind.REMIND]


def _person(label: str) -> Any:
    return models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class Escalation(Dossier):
    """One step taken against one item. `due_on` is the day that was missed: of the item, or of measure `measure_no`."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "letter_no")
    label_zh: ClassVar[str] = "督办"
    recused_with: ClassVar[tuple[str, ...]] = (
        "item", "item__finding", "item__finding__object", "item__finding__round",
    )  # fmt: skip
    personal_fields: ClassVar[frozenset[str]] = frozenset({"why", "demand", "contact", "reply", "outcome"})
    state_tones: ClassVar[dict[str, str]] = {
        "drafted": "wait", "proposed": "wait", "told": "done", "sent": "open", "received": "open", "replied": "done",
        "agreed": "wait", "concluded": "done", "declined": "plain", "lapsed": "plain",
    }  # fmt: skip

    state = models.CharField("状态", max_length=10, choices=EscalationState.choices, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="escalations", verbose_name="整改事项")
    rule = models.ForeignKey(LadderStep, models.PROTECT, related_name="+", verbose_name="依据的阶梯")
    step = models.CharField("步骤", max_length=8, choices=STEPS)
    turn = models.PositiveSmallIntegerField("第几次", default=1)
    taken_on = models.DateField("日期")
    due_on = models.DateField("逾期的时限")
    item_due_on = models.DateField("当时的整改时限")
    measure_no = models.PositiveSmallIntegerField("逾期的措施", null=True, blank=True)
    days_late = models.PositiveIntegerField("超期天数")
    holder = models.CharField("在谁手中", max_length=4, choices=Holder.choices)
    why = models.TextField("为什么超期")
    why_codes = models.JSONField("超期情形", default=list, blank=True, editable=False)
    told = models.JSONField("告知的人", default=list, blank=True, editable=False)  # [{user, as, key}]
    channel = models.CharField("方式", max_length=8, choices=Channel.choices)
    addressee = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收函单位"
    )
    demand = models.TextField("办理要求", blank=True)
    contact = models.CharField("联系人和电话", max_length=100, blank=True)
    letter_no = models.CharField("文号", max_length=40, blank=True, editable=False)
    signed_by = _person("签发人")
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    reply_by = models.DateTimeField("回复时限", null=True, blank=True)
    received_by = _person("签收人")
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    reply = models.TextField("回复", blank=True)
    replied_by = _person("回复人")
    replied_at = models.DateTimeField("回复时间", null=True, blank=True)
    reply_late = models.BooleanField("逾期回复", default=False, editable=False)
    decided_by = _person("决定人")
    decided_on = models.DateField("决定日期", null=True, blank=True)
    outcome = models.TextField("办理结果", blank=True)
    concluded_by = _person("登记人")
    concluded_on = models.DateField("办理日期", null=True, blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = "督办"
        ordering = ("-taken_on", "-id")
        indexes = (
            models.Index(
                fields=("addressee", "reply_by"), condition=Q(state__in=("sent", "received")), name="escalation_open"
            ),
            models.Index(fields=("region", "state"), name="escalation_region_state"),
        )  # fmt: skip
        constraints = (
            models.UniqueConstraint(
                fields=("item", "due_on", "step", "turn"),
                name="escalation_once",
                violation_error_message="这一步已经办理过。",
            ),
            models.CheckConstraint(name="escalation_is_late", condition=Q(days_late__gte=1, turn__gte=1)),
            models.CheckConstraint(
                name="escalation_step_has_its_states",
                condition=Q(step__in=LETTERS, state__in=("drafted", "sent", "received", "replied"))
                | Q(step__in=DECIDED, state__in=("proposed", "agreed", "concluded", "declined"))
                | Q(step__in=LETTERS, state="told") | Q(state="lapsed"),
                violation_error_message="约谈、通报、问责由人决定；函件由人签发。",
            ),
            models.CheckConstraint(
                name="escalation_sent_is_whole",
                condition=Q(
                    state__in=("sent", "received", "replied"), addressee__isnull=False, signed_by__isnull=False,
                    sent_at__isnull=False, reply_by__isnull=False,
                ) & ~Q(letter_no="")
                | ~Q(state__in=("sent", "received", "replied")) & Q(letter_no="", signed_by=None, sent_at=None),
                violation_error_message="发出的函件须有文号、收函单位、签发人和回复时限。",
            ),
            models.CheckConstraint(
                name="escalation_received_by_somebody",
                condition=Q(state__in=("received", "replied"), received_by__isnull=False, received_at__gte=F("sent_at"))
                | ~Q(state__in=("received", "replied")) & Q(received_by=None, received_at=None),
                violation_error_message="签收的函件须有签收人，签收时间不能早于发出时间。",
            ),
            models.CheckConstraint(
                name="escalation_reply_is_whole",
                condition=Q(state="replied", replied_by__isnull=False, replied_at__gte=F("received_at")) & ~Q(reply="")
                | ~Q(state="replied") & Q(reply="", replied_by=None, replied_at=None, reply_late=False),
                violation_error_message="已回复的函件须有回复内容、回复人和时间。",
            ),
            models.CheckConstraint(
                name="escalation_decided_by_somebody",
                condition=Q(state__in=("agreed", "concluded", "declined"), decided_by__isnull=False)
                & Q(decided_on__isnull=False)
                | ~Q(state__in=("agreed", "concluded", "declined")) & Q(decided_by=None, decided_on=None),
                violation_error_message="约谈、通报、问责须有决定人和决定日期。",
            ),
            models.CheckConstraint(
                name="escalation_concluded_has_outcome",
                condition=Q(state="concluded", concluded_by__isnull=False, concluded_on__isnull=False) & ~Q(outcome="")
                | ~Q(state="concluded") & Q(outcome="", concluded_by=None, concluded_on=None),
                violation_error_message="已办理的须写明结果、登记人和日期。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("escalation", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        """E.g. 督办函（第 2 次）：超期 18 天."""
        again = f"（第 {self.turn} 次）" if self.turn > 1 else ""
        return f"{self.get_step_display()}{again}：超期 {self.days_late} 天"

    def scope_units(self) -> list[int]:
        """Those who see the item see what was sent."""
        return [*(row.unit_id for row in self.item.units.all()), self.item.lead_unit_id]

    @property
    def is_letter(self) -> bool:
        return self.channel == Channel.LETTER

    @property
    def is_unanswered(self) -> bool:
        """Sent, past its time, and no reply."""
        return self.state in OPEN_LETTER and self.reply_by is not None and self.reply_by < moment.now()

    @property
    def reply_by_words(self) -> str:
        """2026-12-03 18:00, in local time."""
        return clock_words(self.reply_by) if self.reply_by else ""

    def file(self) -> Attachment | None:
        """The letter as it was sent, as a Word file."""
        kept: Attachment | None = Attachment.objects.of(self).filter(kind="letter").first()
        return kept

    @property
    def light(self) -> Any:
        """The clock column: until when a reply is owed."""
        if self.state in OPEN_LETTER and self.reply_by is not None:
            return timezone.localtime(self.reply_by).date()
        return None


def clock_words(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


class Pursuit(models.Model):
    """Where the ladder stands with an item, as a clock does: the last step, and the day of the next. Kept by the job and
    by the verbs; what was done stands in the steps themselves."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="pursuit")
    holder = models.CharField(max_length=4, choices=Holder.choices)
    item_due_on = models.DateField()
    latest = models.ForeignKey(Escalation, models.PROTECT, null=True, blank=True, related_name="+")
    next_on = models.DateField()
    told_again = models.PositiveSmallIntegerField(default=0)  # how often somebody was asked to sign or decide

    class Meta:
        verbose_name = "督办进度"
        indexes = (models.Index(fields=("next_on", "item"), name="pursuit_next"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.next_on}"


class EscalationPause(Row):
    """暂停督办 of one item, decided by a named leader, with a reason and an end. It goes on by itself the day after."""

    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason"})

    item = models.ForeignKey(Item, models.CASCADE, related_name="pauses")
    from_on = models.DateField("暂停自")
    until_on = models.DateField("暂停至")
    reason = models.TextField("理由")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="决定的领导")
    lifted_on = models.DateField("提前恢复日期", null=True, blank=True)
    lifted_by = _person("提前恢复的人")

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = "暂停督办"
        ordering = ("-from_on", "-id")
        constraints = (
            models.CheckConstraint(
                name="pause_ends_after_start",
                condition=Q(until_on__gte=F("from_on")),
                violation_error_message="暂停的截止日期不能早于起始日期。",
            ),
            models.CheckConstraint(
                name="pause_has_reason", condition=~Q(reason=""), violation_error_message="请写明暂停督办的理由。"
            ),
            models.CheckConstraint(
                name="pause_lifted_by_somebody",
                condition=Q(lifted_on=None, lifted_by=None)
                | Q(lifted_on__gte=F("from_on"), lifted_by__isnull=False),
                violation_error_message="提前恢复须有日期和办理人，日期不能早于暂停之日。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"暂停督办（{self.from_on} 至 {self.until_on}）"
