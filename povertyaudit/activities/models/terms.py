"""Dated lists of activities: what kinds there are, and the figures they are held to."""

from typing import ClassVar

from django.db import models

from povertyaudit.core.models import Listed, Term, TermQuerySet

AMOUNTS = (
    *((str(n), str(n)) for n in (*range(13), 15, 20, 30, 45, 60, 90, 180)),
    ("all", "乡镇和县直部门"),
    ("towns", "乡镇"),
)  # fmt: skip
RULE_WORDS = {
    "warning_month": "每年 {} 月为警示教育月，应在当月举办警示教育（0 为不设）",
    "warning_who": "警示教育月应举办的单位：{}",
    "remind_days": "计划的活动在举办前 {} 天提醒",
    "expiry_days": "方案制度有效期届满前 {} 天提醒",
    "review_years": "没有规定有效期的方案制度，施行满 {} 年提醒复审",
}


def rule_words(kind: str, amount: str) -> str:
    """The rule in words."""
    return RULE_WORDS[kind].format(dict(AMOUNTS)[amount])


class Group(models.TextChoices):
    """What an activity is counted as."""

    TRAINING = "training", "培训"
    WARNING = "warning", "警示教育"
    MEETING = "meeting", "会议"
    PUBLICITY = "publicity", "宣传宣讲"
    HONOUR = "honour", "表彰"


class ActivityKind(Term):
    """活动类别: one of a group, from one day on. Old activities keep theirs."""

    group = models.CharField("大类", max_length=10, choices=Group.choices)

    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("trainings", "培训类别", {"group": Group.TRAINING}),
        Listed("warnings", "警示教育类别", {"group": Group.WARNING}),
        Listed("meeting_kinds", "会议类别", {"group": Group.MEETING}),
        Listed("publicity", "宣传宣讲类别", {"group": Group.PUBLICITY}),
        Listed("honour_kinds", "表彰活动类别", {"group": Group.HONOUR}),
    )
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "活动类别"


class ActivityRule(Term):
    """One figure from one day on: changed by 案管室, confirmed by 安全保密."""

    kind = models.CharField("规定事项", max_length=20)  # a key of RULE_WORDS
    amount = models.CharField("数量", max_length=6, choices=AMOUNTS)

    carried: ClassVar[tuple[str, ...]] = ("kind", "amount")
    decided: ClassVar[str] = "amount"
    lists: ClassVar[tuple[Listed, ...]] = (Listed("activity_rules", "工作纪实规定", closed=True),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "工作纪实规定"

    @property
    def own_name(self) -> str:
        return rule_words(self.kind, self.amount)
