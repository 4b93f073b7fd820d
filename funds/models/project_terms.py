"""Dated lists projects are classed by and figures they are held to: changed by two people, old projects keep theirs."""

from typing import ClassVar

from django.db import models

from funds.project_reference import RULE_WORDS
from povertyaudit.core.models import Listed, Term, TermQuerySet

AMOUNTS = tuple(
    (str(n), str(n)) for n in (*range(101), 120, 150, 180, 200, 300, 365, 500, 1000, 2000, 5000, 10000)
)


class ProjectKind(Term):
    """项目类别: what is built or paid for; progress is counted by it."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("project_kinds", "项目类别"),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "项目类别"


class FundRule(Term):
    """One figure projects and payments are held to, from one day on: changed by 案管室, confirmed by 安全保密."""

    kind = models.CharField("规定事项", max_length=20)  # a key of RULE_WORDS
    amount = models.CharField("数量", max_length=5, choices=AMOUNTS)

    carried: ClassVar[tuple[str, ...]] = ("kind", "amount")
    decided: ClassVar[str] = "amount"
    lists: ClassVar[tuple[Listed, ...]] = (Listed("fund_rules", "资金管理规定", closed=True),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "资金管理规定"

    @property
    def own_name(self) -> str:
        return RULE_WORDS[self.kind].format(self.amount)
