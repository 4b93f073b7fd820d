"""Somebody who has an account, or who has none and is named with his unit and post: borrowed staff, old leaders of a village."""

from typing import Any

from django.db import models
from django.db.models import Q

WITHOUT = "无账号"


class Named(models.Model):
    """Exactly one of the two: `user`, or `name` with `home_unit` and perhaps `post_title`. How to reach him is kept nowhere."""

    name = models.CharField("姓名（没有账号的）", max_length=50, blank=True)
    post_title = models.CharField("职务（没有账号的）", max_length=50, blank=True)

    user: Any
    home_unit: Any
    user_id: int | None
    home_unit_id: int | None

    class Meta:
        abstract = True

    @property
    def called(self) -> str:
        """What people call him."""
        return str(self.user.display_name) if self.user_id else self.name

    @property
    def shown(self) -> str:
        """The same, and that he has no account where that is so: it tells who cannot sign."""
        return self.called if self.user_id else f"{self.name}（{WITHOUT}）"

    @property
    def comes_from(self) -> str:
        """县粮食局 退休干部."""
        unit = self.home_unit.name if self.home_unit_id else ""
        return f"{unit} {self.post_title}".strip()

    @property
    def identity(self) -> tuple[Any, ...]:
        """The same for two rows about one person: the person behind the account, else name and unit."""
        return ("", self.user.person_id) if self.user_id else (self.name, self.home_unit_id)


def account_or_name(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(user__isnull=False, name="", post_title="")
        | Q(user=None, home_unit__isnull=False) & ~Q(name=""),
        violation_error_message="人员或者选择账号，或者填写姓名和单位，二者选一。",
    )
