"""Tables of 整改与销号, one module per noun."""

from inspections.models.rhythms import Cadence
from rectification.models.arranging import Arrangement, ArrangementState, Arranging
from rectification.models.boards import BoardRule, RankedUnit, UnitRanking
from rectification.models.check_rules import CheckAxis, CheckKind, CheckLevel, CheckRule
from rectification.models.checking import SentBack, VerificationWay, Way
from rectification.models.escalation import Escalation, EscalationPause, EscalationState, Pursuit
from rectification.models.evidence import (
    EvidenceKind,
    EvidenceNeed,
    EvidenceSort,
    NeedAxis,
    NeedLevel,
    PastAct,
    PastEvidence,
)
from rectification.models.extending import ExtensionRule
from rectification.models.items import Item
from rectification.models.links import Closing, ItemMisuse, ItemSignature, ItemUnit
from rectification.models.look_back_checks import (
    KINDS,
    RETURNED,
    LookBackAnswer,
    LookBackCheck,
    LookBackCheckState,
)
from rectification.models.look_backs import (
    LookBack,
    LookBackDraw,
    LookBackOrigin,
    LookBackPool,
    LookBackQuestion,
    LookBackState,
    LookBackUnit,
)
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
from rectification.models.paper_money import PaperMisuse
from rectification.models.periods import (
    FigureKind,
    ItemRhythm,
    PeriodFigure,
    PeriodReport,
    PeriodSignature,
    PeriodState,
    ReportRhythm,
)
from rectification.models.publishing import Objection, ObjectionState, Publication
from rectification.models.regrouping import Regroup, Regrouping, RegroupState
from rectification.models.source_papers import PaperKind, PaperState, SourcePaper
from rectification.models.stages import Stage, StageOutcome, StageSignature
from rectification.models.work import (
    Evidence,
    ExtensionRequest,
    Measure,
    MeasureState,
    ProgressReport,
    RequestState,
    Result,
)
from rectification.states import (
    PAPERED,
    REGROUPED,
    UNCOUNTED,
    UNSENT,
    Completion,
    Source,
    State,
    Step,
)

__all__ = [
    "Arrangement",
    "ArrangementState",
    "Arranging",
    "BoardRule",
    "Cadence",
    "CheckAxis",
    "CheckKind",
    "CheckLevel",
    "CheckRule",
    "Closing",
    "CommentChannel",
    "CommentState",
    "Completion",
    "Escalation",
    "EscalationPause",
    "EscalationState",
    "Evidence",
    "EvidenceKind",
    "EvidenceNeed",
    "EvidenceSort",
    "ExtensionRequest",
    "ExtensionRule",
    "FigureKind",
    "Item",
    "ItemMisuse",
    "ItemRhythm",
    "ItemSignature",
    "ItemUnit",
    "Measure",
    "MeasureState",
    "NeedAxis",
    "NeedLevel",
    "NoticeComment",
    "NoticeGround",
    "NoticeLine",
    "NoticeProblem",
    "NoticeState",
    "Objection",
    "ObjectionState",
    "PAPERED",
    "PaperKind",
    "PaperMisuse",
    "PaperState",
    "PastAct",
    "PastEvidence",
    "PeriodFigure",
    "PeriodReport",
    "PeriodSignature",
    "PeriodState",
    "ProgressReport",
    "PublicNotice",
    "REGROUPED",
    "UNCOUNTED",
    "UNSENT",
    "RankedUnit",
    "Regroup",
    "RegroupState",
    "Regrouping",
    "Pursuit",
    "Publication",
    "ReportRhythm",
    "RequestState",
    "Result",
    "SentBack",
    "Source",
    "SourcePaper",
    "Stage",
    "StageOutcome",
    "StageSignature",
    "State",
    "Step",
    "UnitRanking",
    "VerificationWay",
    "Way",
    "KINDS",
    "RETURNED",
    "LookBackAnswer",
    "LookBackCheck",
    "LookBackCheckState",
    "LookBack",
    "LookBackDraw",
    "LookBackOrigin",
    "LookBackPool",
    "LookBackQuestion",
    "LookBackState",
    "LookBackUnit",
]
