"""Dated lists misused money is classed by."""

from typing import ClassVar

from povertyaudit.core.models import Listed, Term, TermQuerySet


class MisuseKind(Term):
    """问题类型: the circumstance, with the article it rests on. Old misuses keep theirs."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("misuse_kinds", "违规问题类型"),)

    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "问题类型"


class MisuseNature(Term):
    """问题性质: the other axis — 腐败, or one of the four kinds of 作风 that are counted apart."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("misuse_natures", "违规问题性质"),)

    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "问题性质"


class FundKind(Term):
    """资金种类: where the money comes from and what it is meant for."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("fund_kinds", "资金种类"),)

    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "资金种类"
