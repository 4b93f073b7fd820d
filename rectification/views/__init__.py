"""Pages of items: the list, the record with its tree, one form a verb."""

from rectification.views.acts import (
    ExtensionAsked,
    ExtensionDecision,
    ItemAct,
    ItemBulk,
    SignAct,
    VerifyAct,
    VerifyBulk,
)
from rectification.views.evidence import EvidenceList, EvidencePage, NewNeed, PastEvidenceList
from rectification.views.items import EditItem, ItemList, ItemPage, NewItem, ReportList
from rectification.views.reporting import ReportPage
from rectification.views.stages import LongTermList, StageReport

__all__ = [
    "EditItem",
    "EvidenceList",
    "EvidencePage",
    "ExtensionAsked",
    "ExtensionDecision",
    "ItemAct",
    "ItemBulk",
    "ItemList",
    "ItemPage",
    "LongTermList",
    "NewItem",
    "NewNeed",
    "PastEvidenceList",
    "ReportList",
    "ReportPage",
    "SignAct",
    "StageReport",
    "VerifyAct",
    "VerifyBulk",
]
