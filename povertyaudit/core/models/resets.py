"""A new password for one of the three officers: asked for by one, in force only when another has confirmed it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.core import moment
from povertyaudit.core.models.people import User
from povertyaudit.core.models.persons import Person


class ResetState(models.TextChoices):
    PENDING = "pending", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "未同意"


def _apart(one: str, other: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"reset_{one}_is_not_{other}",
        condition=Q(**{one: None}) | ~Q(**{one: F(other)}),
        violation_error_message="重置管理人员的密码，申请人、确认人和本人须是三个不同的人。",
    )


class PasswordReset(models.Model):
    """`password` is the hash that waits; it is emptied as soon as the matter is decided."""

    state_tones: ClassVar[dict[str, str]] = {"pending": "wait", "confirmed": "done", "refused": "stop"}

    user = models.ForeignKey(User, models.CASCADE, related_name="resets", verbose_name="账号")
    target = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="本人")
    requester = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="申请人")
    requested_at = models.DateTimeField("申请时间", default=moment.now)
    password = models.CharField(max_length=128, blank=True, editable=False)
    state = models.CharField("状态", max_length=10, choices=ResetState.choices, default=ResetState.PENDING)
    decider = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="确认人")
    decided_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "密码重置"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("user",), condition=Q(state="pending"), name="one_pending_reset"),
            models.CheckConstraint(
                name="reset_decided_iff_signed",
                condition=Q(state="pending", decider=None, decided_at=None)
                | ~Q(state="pending") & Q(decider__isnull=False, decided_at__isnull=False, password=""),
                violation_error_message="已决定的密码重置须有确认人和时间，且不再保存密码。",
            ),
            _apart("requester", "target"),
            _apart("decider", "target"),
            _apart("decider", "requester"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.state}"
