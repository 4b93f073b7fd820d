"""Shape of what people type about items."""

from rectification.forms.items import (
    RESPONSIBILITY,
    DecisionForm,
    EditForm,
    ExtensionForm,
    ItemFacts,
    ItemForm,
    LongTermForm,
    ReopenForm,
)
from rectification.forms.work import (
    EditMeasureForm,
    EditResultForm,
    EvidenceChoice,
    EvidenceForm,
    MeasureChoice,
    MeasureForm,
    MeasureRows,
    RemoveEvidenceForm,
    RemoveMeasureForm,
    ReportForm,
    ResultChoice,
    ResultForm,
)

__all__ = [
    "DecisionForm",
    "EditForm",
    "EditMeasureForm",
    "EditResultForm",
    "EvidenceChoice",
    "EvidenceForm",
    "ExtensionForm",
    "ItemFacts",
    "ItemForm",
    "LongTermForm",
    "MeasureChoice",
    "MeasureForm",
    "MeasureRows",
    "RESPONSIBILITY",
    "RemoveEvidenceForm",
    "RemoveMeasureForm",
    "ReopenForm",
    "ReportForm",
    "ResultChoice",
    "ResultForm",
]
