"""Rows that are known as their round is."""

from typing import Any


class OfRound:
    """In a secret round they are as secret as it is."""

    round: Any

    @property
    def is_secret_now(self) -> bool:
        secret: bool = self.round.is_secret_now
        return secret
