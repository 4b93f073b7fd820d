"""ID numbers by the hundred thousand: cleaned, keyed and sealed as `idnumbers` and `id_seals` do it one by one.

Of a number that was found right the places, the date and the running number are remembered apart: of another one made
of parts that are known only the check character is left to ask. Here no function is marked `sensitive_variables`, which
would cost more than the work itself; no log shows what a variable held (`povertyaudit.logs`).
"""

import hmac
import os

from povertyaudit.core.id_seals import NONCE, Sealer
from povertyaudit.core.idnumbers import CHECKS, ID_KEY_BYTES, WEIGHTS, clean_id_number, match_secret

MOST_PARTS = 100_000  # remembered of each kind; what comes after is looked at whole
NONCES = 10_000  # asked for at once


class Numbers:
    """The numbers of one file, under the present keys."""

    def __init__(self) -> None:
        sealer = Sealer()
        self.key_id, self._encrypt = sealer.key_id, sealer.cipher.encrypt
        self._secret, self._nonces, self._at = match_secret(), b"", 0
        self._places: dict[str, int] = {}
        self._dates: dict[str, int] = {}
        self._runs: dict[str, int] = {}

    def clean(self, text: str) -> str:
        """As `clean_id_number`. Raises ValidationError."""
        if len(text) == 18:
            try:
                total = self._places[text[:6]] + self._dates[text[6:14]] + self._runs[text[14:17]]
            except KeyError:
                return self._whole(text)
            if CHECKS[total % 11] == text[17]:
                return text
        return self._whole(text)

    def _whole(self, text: str) -> str:
        number = clean_id_number(text)
        for parts, start, end in ((self._places, 0, 6), (self._dates, 6, 14), (self._runs, 14, 17)):
            if len(parts) < MOST_PARTS:
                parts[number[start:end]] = _sum(number[start:end], start)
        return number

    def keyed(self, number: str) -> tuple[bytes, bytes]:
        """`(id_key, sealed)` of a clean number."""
        plain = number.encode()
        key = hmac.digest(self._secret, plain, "sha256")[:ID_KEY_BYTES]
        at = self._at
        if at >= len(self._nonces):
            self._nonces, at = os.urandom(NONCE * NONCES), 0
        self._at = at + NONCE
        nonce = self._nonces[at : at + NONCE]
        return key, nonce + self._encrypt(nonce, plain, key)


def _sum(digits: str, start: int) -> int:
    return sum(int(digit) * WEIGHTS[start + place] for place, digit in enumerate(digits))
