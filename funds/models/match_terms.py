"""Dated lists of data matching: by what a list was made, and by what a suspicion is cleared."""

from typing import ClassVar

from django.db import models

from povertyaudit.core.models import Listed, Term, TermQuerySet


class MatchTermKind(models.TextChoices):
    RULE = "rule", "比对规则"
    SOURCE = "source", "源数据（享受名册）"
    COMPARED = "compared", "比对数据"


class MatchTerm(Term):
    """A rule, a register of who benefits, or a register it is compared with; `department` answers for the data."""

    kind = models.CharField("目录", max_length=8, choices=MatchTermKind.choices)
    department = models.CharField("数据来源部门", max_length=40, blank=True)

    carried: ClassVar[tuple[str, ...]] = ("department",)
    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("match_rules", "比对规则", {"kind": MatchTermKind.RULE}),
        Listed("match_sources", "比对源数据", {"kind": MatchTermKind.SOURCE}),
        Listed("match_compared", "比对数据", {"kind": MatchTermKind.COMPARED}),
    )
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "比对目录"


class Excuse(Term):
    """排除理由: why a match is none. They are counted, because each tells the source department to mend its data."""

    VISITS = (("yes", "须入户核查后才能排除"), ("no", "案头核查清楚即可排除"))

    visit = models.CharField("入户要求", max_length=3, choices=VISITS, default="yes")

    carried: ClassVar[tuple[str, ...]] = ("name", "visit")
    decided: ClassVar[str] = "visit"
    lists: ClassVar[tuple[Listed, ...]] = (Listed("match_excuses", "疑点排除理由"),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "排除理由"

    @property
    def waives_visit(self) -> bool:
        return self.visit == "no"
