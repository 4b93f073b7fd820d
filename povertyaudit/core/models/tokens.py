"""What keeps somebody signed in: sessions of the pages and bearer tokens. Of both only a digest of the key is kept."""

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.module_loading import import_string

from povertyaudit.core import moment
from povertyaudit.core.models.people import User


class Door(models.Model):
    """Where from and since when somebody is signed in, for his own eyes and for ending it."""

    device = models.CharField("设备", max_length=60, blank=True)
    ip = models.GenericIPAddressField("网络地址", null=True, blank=True)
    seen_at = models.DateTimeField("最近使用", default=moment.now, editable=False)

    class Meta:
        abstract = True


class ApiToken(Door):
    """One sign-in over REST. `stamp` ties it to the password: a changed password ends it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    stamp = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=moment.now, editable=False)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "接口令牌"

    def __str__(self) -> str:
        return f"{self.user_id} 至 {self.expires_at:%Y-%m-%d}"


class UserSession(AbstractBaseSession, Door):
    """Django's session table with its account beside it; `session_key` is the SHA-256 of what the cookie holds."""

    session_key = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField("登录时间", default=moment.now, editable=False)

    class Meta:
        verbose_name = "登录"

    def __str__(self) -> str:
        return f"{self.user_id} 自 {self.started_at:%Y-%m-%d}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_string("povertyaudit.core.session_store.SessionStore")
