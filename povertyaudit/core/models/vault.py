"""Who complained, encrypted. The key lies outside the database."""

from django.db import models

from povertyaudit.core import moment
from povertyaudit.core.models.attachments import Attachment
from povertyaudit.core.models.places import Unit


class VaultEntry(models.Model):
    """The sealed identity behind one dossier (检举控告规则 art. 47). Written and read only by `core.vault`."""

    target_label = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    desk_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="登记单位")
    ciphertext = models.BinaryField()
    key_id = models.CharField(max_length=16)
    created_at = models.DateTimeField(default=moment.now, editable=False)
    updated_at = models.DateTimeField(default=moment.now)

    class Meta:
        verbose_name = "举报人信息"
        constraints = (
            models.UniqueConstraint(fields=("target_label", "target_id"), name="one_identity_per_target"),
        )

    def __str__(self) -> str:
        return "（已加密）"


class FileKey(models.Model):
    """The sealed key of one encrypted file, with the digests of its plain bytes. Written and read only by `core.originals`.

    No part of the record, which holds the digest of the encrypted bytes: it is sealed anew when the vault's key changes.
    """

    attachment = models.OneToOneField(
        Attachment, models.CASCADE, related_name="file_key", verbose_name="原件"
    )
    ciphertext = models.BinaryField()
    key_id = models.CharField(max_length=16)

    class Meta:
        verbose_name = "原件密钥"

    def __str__(self) -> str:
        return "（已加密）"
