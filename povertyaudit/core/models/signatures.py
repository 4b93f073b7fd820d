"""A signed decision: who, as what, when, with which opinion, over exactly what."""

from typing import Any

from django.db import models

from povertyaudit.core import moment
from povertyaudit.core.models.base import Row
from povertyaudit.core.models.people import User
from povertyaudit.core.models.persons import Person


class SignatureBase(Row):
    """One signature on a dossier. `digest` covers `dossier.signed_content()`; a later change of it voids the row."""

    step = models.CharField("签署环节", max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="签署人")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="签署账号")
    role = models.CharField("签署身份", max_length=120)
    opinion = models.TextField("意见", blank=True)
    signed_at = models.DateTimeField("签署时间", default=moment.now)
    digest = models.CharField("签署内容摘要", max_length=64)
    fields_version = models.PositiveSmallIntegerField("签署项目版本")
    voided_at = models.DateTimeField("失效时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="致失效人"
    )
    voided_verb = models.CharField("致失效动作", max_length=60, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.step} {self.signed_at:%Y-%m-%d}"

    def beside(self) -> Any:
        """What the signer stated of his own and signed with the content; nothing, unless a kind of signature says more."""
        return None

    @property
    def is_valid(self) -> bool:
        return self.voided_at is None
