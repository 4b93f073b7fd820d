"""原因代码: why something was sent back, put off, handed back or held — dated lists, one for each of these acts."""

from typing import ClassVar

from django.db import models

from povertyaudit.core.models.terms import Listed, Term, TermQuerySet


class Purpose(models.TextChoices):
    SEND_BACK = "send_back", "退回"
    EXTENSION = "extension", "延期"
    HAND_BACK = "hand_back", "退回分办"
    HOLD = "hold", "暂存"


class ReasonCode(Term):
    """One reason from one day on. A code belongs to one act only; the record of an act keeps code and word."""

    purpose = models.CharField("用途", max_length=10, choices=Purpose.choices)

    lists: ClassVar[tuple[Listed, ...]] = tuple(
        Listed(f"{purpose.value}_reasons", f"{purpose.label}原因", {"purpose": purpose.value})
        for purpose in Purpose
    )
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "原因代码"
