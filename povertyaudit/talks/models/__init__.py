"""Tables of 约谈."""

from povertyaudit.talks.models.rules import LEVELS, TalkRank, TalkRule
from povertyaudit.talks.models.talks import (
    NextStep,
    Talk,
    TalkKind,
    TalkOrigin,
    TalkSignature,
    TalkState,
)

__all__ = (
    "LEVELS",
    "NextStep",
    "Talk",
    "TalkKind",
    "TalkOrigin",
    "TalkRank",
    "TalkRule",
    "TalkSignature",
    "TalkState",
)
