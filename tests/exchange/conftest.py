"""The receiver of messages, as the stories of channels have it."""

from tests.core.receivers import receiver as receiver
