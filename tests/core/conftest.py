"""Fixtures of the kernel's stories."""

from tests.core.receivers import receiver

__all__ = ["receiver"]
