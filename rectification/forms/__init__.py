"""Shape of what people type about items."""

from rectification.forms.evidence import (
    EvidenceForm,
    NeedForm,
    PairForm,
    RemoveEvidenceForm,
    ReplaceEvidenceForm,
)
from rectification.forms.fields import BeforeChoice, EvidenceChoice, KindField, MeasureChoice
from rectification.forms.items import (
    RESPONSIBILITY,
    DecisionForm,
    EditForm,
    ExtensionForm,
    ItemFacts,
    ItemForm,
    LongTermForm,
    ReopenForm,
    StageForm,
    StageReportForm,
)
from rectification.forms.publishing import (
    ArchiveForm,
    DismissForm,
    ObjectionForm,
    PublicationForm,
    UpholdForm,
)
from rectification.forms.verifying import VerifyForm
from rectification.forms.work import (
    EditMeasureForm,
    EditResultForm,
    MeasureForm,
    MeasureRows,
    NewMeasureForm,
    RemoveMeasureForm,
    ReportForm,
    ResultChoice,
    ResultForm,
)

__all__ = [
    "BeforeChoice",
    "KindField",
    "NeedForm",
    "PairForm",
    "ReplaceEvidenceForm",
    "ArchiveForm",
    "DismissForm",
    "ObjectionForm",
    "PublicationForm",
    "UpholdForm",
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
    "NewMeasureForm",
    "RESPONSIBILITY",
    "RemoveEvidenceForm",
    "RemoveMeasureForm",
    "ReopenForm",
    "ReportForm",
    "StageForm",
    "StageReportForm",
    "ResultChoice",
    "ResultForm",
    "VerifyForm",
]
