"""Answers kept so that a repeated POST gives the same answer and does nothing twice."""

from django.db import models

from povertyaudit.core import moment
from povertyaudit.core.models.people import User


class IdempotencyRecord(models.Model):
    """The answer to one `Idempotency-Key` of one user. Never holds a vault field (`core.api.idempotency`)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    path = models.CharField(max_length=500)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(null=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=moment.now, editable=False)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "防重复提交记录"
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="one_answer_per_key"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.path}"
