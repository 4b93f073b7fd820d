"""日历订阅: the secret address by which a person's own calendar program reads his dates. Only its digest is kept."""

from django.db import models

from povertyaudit.core import moment
from povertyaudit.core.models import User


class CalendarLink(models.Model):
    """One a person; a new one ends the one before."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_link", verbose_name="账号")
    digest = models.CharField("链接摘要", max_length=64, unique=True)
    stamp = models.CharField("密码摘要", max_length=64)
    made_at = models.DateTimeField("生成时间", default=moment.now, editable=False)
    read_on = models.DateField("最近读取", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "日历订阅"

    def __str__(self) -> str:
        return f"{self.user_id} 自 {self.made_at:%Y-%m-%d}"
