"""审批权限: who approves which disposition, by the level of the persons complained of. Dated rows, changed by two people."""

from typing import ClassVar

from django.db import models

from cases.models.choices import Approver
from povertyaudit.core.models import Listed, Term, TermQuerySet


class Decision(models.TextChoices):
    """What is approved: a method, or whatever is proposed once facts have been checked."""

    TALK_INQUIRY = "talk_inquiry", "谈话函询"
    VERIFY = "verify", "初步核实"
    HOLD = "hold", "暂存待查"
    CLOSE = "close", "予以了结"
    FILE_CASE = "file_case", "立案审查调查"
    ADJUDICATE = "adjudicate", "移送审理"
    AFTER_CHECK = "after_check", "初步核实、审查调查、审理后的处理意见"


class Level(models.TextChoices):
    ANY = "any", "一般人员"
    MANAGED = "managed", "同级党委管理的干部"
    MANAGED_HEAD = "managed_head", "同级党委管理的正职"
    PRINCIPAL = "principal", "下一级党委（党组）主要负责人"


class ApprovalRule(Term):
    """One cell of the table: for this decision about persons of this level, that approver, from one day on."""

    decision = models.CharField("审批事项", max_length=14, choices=Decision.choices)
    level = models.CharField("被反映人层级", max_length=14, choices=Level.choices)
    approver = models.CharField("审批人", max_length=10, choices=Approver.choices)

    carried: ClassVar[tuple[str, ...]] = ("decision", "level", "approver")
    decided: ClassVar[str] = "approver"
    lists: ClassVar[tuple[Listed, ...]] = (Listed("approvals", "审批权限", closed=True),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "审批权限"

    @property
    def own_name(self) -> str:
        """How the row is called in the list: what is approved, about whom, by whom."""
        what, whom = self.get_decision_display(), self.get_level_display()
        return f"{what}：{whom}，由{self.get_approver_display()}审批"

    @property
    def words(self) -> str:
        """The rule as a sentence, with the article it rests on."""
        whom = "" if self.level == Level.ANY else f"被反映人中有{self.get_level_display()}，"
        rests = f"（{self.anchor}）" if self.anchor else ""
        return f"{whom}“{self.get_decision_display()}”由{self.get_approver_display()}审批{rests}。"
