"""The complainant's identity: encrypted with AES-256-GCM, bound to its dossier and desk, every look recorded.

The key comes from `settings.VAULT_KEY`, never from the database; keys of the past may stand in
`settings.VAULT_OLD_KEYS` until `core.rotation` has sealed every entry anew. Plain values leave this
module for readers only through `reveal` and `reveal_granted`, which record the look; `core.secrecy` compares them.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from povertyaudit.core import audit, moment
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, Dossier, FileReading, Row, Unit, User, VaultEntry

# What may be kept of a person: name, telephone, ID number, address, and a free remark of the desk.
IDENTITY_FIELDS = ("name", "phone", "id_number", "address", "remark")
NONCE = 12


class KeyMissing(DomainError):
    """The key at hand is not the one the identity was sealed with."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "vault.key", "保密密钥与加密时使用的不一致，暂时无法查看，请联系系统管理员核对密钥文件。"
        )


@sensitive_variables("identity", "plain")
@transaction.atomic
def put(target: Dossier, desk_unit: Unit, identity: Mapping[str, str], *, by: User | None) -> None:
    """Seal `identity` for `target`, or replace what is sealed; only members of the desk may.

    Raises NotAllowed, RuleBroken. The record says that it happened, never what was written.
    """
    if by is not None and desk_unit.pk not in by.unit_ids:
        raise NotAllowed("vault.desk", "只有登记该件的信访工作人员可以填写举报人信息。")
    plain = _checked(identity)
    found = VaultEntry.objects.select_for_update().filter(**_of(target)).first()
    if found and found.desk_unit_id != desk_unit.pk:
        raise NotAllowed("vault.desk", "举报人信息由登记单位保管，您所在的单位不能修改。")
    entry = found or VaultEntry(**_of(target), desk_unit=desk_unit)
    entry.ciphertext, entry.key_id = seal(plain, bound(entry))
    entry.updated_at = moment.now()
    entry.save()
    of_files = {f"attachment__{name}": value for name, value in _of(target).items()}
    FileReading.objects.filter(
        **of_files
    ).delete()  # read anew: what the search keeps may name him (`reading`)
    audit.record("vault.update" if found else "vault.put", target, by=by)


@sensitive_variables()
@transaction.atomic
def reveal(target: Dossier, *, by: User, reason: str = "") -> dict[str, str]:
    """The identity behind `target`, which the caller fetched through scope. Leaves an entry in the record.

    Raises NotAllowed unless `by` holds a post in the registering desk today, and KeyMissing.
    """
    entry = VaultEntry.objects.filter(**_of(target)).first()
    if entry is None or entry.desk_unit_id not in by.unit_ids:
        raise NotAllowed("vault.desk", "举报人信息只对登记该件的单位开放，您不能查看。")
    plain = _open(entry)
    audit.record("vault.reveal", target, by=by, note=reason)
    return plain


@sensitive_variables()
@transaction.atomic
def reveal_granted(
    target: Dossier, *, by: User, reason: str, grant: str
) -> tuple[dict[str, str], AuditEntry]:
    """The identity behind `target` for one reader whose grant (its public id) the caller has checked, and the entry
    that keeps the look. Raises NotAllowed where nothing is kept, and KeyMissing."""
    entry = VaultEntry.objects.filter(**_of(target)).first()
    if entry is None:
        raise NotAllowed("vault.empty", "该件没有登记反映人信息。")
    plain = _open(entry)
    return plain, audit.record("vault.reveal", target, by=by, note=reason, facts={"request": grant})


def kept_for(target: Dossier) -> bool:
    """Whether an identity is kept behind `target`, whoever asks; decrypts nothing."""
    return VaultEntry.objects.filter(**_of(target)).exists()


@sensitive_variables()
def known_of(target: Row) -> tuple[VaultEntry, dict[str, str]] | None:
    """For `core.secrecy` alone, which compares and says nothing of it: the entry behind `target` and what it holds."""
    entry = VaultEntry.objects.filter(**_of(target)).first()
    return (entry, _open(entry)) if entry else None


@sensitive_variables()
def known_among(targets: Iterable[Row]) -> list[tuple[VaultEntry, dict[str, str]]]:
    """The same for many rows of one kind, of those behind which an identity stands: one query."""
    keys: dict[str, list[int]] = {}
    for target in targets:
        keys.setdefault(target._meta.label_lower, []).append(target.pk)
    wanted = (VaultEntry.objects.filter(target_label=label, target_id__in=ids) for label, ids in keys.items())
    return [(entry, _open(entry)) for entries in wanted for entry in entries]


