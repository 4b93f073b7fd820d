"""An uploaded register until it is loaded: encrypted in the store, because it is full of ID numbers.

Sealed under a key derived from the vault's and the file's own digest; nothing has to be kept beside. When the vault's
key changes in between, the file does not open and has to be uploaded again. The night's sweep removes what no register
names any more.
"""

import hashlib
import io
import os
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from funds.models import Register
from povertyaudit.core import store
from povertyaudit.core.errors import RuleBroken

NONCE = 12
CANNOT = "上传的文件打不开（可能更换过保密密钥），请重新上传。"


@sensitive_variables()
def kept(content: bytes, file_digest: str) -> str:
    """Keep the bytes sealed; returns the hash under which they lie."""
    nonce = os.urandom(NONCE)
    return store.keep(nonce + _cipher(file_digest).encrypt(nonce, content, None))


@sensitive_variables()
def opened(register: Register) -> IO[bytes]:
    """The plain bytes. Raises RuleBroken."""
    try:
        sealed = store.path_of(register.spool_sha256).read_bytes()
        return io.BytesIO(_cipher(register.file_digest).decrypt(sealed[:NONCE], sealed[NONCE:], None))
    except (OSError, InvalidTag):
        raise RuleBroken("register.spool", CANNOT) from None


@sensitive_variables()
def _cipher(file_digest: str) -> AESGCM:
    secret = b"povertyaudit.register.1\0" + settings.VAULT_KEY.encode() + b"\0" + file_digest.encode()
    return AESGCM(hashlib.sha256(secret).digest())
