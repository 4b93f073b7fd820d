"""Bearer tokens of the REST interface: only their digest is kept."""

from django.db import models

from povertyaudit.core import moment
from povertyaudit.core.models.people import User


class ApiToken(models.Model):
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