def holds(target: Dossier, *, by: User) -> bool:
    """Whether `by` could reveal an identity behind `target`; for showing the button, decrypts nothing."""
    return VaultEntry.objects.filter(**_of(target), desk_unit__in=by.unit_ids).exists()


@sensitive_variables()
@transaction.atomic
def move(source: Dossier, target: Dossier, *, by: User) -> None:
    """Tie the identity behind `source` to `target`, which grew out of it, without anybody reading it; same desk.

    Raises NotAllowed, and WrongState when one stands behind `target` already.
    """
    entry = VaultEntry.objects.select_for_update().filter(**_of(source)).first()
    if entry is None or entry.desk_unit_id not in by.unit_ids:
        raise NotAllowed("vault.desk", "举报人信息只由登记该件的单位移交。")
    if VaultEntry.objects.filter(**_of(target)).exists():
        raise WrongState("vault.taken", "对方已有举报人信息，不能移入。")
    plain = _open(entry)
    entry.target_label, entry.target_id = _of(target).values()
    entry.ciphertext, entry.key_id = seal(plain, bound(entry))
    entry.updated_at = moment.now()
    entry.save()
    audit.record("vault.move", source, by=by)
    audit.record("vault.put", target, by=by)


def _of(target: Row) -> dict[str, Any]:
    return {"target_label": target._meta.label_lower, "target_id": target.pk}


@sensitive_variables()
def _checked(identity: Mapping[str, str]) -> dict[str, str]:
    if set(identity) - set(IDENTITY_FIELDS):
        raise RuleBroken(
            "vault.fields", "举报人信息只能填写姓名、电话、身份证号、住址和备注。", field="identity"
        )
    plain = {name: text for name, text in identity.items() if text}
    if not plain:
        raise RuleBroken("vault.empty", "请至少填写举报人姓名或联系电话。", field="identity")
    return plain


@sensitive_variables()
def _open(entry: VaultEntry) -> dict[str, str]:
    try:
        return unseal(bytes(entry.ciphertext), entry.key_id, bound(entry))
    except InvalidTag:
        raise DomainError(
            "vault.broken", "举报人信息已损坏或被改动，无法查看，请联系安全保密管理员。"
        ) from None


@sensitive_variables()
def seal(plain: Mapping[str, str], bound: bytes) -> tuple[bytes, str]:
    """`plain` encrypted under the present key and tied to `bound`, and the id of that key."""
    secret = _key(settings.VAULT_KEY)
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, json.dumps(dict(plain)).encode(), bound), _key_id(secret)


@sensitive_variables()
def unseal(sealed: bytes, key_id: str, bound: bytes) -> dict[str, str]:
    """What was sealed. Raises KeyMissing, and InvalidTag when it was altered or moved."""
    for passphrase in (settings.VAULT_KEY, *settings.VAULT_OLD_KEYS):
        secret = _key(passphrase)
        if _key_id(secret) == key_id:
            found: dict[str, str] = json.loads(AESGCM(secret).decrypt(sealed[:NONCE], sealed[NONCE:], bound))
            return found
    raise KeyMissing


@sensitive_variables()
def reseal(sealed: bytes, key_id: str, bound: bytes) -> tuple[bytes, str]:
    """The same under the present key; what it holds stays in here. Raises KeyMissing, InvalidTag."""
    return seal(unseal(sealed, key_id, bound), bound)


def present_key() -> str:
    """The id of the key everything is sealed with now."""
    return _key_id(_key(settings.VAULT_KEY))


def old_keys() -> list[str]:
    """The ids of the keys of the past that are at hand."""
    return [_key_id(_key(passphrase)) for passphrase in settings.VAULT_OLD_KEYS]


def bound(entry: VaultEntry) -> bytes:
    """What the seal is tied to: moved to another dossier or desk, it no longer opens."""
    return f"{entry.target_label}:{entry.target_id}:{entry.desk_unit_id}".encode()


@sensitive_variables()
def _key(passphrase: str) -> bytes:
    return hashlib.sha256(b"povertyaudit.vault.1\0" + passphrase.encode()).digest()


@sensitive_variables("secret")
def _key_id(secret: bytes) -> str:
    return hashlib.sha256(b"id\0" + secret).hexdigest()[:16]
