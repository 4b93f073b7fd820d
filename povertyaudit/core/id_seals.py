"""ID numbers that may have to be shown again: encrypted with AES-256-GCM, each tied to the person's `id_key`.

The key is derived from `settings.VAULT_KEY`; who opens one records the look first. Made for registers of millions of
rows: a `Sealer` derives its key once for a whole file.
"""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from povertyaudit.core import vault
from povertyaudit.core.errors import DomainError
from povertyaudit.core.vault import KeyMissing

NONCE = 12


class Sealer:
    """Seals numbers under one key; `key_id` is kept beside what it sealed, so that a later key can take over."""

    @sensitive_variables()
    def __init__(self, passphrase: str = "") -> None:
        secret = hashlib.sha256(
            b"povertyaudit.idnumber.1\0" + (passphrase or settings.VAULT_KEY).encode()
        ).digest()
        self.key_id = hashlib.sha256(b"id\0" + secret).hexdigest()[:16]
        self.cipher = AESGCM(secret)

    @sensitive_variables()
    def seal(self, number: str, id_key: bytes) -> bytes:
        """`number` encrypted: 12 bytes nonce, the text, 16 bytes tag; moved to another `id_key` it no longer opens."""
        nonce = os.urandom(NONCE)
        return nonce + self.cipher.encrypt(nonce, number.encode(), id_key)

    @sensitive_variables()
    def unseal(self, sealed: bytes, id_key: bytes) -> str:
        """The number. Raises InvalidTag when it was altered or moved."""
        return self.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], id_key).decode()


@sensitive_variables()
def unseal(sealed: bytes, key_id: str, id_key: bytes) -> str:
    """The number under whichever key at hand sealed it; the caller records the look. Raises KeyMissing, DomainError."""
    for passphrase in (settings.VAULT_KEY, *settings.VAULT_OLD_KEYS):
        sealer = Sealer(passphrase)
        if sealer.key_id == key_id:
            try:
                return sealer.unseal(sealed, id_key)
            except InvalidTag:
                text = "身份证号密文已损坏或被改动，无法查看，请联系安全保密管理员。"
                raise DomainError("idnumber.broken", text) from None
    raise KeyMissing


@sensitive_variables()
def keys() -> dict[str, str]:
    """Id of each key numbers are sealed under → id of the vault's key that came of the same secret, the present first."""
    passphrases = (settings.VAULT_KEY, *settings.VAULT_OLD_KEYS)
    ids = (vault.present_key(), *vault.old_keys())
    return {Sealer(passphrase).key_id: key_id for passphrase, key_id in zip(passphrases, ids, strict=True)}
