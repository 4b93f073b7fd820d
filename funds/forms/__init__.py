"""Shape of what people type about the money."""

from funds.forms.misuse import MisuseForm
from funds.forms.recovery import (
    ConfirmReturnForm,
    DecideReliefForm,
    HouseholdRows,
    RaiseOwedForm,
    RecoveryForm,
    ReliefForm,
    ReturnsForm,
    SheetForm,
    VoidRecoveryForm,
)

__all__ = [
    "ConfirmReturnForm",
    "DecideReliefForm",
    "HouseholdRows",
    "MisuseForm",
    "RaiseOwedForm",
    "RecoveryForm",
    "ReliefForm",
    "ReturnsForm",
    "SheetForm",
    "VoidRecoveryForm",
]
