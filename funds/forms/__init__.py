"""Shape of what people type about the money."""

from funds.forms.misuse import MisuseForm
from funds.forms.recovery import RecoveryForm, VoidRecoveryForm

__all__ = ["MisuseForm", "RecoveryForm", "VoidRecoveryForm"]
