"""The working calendar as far as notices were loaded: years published, and days that differ from their weekday."""

from typing import Any, Self

from django.db import models

from povertyaudit.core import moment
from povertyaudit.core.deadlines import WEEKDAYS
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.scope import ScopedQuerySet


class CalendarYear(models.Model):
    """A year whose holiday notice (国务院办公厅放假通知) has been loaded: its days need no guessing."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    year = models.PositiveSmallIntegerField("年份", unique=True)
    source = models.CharField("通知", max_length=200)
    loaded_at = models.DateTimeField("载入时间", default=moment.now)

    class Meta:
        verbose_name = "放假安排"
        ordering = ("-year",)

    def __str__(self) -> str:
        return f"{self.year} 年放假安排"

    @property
    def number(self) -> str:
        return str(self.year)


class CalendarDayQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The calendar is everybody's."""
        return self if getattr(user, "is_authenticated", False) and user.is_active else self.none()


class DayKind(models.TextChoices):
    HOLIDAY = "holiday", "放假"
    WORKDAY = "workday", "调休上班"


class CalendarDay(models.Model):
    """A day that differs from its weekday: a holiday, or a weekend worked (调休)."""

    day = models.DateField("日期", unique=True)
    kind = models.CharField("类别", max_length=8, choices=DayKind.choices)
    name = models.CharField("名称", max_length=40)
    source = models.CharField("来源", max_length=200)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = "日历"
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()]
