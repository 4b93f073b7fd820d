"""Counters of how often somebody asked within a while."""

from django.db import models


class Tally(models.Model):
    """One counter. `until` is the second of the epoch at which it starts anew; a row past it means nothing."""

    key = models.CharField(max_length=120, unique=True)
    count = models.PositiveIntegerField()
    until = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = "次数"

    def __str__(self) -> str:
        return f"{self.key} {self.count}"
