"""What people say to each other about a dossier (工作批注), beside it: no fact of the matter, no step of its way."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat

from povertyaudit.core.models.base import Row
from povertyaudit.core.models.people import User
from povertyaudit.core.models.places import Unit
from povertyaudit.core.models.record import AuditValue
from povertyaudit.core.scope import ScopedQuerySet, reachable


class CommentQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Comments on dossiers the user may see; those kept to a unit only for who holds a post there."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        return self.open_to(user).filter(reachable(user))

    def open_to(self, user: User) -> Self:
        """Of comments on a dossier the user sees already: those not kept to somebody else's unit."""
        return self.filter(Q(own_unit=None) | Q(own_unit__in=user.unit_ids))

    def of(self, target: Any) -> Self:
        return self.filter(target_label=target._meta.label_lower, target_id=target.pk)

    def for_thread(self) -> Self:
        """With author and `text`, which stands once, beside the chain; withdrawn: none. Oldest first."""
        written = AuditValue.objects.filter(
            entry__target_label=OuterRef("target_label"),
            entry__target_id=OuterRef("target_id"),
            field=Concat(Value(Comment.KEY), OuterRef("public_id")),
        )
        shown = Case(When(withdrawn_at=None, then=Subquery(written.values("value")[:1])))
        return self.select_related("author__person", "own_unit").annotate(text=shown).order_by("pk")


class Comment(Row):
    """One comment. Never edited; its author may withdraw it, and the record still proves what it said."""

    KEY: ClassVar[str] = (
        "comment:"  # with the public id: the field of its text among the values of the record
    )

    target_label = models.CharField(max_length=60, editable=False)
    target_id = models.BigIntegerField(editable=False)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="批注人")
    author_post = models.CharField("身份（当时）", max_length=120)
    own_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="仅限查看的单位"
    )
    mentions = models.JSONField("提到的人", default=list, blank=True)  # [{id, name}], as they were named
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = CommentQuerySet.as_manager()
    state_tones: ClassVar[dict[str, str]] = {"written": "plain", "withdrawn": "stop"}

    class Meta:
        verbose_name = "工作批注"
        ordering = ("id",)
        indexes = (models.Index(fields=("target_label", "target_id"), name="comment_target"),)

    def __str__(self) -> str:
        return f"{self.author} 的批注"

    @property
    def dossier(self) -> Any:
        """The dossier it is about."""
        return apps.get_model(self.target_label)._default_manager.get(pk=self.target_id)

    @property
    def state(self) -> str:
        return "withdrawn" if self.withdrawn_at else "written"

    def get_state_display(self) -> str:
        return "已撤回" if self.withdrawn_at else "有效"

    def get_absolute_url(self) -> str:
        """Where it stands: in the thread of its dossier."""
        return f"{self.dossier.get_absolute_url()}#comments"
