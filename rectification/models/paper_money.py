"""Misused money that an audit, an assessment or a higher level told of: the paper behind it."""

from typing import Any, ClassVar

from django.db import models

from funds.models import Misuse
from povertyaudit.core.models import Row
from povertyaudit.core.scope import ScopedQuerySet
from rectification.models.source_papers import SourcePaper


class PaperMisuse(Row):
    """One misuse that came of one paper; part of the misuse's record."""

    dossier_path: ClassVar[str] = "misuse"

    paper = models.ForeignKey(
        SourcePaper, models.PROTECT, related_name="misuse_links", verbose_name="反馈文件"
    )
    misuse = models.OneToOneField(
        Misuse, models.PROTECT, related_name="paper_link", verbose_name="违规使用资金"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "反馈文件中的违规资金"

    def __str__(self) -> str:
        return f"{self.paper} {self.misuse}"

    def get_absolute_url(self) -> str:
        return self.misuse.get_absolute_url()

    def scope_keys(self) -> dict[str, Any]:
        return self.misuse.scope_keys()
