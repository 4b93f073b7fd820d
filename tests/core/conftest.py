"""Fixtures of the kernel's stories."""

from tests.core.pages import finance, row
from tests.core.receivers import receiver

__all__ = ["finance", "receiver", "row"]
