"""重复件: what finds them (rebuilt from the leads at any time) and what officers decided of them (recorded)."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from povertyaudit.core import moment
from povertyaudit.core.models import Row, User
from povertyaudit.core.scope import ScopedQuerySet


class LeadKey(models.Model):
    """One thing by which a lead may be found again: a name, an ID number, a sum in its township, a part of its text.

    A number made of it, never the thing itself. No part of the record: made anew whenever the lead changes.
    """

    lead = models.ForeignKey("cases.Lead", models.CASCADE, related_name="+")
    value = models.BigIntegerField()

    class Meta:
        verbose_name = "查重键"
        constraints = (models.UniqueConstraint(fields=("value", "lead"), name="lead_key_once"),)

    def __str__(self) -> str:
        return f"{self.lead_id} {self.value}"


class LeadPrint(models.Model):
    """By which rules the keys of a lead were made, and whether repeats were looked for since."""

    lead = models.OneToOneField("cases.Lead", models.CASCADE, related_name="repeat_print")
    rules = models.PositiveSmallIntegerField()
    searched = models.BooleanField(default=False)

    class Meta:
        verbose_name = "查重状态"
        indexes = (models.Index(fields=("lead",), condition=Q(searched=False), name="print_unsearched"),)

    def __str__(self) -> str:
        return str(self.lead_id)


class PairQuerySet(ScopedQuerySet):
    """Two leads side by side: known only to who may know of both."""

    def visible_to(self, user: Any) -> Self:
        seen = apps.get_model("cases", "Lead")._default_manager.visible_to(user)
        return self.filter(lead__in=seen, other__in=seen)

    def of(self, lead: Any) -> Self:
        """Pairs on either side of which the lead stands."""
        return self.filter(Q(lead=lead) | Q(other=lead))


class Suspect(models.Model):
    """疑似重复: found by the machine, undecided. Gone as soon as somebody decides, so that it is not offered again."""

    lead = models.ForeignKey("cases.Lead", models.CASCADE, related_name="suspects")
    other = models.ForeignKey("cases.Lead", models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField("相符程度")
    found_at = models.DateTimeField("发现时间", default=moment.now)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = "疑似重复"
        constraints = (
            models.UniqueConstraint(fields=("lead", "other"), name="suspect_once"),
            models.CheckConstraint(
                name="suspect_later_then_earlier",
                condition=Q(lead__gt=F("other")),
                violation_error_message="疑似重复按先后成对登记。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lead_id} {self.other_id}"


class LinkKind(models.TextChoices):
    RELATED = "related", "相互关联"
    DISTINCT = "distinct", "不是重复件"


class LeadLink(Row):
    """What an officer decided of two leads that are not one: they belong together, or only look alike."""

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason"})

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="links")
    other = models.ForeignKey("cases.Lead", models.PROTECT, related_name="+", verbose_name="另一件线索")
    kind = models.CharField("关系", max_length=10, choices=LinkKind.choices)
    reason = models.TextField("说明", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = "线索关联"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("lead", "other"), name="lead_link_once"),
            models.CheckConstraint(
                name="lead_link_later_then_earlier",
                condition=Q(lead__gt=F("other")),
                violation_error_message="两件线索的关系只登记一次，记在后登记的一件上。",
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()
