"""Form fields and base forms of all pages."""

from povertyaudit.core.forms.base import BaseRows, OpinionForm, PageForm, RequiredOpinionForm, formset_of
from povertyaudit.core.forms.choosers import RegionField, UnitField, UserField
from povertyaudit.core.forms.fields import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    IdNumberField,
    MoneyField,
    MonthField,
    UploadField,
    UploadsField,
)
from povertyaudit.core.forms.numbers import NumberField
from povertyaudit.core.forms.reasons import SendBackForm, reason_field

__all__ = [
    "BaseRows",
    "CleanCodeField",
    "CleanLineField",
    "CleanTextField",
    "DateField",
    "IdNumberField",
    "MoneyField",
    "MonthField",
    "NumberField",
    "OpinionForm",
    "PageForm",
    "RegionField",
    "RequiredOpinionForm",
    "SendBackForm",
    "UnitField",
    "UploadField",
    "UploadsField",
    "UserField",
    "formset_of",
    "reason_field",
]
