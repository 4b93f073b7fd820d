"""Who may talk to whom, from one day on: proposed by 案管室, confirmed by 安全保密 (分类目录)."""

from typing import ClassVar

from django.db import models

from povertyaudit.core.models import Listed, Role, Term, TermQuerySet


class TalkRank(models.TextChoices):
    """As what somebody is talked to."""

    CHIEF = "chief", "党政主要负责人"
    VICE = "vice", "班子成员"
    STAFF = "staff", "中层和一般干部"
    VILLAGE = "village", "村（社区）干部"


OFFICES = frozenset({Role.PATROL_OFFICE, Role.PATROL_TEAM, Role.SUPERVISION, Role.CASE_MANAGER})
HEADS = frozenset({Role.SECRETARY, Role.COUNTY_LEADER})
# From which rank on somebody may talk, and the posts that have it.
LEVELS: dict[str, frozenset[str]] = {
    "head": HEADS,
    "deputy": HEADS | {Role.DEPUTY},
    "office": HEADS | {Role.DEPUTY} | OFFICES,
}
LEVEL_WORDS = (
    ("head", "县领导、纪委监委主要负责人"),
    ("deputy", "县领导、纪委监委分管领导以上"),
    ("office", "承办部门人员以上"),
)


class TalkRule(Term):
    """One rank and who may talk to it."""

    rank = models.CharField("约谈对象", max_length=8, choices=TalkRank.choices)
    level = models.CharField("由谁约谈", max_length=8, choices=LEVEL_WORDS)

    carried: ClassVar[tuple[str, ...]] = ("rank", "level")
    decided: ClassVar[str] = "level"
    lists: ClassVar[tuple[Listed, ...]] = (Listed("talk_rules", "约谈权限", closed=True),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "约谈权限"

    @property
    def own_name(self) -> str:
        return f"{TalkRank(self.rank).label}由{dict(LEVEL_WORDS)[self.level]}约谈"
