"""Records a person follows (关注): his own bookkeeping, no act of business, so nothing of it enters the record."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.models.people import User
from povertyaudit.core.scope import ScopedQuerySet


class FavouriteQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The user's own, as far as he sees the record today: one that left his scope is as if never followed."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        mine = self.filter(user=user)
        wanted = Q(pk__in=())
        for label in mine.order_by().values_list("target_label", flat=True).distinct():
            ids = Favourite.objects.filter(user=user, target_label=label).values("target_id")
            seen = apps.get_model(label)._default_manager.visible_to(user).filter(pk__in=ids)
            wanted |= Q(target_label=label, target_id__in=seen.values("pk"))
        return mine.filter(wanted)

    def of(self, target: Any) -> Self:
        return self.filter(target_label=target._meta.label_lower, target_id=target.pk)


class Favourite(models.Model):
    """One record one person follows."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="favourites", verbose_name="关注人")
    target_label = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    created_at = models.DateTimeField("关注时间", default=moment.now)

    row: Any = None  # the record and its clock, as `favourites.with_rows` reads them through scope
    clock: Any = None

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        verbose_name = "关注"
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("user", "target_label", "target_id"), name="followed_once"),
        )

    def __str__(self) -> str:
        return f"{self.user} 关注 {self.target_label} {self.target_id}"

    def get_absolute_url(self) -> str:
        return str(self.row.get_absolute_url())
