"""Tables of 整改与销号, one module per noun."""

from rectification.models.items import Completion, Item, Source, State, Step
from rectification.models.links import Closing, ItemMisuse, ItemSignature, ItemUnit
from rectification.models.notices import (
    CommentChannel,
    CommentState,
    NoticeComment,
    NoticeGround,
    NoticeLine,
    NoticeProblem,
    NoticeState,
    PublicNotice,
)
from rectification.models.work import (
    Evidence,
    EvidenceKind,
    ExtensionRequest,
    Measure,
    MeasureState,
    ProgressReport,
    RequestState,
    Result,
)

__all__ = [
    "Closing",
    "CommentChannel",
    "CommentState",
    "Completion",
    "Evidence",
    "EvidenceKind",
    "ExtensionRequest",
    "Item",
    "ItemMisuse",
    "ItemSignature",
    "ItemUnit",
    "Measure",
    "MeasureState",
    "NoticeComment",
    "NoticeGround",
    "NoticeLine",
    "NoticeProblem",
    "NoticeState",
    "ProgressReport",
    "PublicNotice",
    "RequestState",
    "Result",
    "Source",
    "State",
    "Step",
]
