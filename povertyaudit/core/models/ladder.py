"""The ladder (督办阶梯): who is reminded of a date, and what follows when it is missed. Dated, for a place."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from povertyaudit.core.models.region_rules import RegionRule, RegionRuleQuerySet

MOST_DAYS = 365


class Audience(models.TextChoices):
    PERSON = "person", "承办人"
    UNIT_HEAD = "unit_head", "单位主要负责人"
    LEADER = "leader", "分管（包抓）领导"
    BODY = "body", "督办部门"


class Told(models.TextChoices):
    """Who may be told of a step that is taken; the first four are the audiences of reminders."""

    PERSON = "person", "联络员"
    UNIT_HEAD = "unit_head", "单位主要负责人"
    LEAD_UNIT = "lead_unit", "牵头单位"
    LEADER = "leader", "牵头县领导"
    BODY = "body", "督办部门"
    SECRETARY = "secretary", "纪委主要负责人"


class LadderKind(models.TextChoices):
    REMIND = "remind", "提醒"
    HINT = "hint", "提示函"
    LETTER = "letter", "督办函"
    TALK = "talk", "约谈"
    CIRCULAR = "circular", "通报"
    ACCOUNT = "account", "问责"


# Nothing of these happens by itself: they are proposed, and a named person decides.
DECIDED = (LadderKind.TALK, LadderKind.CIRCULAR, LadderKind.ACCOUNT)
LETTERS = (LadderKind.HINT, LadderKind.LETTER)


class Channel(models.TextChoices):
    """By what a step reaches people. A message goes with each of them."""

    MESSAGE = "message", "系统消息"
    PHONE = "phone", "电话"
    LETTER = "letter", "函件（签收、回复）"
    MEETING = "meeting", "会议或者当面"


class LadderStepQuerySet(RegionRuleQuerySet):
    def reminders(self) -> Any:
        """What the morning scan goes by."""
        return self.filter(step=LadderKind.REMIND)

    def escalations(self) -> Any:
        return self.exclude(step=LadderKind.REMIND)


class LadderStep(RegionRule):
    """One step from one day on. A reminder names the one audience that is reminded as well from `days_left` days before
    (negative: after) the date; a later step is taken that late, tells `told`, and may draft a letter or be proposed."""

    step = models.CharField("步骤", max_length=8, choices=LadderKind.choices, default=LadderKind.REMIND)
    audience = models.CharField("对象", max_length=10, choices=Audience.choices, blank=True)
    days_left = models.SmallIntegerField("剩余天数（负数为超期）")
    told = models.JSONField("告知", default=list, blank=True)  # codes of Told
    channel = models.CharField("方式", max_length=8, choices=Channel.choices, default=Channel.MESSAGE)
    reply_days = models.PositiveSmallIntegerField("回复期限（工作日）", null=True, blank=True)
    reply_at = models.TimeField("回复截止时刻", null=True, blank=True)
    repeat_days = models.PositiveSmallIntegerField("重复间隔（天）", default=7)
    unused = models.BooleanField("本地区不采用这一步", default=False)

    content: ClassVar[tuple[str, ...]] = (
        "region", "valid_from", "days_left", "told", "channel", "reply_days", "reply_at", "repeat_days", "unused",
        "source",
    )  # fmt: skip
    carried: ClassVar[tuple[str, ...]] = ("step", "audience")
    objects = LadderStepQuerySet.as_manager()

    class Meta(RegionRule.Meta):
        verbose_name = "督办阶梯"
        ordering = ("-days_left", "id")
        constraints = (
            *RegionRule.Meta.constraints,
            models.CheckConstraint(
                name="ladder_days_in_range",
                condition=Q(days_left__gte=-3650, days_left__lte=7),
                violation_error_message="剩余天数应在 -3650 至 7 之间。",
            ),
            models.CheckConstraint(
                name="ladder_reminder_names_audience",
                condition=Q(step="remind") & ~Q(audience="") | ~Q(step="remind") & Q(audience="", days_left__lt=0),
                violation_error_message="提醒须有对象；其他步骤在超期以后才有，不写提醒对象。",
            ),
            models.CheckConstraint(
                name="ladder_letter_asks_for_reply",
                condition=Q(channel="letter", step__in=("hint", "letter"), reply_days__gte=1, reply_at__isnull=False)
                | ~Q(channel="letter") & Q(reply_days=None, reply_at=None),
                violation_error_message="函件（提示函、督办函）须有回复期限和截止时刻，其他方式不写。",
            ),
            models.CheckConstraint(
                name="ladder_repeats_within_a_year",
                condition=Q(repeat_days__gte=1, repeat_days__lte=MOST_DAYS),
                violation_error_message=f"重复间隔应在 1 至 {MOST_DAYS} 天之间。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        who = f" {self.get_audience_display()}" if self.audience else ""
        return f"{self.get_step_display()}{who}"

    @property
    def title(self) -> str:
        """E.g. 督办函：超期 8 天起."""
        return f"{self}：{self.when}"

    @property
    def when(self) -> str:
        if self.unused:
            return "不采用"
        if self.days_left > 0:
            return f"到期前 {self.days_left} 天起"
        return f"超期 {-self.days_left} 天起" if self.days_left else "到期当日起"

    @property
    def told_words(self) -> str:
        """Who is told, in words."""
        if self.audience:
            return str(self.get_audience_display())
        return "、".join(str(Told(code).label) for code in self.told if code in Told.values)

    @property
    def reply_words(self) -> str:
        return f"{self.reply_days} 个工作日，{self.reply_at:%H:%M} 前" if self.reply_days else ""

    @property
    def is_decided(self) -> bool:
        """Whether a named person decides before anything happens."""
        return self.step in DECIDED

    def get_absolute_url(self) -> str:
        return f"/ladder-steps/{self.public_id}/"
