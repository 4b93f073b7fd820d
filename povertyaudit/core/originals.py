"""来信来访原件: a file that only its desk may open is encrypted before its bytes reach the disk.

AES-256-GCM in segments, under a random key of the file's own: equal letters are unequal files, and neither the database
nor the folder tells that two of them are one. The file's key, with the digests of what was given, lies in `FileKey`
sealed by `core.vault` and tied to dossier, desk and file. Rotation seals the key anew and never touches the file.
"""

import hashlib
import logging
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from povertyaudit.core import file_types, rows, store, vault
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import Attachment, FileKey

MARK, SEGMENT, TAG = (
    b"PAO1",
    256 * 1024,
    16,
)  # what a sealed file begins with; bytes of a segment and of its seal
CONTENT, THUMB = b"c", b"t"  # the first byte of each nonce: one key for both, no nonce twice
BATCH = 20
log = logging.getLogger(__name__)


class Broken(DomainError):
    """The stored bytes are not what was sealed for this file, or are gone."""

    status = 409

    def __init__(self) -> None:
        super().__init__("vault.broken_file", "原件已损坏、缺失或被改动，打不开，请联系安全保密管理员。")


@sensitive_variables()
def seal(attachment: Attachment, found: file_types.Checked) -> None:
    """Store the bytes encrypted and set what the row says of them; `keep_key` comes after the row is saved."""
    secret = secrets.token_bytes(32)
    attachment.sha256 = store.keep(b"".join(_sealed(found.content, secret, CONTENT)))
    attachment.thumb_sha256 = store.keep(b"".join(_sealed(found.thumb, secret, THUMB))) if found.thumb else ""
    attachment.original_sha256 = ""  # a plain digest would tell whoever holds a letter that this is it
    kept = {
        "key": secret.hex(), "sha256": hashlib.sha256(found.content).hexdigest(),
        "original_sha256": found.original_sha256,
    }  # fmt: skip
    key = FileKey(attachment=attachment)
    key.ciphertext, key.key_id = vault.seal(kept, bound(key))


def keep_key(attachment: Attachment) -> None:
    """Save the key of a sealed file that was just saved itself."""
    if attachment.desk_unit_id:
        key = attachment.file_key
        key.attachment = attachment
        key.save()


def bound(key: FileKey) -> bytes:
    """What a file's key is tied to: given to another dossier, desk or file, it no longer opens."""
    file = key.attachment
    return f"{file.target_label}:{file.target_id}:{file.desk_unit_id}:{file.public_id}".encode()


@sensitive_variables()
def opened(attachment: Attachment, *, thumb: bool = False) -> tuple[Iterator[bytes], int]:
    """The plain bytes, a segment at a time, and how many. All of the file is checked before the first is handed out.

    Raises Broken, KeyMissing.
    """
    key = FileKey.objects.filter(attachment=attachment).select_related("attachment").first()
    now = attachment if key is None else key.attachment  # the row at hand may be of before it was sealed
    path = store.path_of(now.thumb_sha256 if thumb else now.sha256)
    try:
        if key is None:  # kept before files were encrypted, and not sealed yet
            stored = path.open(
                "rb"
            )  # now: sealed and swept a moment later, it is read to its end all the same
            return _plain(stored), path.stat().st_size
        secret = bytes.fromhex(vault.unseal(bytes(key.ciphertext), key.key_id, bound(key))["key"])
        part = THUMB if thumb else CONTENT
        length = sum(len(one) for one in _segments(path, secret, part))
    except (InvalidTag, FileNotFoundError):
        raise Broken from None
    return _segments(path, secret, part), length


def unsealed() -> Any:
    """Protected files of before, whose bytes still lie there as they are."""
    return Attachment.objects.exclude(desk_unit=None).filter(file_key=None)


class Sealed(NamedTuple):
    """How many old files were encrypted, and how many could not be and stay plain."""

    done: int
    refused: int


def seal_old(renew: Callable[[], None] = lambda: None) -> Sealed:
    """Encrypt what `unsealed` finds, one file a transaction. One that is gone or refused stays as it is and holds up
    no other."""
    done, refused, after = 0, 0, 0
    while batch := list(unsealed().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        for pk in batch:
            try:
                done += _seal_old(pk)
            except DomainError as error:
                refused += 1
                log.error("attachment %s was not encrypted: %s", pk, error.code)
        after = batch[-1]
        renew()
    return Sealed(done, refused)


@sensitive_variables()
@transaction.atomic
def _seal_old(pk: int) -> bool:
    root = rows.lock(Attachment.objects.get(pk=pk).dossier)
    file = unsealed().select_for_update(of=("self",)).filter(pk=pk).first()
    if file is None:
        return False
    try:
        content = store.path_of(file.sha256).read_bytes()
        thumb = store.path_of(file.thumb_sha256).read_bytes() if file.thumb_sha256 else b""
    except FileNotFoundError:
        return False
    seal(
        file,
        file_types.Checked(content, file.extension, file.content_type, file.original_sha256, thumb),
    )
    rows.beside(
        root, file, verb="attachment.seal", by=None, facts={"file": file.public_id, "sha256": file.sha256}
    )
    keep_key(file)
    return True


@sensitive_variables()
def _sealed(plain: bytes, secret: bytes, part: bytes) -> Iterator[bytes]:
    cipher, last = AESGCM(secret), max(0, len(plain) - 1) // SEGMENT
    yield MARK
    for place in range(last + 1):
        here = plain[place * SEGMENT : (place + 1) * SEGMENT]
        yield cipher.encrypt(_nonce(part, place, place == last), here, None)


@sensitive_variables()
def _segments(path: Path, secret: bytes, part: bytes) -> Iterator[bytes]:
    """Raises InvalidTag where a segment was altered, moved, left out or is not the last one it says it is."""
    cipher, place = AESGCM(secret), 0
    with path.open("rb") as stored:
        if stored.read(len(MARK)) != MARK:
            raise InvalidTag
        here = stored.read(SEGMENT + TAG)
        while here:
            after = stored.read(SEGMENT + TAG)
            yield cipher.decrypt(_nonce(part, place, not after), here, None)
            here, place = after, place + 1
        if not place:
            raise InvalidTag


def _nonce(part: bytes, place: int, last: bool) -> bytes:
    return part + place.to_bytes(10) + (b"\1" if last else b"\0")


def _plain(stored: BinaryIO) -> Iterator[bytes]:
    with stored:
        while here := stored.read(SEGMENT):
            yield here
