"""Files that belong to a dossier: evidence, scans, photos. The bytes lie outside the web root, under their hash."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse

from povertyaudit.core.models.base import Row
from povertyaudit.core.models.people import User
from povertyaudit.core.models.places import Unit
from povertyaudit.core.scope import ScopedQuerySet, reachable


class AttachmentQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Files of the dossiers the user may read whole; a protected original only for members of its desk."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        return self._of_desks(user).filter(reachable(user, whole=True))

    def visible_among(self, user: Any, labels: Collection[str]) -> Self:
        """What `visible_to` gives of dossiers of these kinds, without asking every kind there is."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        reached = reachable(user, whole=True, labels=labels)
        return self._of_desks(user).filter(reached, target_label__in=labels)

    def seen_of(self, target: Any, user: Any) -> Self:
        """The files of one dossier that `visible_to` gives: its own kind alone is asked, not every kind there is."""
        whole = type(target)._default_manager.whole_to(user).filter(pk=target.pk)
        return self.of(target)._of_desks(user).filter(Exists(whole))

    def _of_desks(self, user: Any) -> Self:
        return self.filter(Q(desk_unit=None) | Q(desk_unit__in=user.unit_ids))

    def of(self, target: Any) -> Self:
        """Every version of every file of a dossier."""
        return self.filter(target_label=target._meta.label_lower, target_id=target.pk)

    def newest(self) -> Self:
        """Without the versions that a later one replaced."""
        return self.filter(replaced_by=None)


class Attachment(Row):
    """One version of one file. Images are kept re-encoded, without metadata; the hash of the original stays.

    What only its desk may see is kept encrypted (`core.originals`): `sha256` is then of the encrypted bytes.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset({"title", "original_name"})

    target_label = models.CharField(max_length=60, editable=False)
    target_id = models.BigIntegerField(editable=False)
    kind = models.CharField("类别", max_length=30, default="evidence")
    title = models.CharField("标题", max_length=200, blank=True)
    original_name = models.CharField("文件名", max_length=255)
    # What the bytes say and nobody types is not editable: the digits of a digest are no telephone (`core.secrecy`).
    content_type = models.CharField("文件类型", max_length=100, editable=False)
    extension = models.CharField(max_length=8, editable=False)
    size = models.PositiveBigIntegerField("字节数", editable=False)
    sha256 = models.CharField("存储内容校验值", max_length=64, editable=False)
    original_sha256 = models.CharField(
        "原始文件校验值", max_length=64, blank=True, editable=False
    )  # blank: encrypted for a desk
    thumb_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    taken_at = models.DateTimeField("拍摄时间", null=True, blank=True)
    uploaded_by = models.ForeignKey(  # nobody: a paper the clock made
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传人"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="替换的版本"
    )
    version_no = models.PositiveIntegerField("第几版", default=1)
    desk_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="仅限查看的单位"
    )

    # Where the camera says it was: for whoever prepares the file to compare, never kept.
    position: tuple[float, float] | None = None

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"
        ordering = ("id",)
        indexes = (
            models.Index(fields=("target_label", "target_id"), name="attachment_target"),
            models.Index(fields=("sha256",), name="attachment_sha256"),
            models.Index(fields=("thumb_sha256",), name="attachment_thumb"),
            models.Index(fields=("original_sha256",), name="attachment_original"),
        )

    def __str__(self) -> str:
        return self.title or self.original_name

    @property
    def dossier(self) -> Any:
        """The dossier the file belongs to."""
        return apps.get_model(self.target_label)._default_manager.get(pk=self.target_id)

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    def get_absolute_url(self) -> str:
        return reverse("attachment", kwargs={"public_id": self.public_id})
