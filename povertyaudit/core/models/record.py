"""The record (留痕): entries chained per dossier, the heads of the chains, daily seals, and change rows for sync."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, When

from povertyaudit.core import moment
from povertyaudit.core.models.base import UNNUMBERED, new_public_id
from povertyaudit.core.models.people import User
from povertyaudit.core.models.roles import Role
from povertyaudit.core.proof import check
from povertyaudit.core.scope import reachable, region_under

if TYPE_CHECKING:
    from collections.abc import Iterable


class AuditEntryQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Entries of dossiers the user may see; the auditor sees who did which verb in his region, not contents."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        wanted = reachable(user)
        for post in user.current_posts():
            if post.role == Role.AUDITOR:
                # A plan that is still secret has no number: its acts are not even counted.
                wanted |= region_under("region_code", post.region_id) & ~Q(target_number=UNNUMBERED)
        return self.filter(wanted)

    def for_reader(self, user: Any) -> Self:
        """With `before` (the hash the entry should follow) and `readable` (may `user` read what it says)."""
        earlier = AuditEntry.objects.filter(
            target_label=OuterRef("target_label"), target_id=OuterRef("target_id"), seq=OuterRef("seq") - 1
        )
        readable = Case(When(reachable(user), then=True), default=False, output_field=models.BooleanField())
        return self.annotate(before=Subquery(earlier.values("hash")[:1]), readable=readable)

    def of(self, target: Any) -> Self:
        return self.filter(target_label=target._meta.label_lower, target_id=target.pk)

    def verbs(self, names: "Iterable[str]") -> Self:
        return self.filter(verb__in=list(names))


class AuditEntry(models.Model):
    """One act: append-only by trigger on both databases; chained by `previous` and `hash` per target."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    target_label = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    target_public_id = models.CharField(max_length=22)
    target_number = models.CharField("编号", max_length=60, blank=True)
    seq = models.PositiveIntegerField("序号")
    region_code = models.CharField("地区", max_length=12, blank=True, db_index=True)
    verb = models.CharField("动作", max_length=60)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="操作人")
    actor_name = models.CharField("姓名（当时）", max_length=60)
    actor_role = models.CharField("身份（当时）", max_length=120, blank=True)
    at = models.DateTimeField("时间", default=moment.now, db_index=True)
    request_id = models.CharField(max_length=64, blank=True)
    changes = models.JSONField("变化", default=dict)
    sealed_values = models.JSONField(default=dict)  # field -> salted digest; the value stands in AuditValue
    state = models.JSONField(
        default=dict
    )  # "label:public id" -> digest of the row after the act, null when removed
    algorithm = models.CharField(max_length=10)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "操作记录"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("target_label", "target_id", "seq"), name="entry_seq_once_per_target"
            ),
        )

    def __str__(self) -> str:
        return f"{self.target_number} #{self.seq} {self.verb}"

    def chained(self) -> dict[str, Any]:
        """What the hash covers; see docs/record.md."""
        return {name: getattr(self, name) for name in check.ENTRY}


class AuditValue(models.Model):
    """A personal value of an entry, beside the chain so that it can be erased; the chain holds its salted digest."""

    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="values")
    field = models.CharField(max_length=60)
    salt = models.CharField(max_length=32)
    value = models.JSONField()

    class Meta:
        verbose_name = "操作记录内容"
        constraints = (models.UniqueConstraint(fields=("entry", "field"), name="one_value_per_entry_field"),)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.field}"


class ChainHead(models.Model):
    """The last entry of each chain; its row is the lock that keeps sequence numbers gap-free."""

    target_label = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    seq = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    sealed_seq = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("target_label", "target_id"), name="one_head_per_target"),
        )
        indexes = (
            models.Index(fields=("id",), condition=Q(seq__gt=models.F("sealed_seq")), name="head_grown"),
        )

    def __str__(self) -> str:
        return f"{self.target_label} {self.target_id} #{self.seq}"


class Seal(models.Model):
    """A day's seal (封印): the Merkle root over the heads grown since the last one, linked to it."""

    seq = models.PositiveIntegerField("序号", unique=True)
    at = models.DateTimeField("时间", default=moment.now)
    count = models.PositiveIntegerField("链数")
    root = models.CharField("根", max_length=64)
    previous = models.CharField("上一枚封印", max_length=64, blank=True)
    hash = models.CharField("封印值", max_length=64)
    algorithm = models.CharField(max_length=10)

    class Meta:
        verbose_name = "封印"
        ordering = ("seq",)

    def __str__(self) -> str:
        return f"封印 {self.seq}"


class SealLeaf(models.Model):
    """One head as it stood when sealed."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="leaves")
    target_label = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("target_label", "target_id"), name="leaf_target"),)

    def __str__(self) -> str:
        return f"{self.target_label} {self.target_id} #{self.seq}"


class Change(models.Model):
    """An unnumbered change row, written in the writer's transaction; numbering it is the sync's business."""

    label = models.CharField(max_length=60)
    row_id = models.CharField(max_length=22)
    version = models.PositiveIntegerField()
    deleted = models.BooleanField(default=False)
    scope_before = models.JSONField(null=True)
    scope_after = models.JSONField(null=True)
    at = models.DateTimeField(default=moment.now)
    seq = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = (
            models.Index(fields=("id",), condition=models.Q(seq=None), name="change_unnumbered"),
            models.Index(
                fields=("label", "seq"), condition=models.Q(seq__isnull=False), name="change_label_seq"
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.row_id} v{self.version}"
