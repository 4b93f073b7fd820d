"""The kernel's tables, one module per noun."""

from povertyaudit.core.models.attachments import Attachment
from povertyaudit.core.models.base import UNNUMBERED, Dossier, Row, new_public_id
from povertyaudit.core.models.calendar import CalendarDay, CalendarYear
from povertyaudit.core.models.channels import Channel, Delivery, NoticePreference, OutboundHost
from povertyaudit.core.models.clocks import Clock
from povertyaudit.core.models.comments import Comment
from povertyaudit.core.models.favourites import Favourite
from povertyaudit.core.models.idempotency import IdempotencyRecord
from povertyaudit.core.models.jobs import Heartbeat, Job
from povertyaudit.core.models.ladder import LadderStep
from povertyaudit.core.models.lights import LightScheme
from povertyaudit.core.models.limits import Tally
from povertyaudit.core.models.lists import ListLayout, SavedView
from povertyaudit.core.models.numbering import Counter, NumberScheme
from povertyaudit.core.models.outbox import Notification, ScanRun
from povertyaudit.core.models.people import Post, User
from povertyaudit.core.models.persons import Person
from povertyaudit.core.models.places import Area, Level, Region, Unit, UnitAlias, UnitKind
from povertyaudit.core.models.reading import FileReading, FileText
from povertyaudit.core.models.reasons import Purpose, ReasonCode
from povertyaudit.core.models.record import AuditEntry, AuditValue, ChainHead, Change, Seal, SealLeaf
from povertyaudit.core.models.recusals import Recusal
from povertyaudit.core.models.region_history import (
    RegionAttribute,
    RegionChange,
    RegionLoad,
    RegionMark,
    RegionName,
)
from povertyaudit.core.models.resets import PasswordReset
from povertyaudit.core.models.roles import KEEPERS, OFFICERS, AccountState, Role
from povertyaudit.core.models.rules import ClockRule
from povertyaudit.core.models.signatures import SignatureBase
from povertyaudit.core.models.terms import Listed, Term, TermAct, TermQuerySet, TermState
from povertyaudit.core.models.token_scopes import TokenScope, TokenUse
from povertyaudit.core.models.tokens import ApiToken, UserSession
from povertyaudit.core.models.unit_changes import UnitAct, UnitChange, UnitChangeState
from povertyaudit.core.models.vault import FileKey, VaultEntry

__all__ = [
    "KEEPERS",
    "OFFICERS",
    "UNNUMBERED",
    "AccountState",
    "ApiToken",
    "Area",
    "Attachment",
    "AuditEntry",
    "AuditValue",
    "CalendarDay",
    "CalendarYear",
    "ChainHead",
    "Change",
    "Channel",
    "Clock",
    "ClockRule",
    "Comment",
    "Counter",
    "Delivery",
    "Dossier",
    "Favourite",
    "FileKey",
    "FileReading",
    "FileText",
    "Heartbeat",
    "IdempotencyRecord",
    "Job",
    "LadderStep",
    "LightScheme",
    "Level",
    "ListLayout",
    "NoticePreference",
    "Notification",
    "Listed",
    "NumberScheme",
    "OutboundHost",
    "PasswordReset",
    "Person",
    "Post",
    "Purpose",
    "ReasonCode",
    "Recusal",
    "Region",
    "RegionAttribute",
    "RegionChange",
    "RegionLoad",
    "RegionMark",
    "RegionName",
    "Role",
    "Row",
    "SavedView",
    "ScanRun",
    "Seal",
    "SealLeaf",
    "SignatureBase",
    "Tally",
    "Term",
    "TermAct",
    "TermQuerySet",
    "TermState",
    "TokenScope",
    "TokenUse",
    "Unit",
    "UnitAct",
    "UnitAlias",
    "UnitChange",
    "UnitChangeState",
    "UnitKind",
    "User",
    "UserSession",
    "VaultEntry",
    "new_public_id",
]
