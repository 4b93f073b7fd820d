"""What stands in the files of dossiers, for the search: made again from the files at any time, no part of the record."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from povertyaudit.core import moment
from povertyaudit.core.models.attachments import Attachment

LONGEST = 1600  # characters of one piece


class Outcome(models.TextChoices):
    READ = "read", "已读入"
    NAMED = "named", "只按名称"  # a picture, a scan, a file without text
    WITHHELD = "withheld", "不读入"  # says who complained
    FAILED = "failed", "读不出"


class FileReading(models.Model):
    """One file that was read, or tried. Never one that only its desk may open (`reading_triggers`)."""

    attachment = models.OneToOneField(
        Attachment, models.CASCADE, primary_key=True, related_name="reading", verbose_name="附件"
    )
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    characters = models.PositiveIntegerField("字数", default=0)
    is_cut = models.BooleanField("未读到末尾", default=False)
    at = models.DateTimeField("读入时间", default=moment.now)

    class Meta:
        verbose_name = "附件正文"
        constraints = (
            models.CheckConstraint(name="reading_outcome", condition=Q(outcome__in=Outcome.values)),
        )

    def __str__(self) -> str:
        return self.get_outcome_display()


class FileText(models.Model):
    """A piece of the text; number 0 is the name. Pieces overlap by more than the longest word that is looked for."""

    searched_texts: ClassVar[tuple[str, ...]] = ("text",)
    searched_sums: ClassVar[tuple[str, ...]] = ()

    reading = models.ForeignKey(FileReading, models.CASCADE, related_name="texts", verbose_name="附件")
    no = models.PositiveIntegerField("第几段")
    text = models.TextField("文字")

    class Meta:
        verbose_name = "附件文字"
        ordering = ("no",)
        constraints = (
            models.UniqueConstraint(fields=("reading", "no"), name="file_text_once"),
            models.CheckConstraint(name="file_text_is_a_piece", condition=Q(text__length__lte=LONGEST)),
        )

    def __str__(self) -> str:
        return f"第 {self.no} 段"


models.TextField.register_lookup(Length)
