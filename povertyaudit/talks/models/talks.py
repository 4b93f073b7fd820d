"""约谈 of one person or one unit; a collective talk is several of them under one `group`, so that each sees its own."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from cases.models import Accountability
from povertyaudit.core.models import Dossier, SignatureBase, Unit, User
from povertyaudit.talks.models.rules import TalkRank
from povertyaudit.talks.querysets import TalkPartQuerySet, TalkQuerySet
from rectification.models import Escalation, Item


class TalkState(models.TextChoices):
    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已批准"
    NOTIFIED = "notified", "已通知"
    HELD = "held", "已谈"
    FOLLOWING = "following", "跟踪中"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


class TalkOrigin(models.TextChoices):
    STEP = "step", "督办"
    ASSESSMENT = "assessment", "考核"
    LEADER = "leader", "领导决定"
    AGAIN = "again", "上次约谈未落实"


class TalkKind(models.TextChoices):
    UNIT = "unit", "单位"
    PERSON = "person", "个人"


class NextStep(models.TextChoices):
    PRESS = "press", "建议继续督办"
    ITEM = "item", "已重新打开或者另立整改事项"
    TALK = "talk", "再次约谈"


NOTICED = ("notified", "held", "following", "closed")
SPOKEN = ("held", "following", "closed")


def _person(label: str) -> Any:
    return models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class Talk(Dossier):
    """约谈. Never a sanction: nothing that counts sanctions or accountability reads this table."""

    label_zh: ClassVar[str] = "约谈"
    takes_comments: ClassVar[bool] = False  # whom it is held with reads the record
    recused_with: ClassVar[tuple[str, ...]] = (
        "step__item", "step__item__finding", "step__item__finding__object", "step__item__finding__round",
        "step__item__lead", "accountability", "accountability__lead",
    )  # fmt: skip
    personal_fields: ClassVar[frozenset[str]] = frozenset({
        "name", "post_text", "reason", "matters", "attendees", "questions", "statement", "promise", "measure", "answer",
        "finding",
    })  # fmt: skip
    SIGNED_VERSION: ClassVar[int] = 1
    state_tones: ClassVar[dict[str, str]] = {
        "proposed": "wait", "approved": "wait", "notified": "open", "held": "open", "following": "open",
        "closed": "done", "cancelled": "stop",
    }  # fmt: skip

    state = models.CharField("状态", max_length=10, choices=TalkState.choices, editable=False)
    origin = models.CharField("由来", max_length=10, choices=TalkOrigin.choices)
    origin_label = models.CharField(max_length=60, blank=True, editable=False)
    origin_id = models.BigIntegerField(null=True, blank=True, editable=False)
    origin_words = models.CharField("由来说明", max_length=200, blank=True)
    step = models.ForeignKey(
        Escalation, models.PROTECT, null=True, blank=True, related_name="talks", verbose_name="督办"
    )
    accountability = models.ForeignKey(
        Accountability, models.PROTECT, null=True, blank=True, related_name="talks", verbose_name="问责"
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name="上次约谈"
    )
    group = models.CharField("集体约谈", max_length=22, blank=True, editable=False)
    kind = models.CharField("对象类别", max_length=8, choices=TalkKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="talks", verbose_name="单位")
    account = _person("约谈对象账号")
    name = models.CharField("约谈对象", max_length=100)
    post_text = models.CharField("职务", max_length=100, blank=True)
    rank = models.CharField("职级", max_length=8, choices=TalkRank.choices)
    subject_key = models.CharField(max_length=180, editable=False)
    reason = models.TextField("约谈事由")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    decided_by = _person("批准（决定）人")
    decided_on = models.DateField("批准（决定）日期", null=True, blank=True)
    talk_at = models.DateTimeField("约谈时间", null=True, blank=True)
    place = models.CharField("约谈地点", max_length=100, blank=True)
    matters = models.TextField("约谈事项", blank=True)
    talker = _person("约谈人")
    recorder = _person("记录人")
    attendees = models.CharField("参加人员", max_length=200, blank=True)
    notified_at = models.DateTimeField("通知时间", null=True, blank=True)
    postponed = models.PositiveSmallIntegerField("改期次数", default=0, editable=False)
    received_by = _person("签收人")
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    receipt_on_paper = models.BooleanField("纸质送达", default=False, editable=False)
    held_on = models.DateField("约谈日期", null=True, blank=True)
    questions = models.TextField("约谈提出的问题", blank=True)
    statement = models.TextField("约谈对象说明", blank=True)
    promise = models.TextField("承诺", blank=True)
    measure = models.TextField("整改措施", blank=True)
    promise_due_on = models.DateField("承诺时限", null=True, blank=True)
    talker_signed = models.BooleanField("约谈人已签", default=False, editable=False)
    subject_signed = models.CharField(
        "约谈对象签字", max_length=8, blank=True, editable=False,
        choices=(("account", "已签署"), ("paper", "纸面签字"), ("refused", "拒绝签字")),
    )  # fmt: skip
    answer = models.TextField("承诺落实情况", blank=True)
    answered_by = _person("报告人")
    answered_at = models.DateTimeField("报告时间", null=True, blank=True)
    outcome = models.CharField(
        "跟踪结果", max_length=8, blank=True, choices=(("kept", "已落实"), ("not_kept", "未落实"))
    )
    finding = models.TextField("跟踪核实情况", blank=True)
    followed_by = _person("跟踪人")
    followed_on = models.DateField("跟踪日期", null=True, blank=True)
    next_step = models.CharField("后续办理", max_length=8, blank=True, choices=NextStep.choices)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="整改事项"
    )

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = "约谈"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("region", "state"), name="talk_region_state"),
            models.Index(fields=("unit", "state"), name="talk_unit_state"),
            models.Index(fields=("subject_key",), name="talk_subject"),
        )
        constraints = (
            models.UniqueConstraint(
                name="talk_open_once", fields=("origin_label", "origin_id", "subject_key"),
                condition=Q(origin_id__isnull=False) & ~Q(state__in=("closed", "cancelled")),
                violation_error_message="同一由来对这个对象已有没办结的约谈，不能重复。",
            ),
            models.CheckConstraint(
                name="talk_three_persons",
                condition=(Q(talker=None) | Q(recorder=None) | ~Q(talker=F("recorder")))
                & (Q(account=None) | Q(talker=None) | ~Q(talker=F("account")))
                & (Q(account=None) | Q(recorder=None) | ~Q(recorder=F("account"))),
                violation_error_message="约谈人、记录人和约谈对象须是三个人。",
            ),
            models.CheckConstraint(
                name="talk_decided_by_somebody",
                condition=Q(state__in=("proposed", "cancelled"))
                | Q(decided_by__isnull=False, decided_on__isnull=False)
                & (Q(account=None) | ~Q(decided_by=F("account"))),
                violation_error_message="约谈须经领导批准，批准人不能是约谈对象。",
            ),
            models.CheckConstraint(
                name="talk_notice_is_whole",
                condition=~Q(state__in=NOTICED)
                | Q(talk_at__isnull=False, talker__isnull=False, recorder__isnull=False, notified_at__isnull=False)
                & ~Q(place="") & ~Q(matters=""),
                violation_error_message="约谈通知须写明时间、地点、事项、约谈人和记录人。",
            ),
            models.CheckConstraint(
                name="talk_minutes_are_whole",
                condition=~Q(state__in=SPOKEN)
                | Q(held_on__isnull=False, received_at__isnull=False, promise_due_on__gte=F("held_on"))
                & ~Q(questions="") & ~Q(promise="") & ~Q(measure=""),
                violation_error_message="约谈纪要须写明日期、问题、承诺、措施和承诺时限，时限不能早于约谈。",
            ),
            models.CheckConstraint(
                name="talk_followed_after_signing",
                condition=~Q(state__in=("following", "closed")) | Q(talker_signed=True) & ~Q(subject_signed=""),
                violation_error_message="约谈纪要签齐以后才能跟踪。",
            ),
            models.CheckConstraint(
                name="talk_end_is_whole",
                condition=~Q(state="closed") & Q(outcome="", next_step="")
                | Q(state="closed", followed_on__gte=F("held_on"), followed_by__isnull=False)
                & ~Q(finding="")
                & (Q(outcome="kept", next_step="") | Q(outcome="not_kept") & ~Q(next_step="")),
                violation_error_message="办结须写明跟踪情况；没有落实的须写明后续办理，跟踪不能早于约谈。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("talk", args=(self.public_id,))

    @property
    def title(self) -> str:
        """Whom it is held with."""
        if self.kind == TalkKind.UNIT:
            return f"约谈{self.unit.name}"
        return f"约谈{self.unit.name}{self.post_text}{self.name}"

    @property
    def collective(self) -> bool:
        return bool(self.group)

    @property
    def talk_at_words(self) -> str:
        """2026-12-03 09:30, in local time."""
        return timezone.localtime(self.talk_at).strftime("%Y-%m-%d %H:%M") if self.talk_at else ""

    def scope_units(self) -> list[int]:
        """The unit it is held with, once it was told."""
        return [self.unit_id] if self.notified_at else []

    def signed_content(self) -> dict[str, Any]:
        """What talker, recorder and the other side sign: the minutes with the promise."""
        return {
            "subject": self.subject_key, "held_on": self.held_on, "questions": self.questions,
            "statement": self.statement, "promise": self.promise, "measure": self.measure,
            "promise_due_on": self.promise_due_on, "talker": self.talker_id, "recorder": self.recorder_id,
        }  # fmt: skip


class TalkSignature(SignatureBase):
    """签署 of the minutes by talker, recorder or the other side."""

    class Step(models.TextChoices):
        TALKER = "talker", "约谈人"
        RECORDER = "recorder", "记录人"
        SUBJECT = "subject", "约谈对象"

    dossier_path: ClassVar[str] = "talk"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"opinion"})

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="signatures", verbose_name="约谈")

    objects = TalkPartQuerySet.as_manager()

    class Meta:
        verbose_name = "约谈纪要签署"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="talk_signed_once", fields=("talk", "step"), condition=Q(voided_at=None),
                violation_error_message="这一项已经签署，不能重复。",
            ),
            models.UniqueConstraint(
                name="talk_signed_by_three_persons", fields=("talk", "person"), condition=Q(voided_at=None),
                violation_error_message="约谈人、记录人和约谈对象须是三个人，一人不能签两处。",
            ),
        )  # fmt: skip

    def get_step_display(self) -> str:
        return str(self.Step(self.step).label)
