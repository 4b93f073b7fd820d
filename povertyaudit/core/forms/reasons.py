"""The select of a reason code, above the opinion."""

from functools import partial
from typing import Any

from django import forms

from povertyaudit.core import reasons
from povertyaudit.core.forms.base import RequiredOpinionForm
from povertyaudit.core.models import Purpose


def _offered(purpose: Purpose) -> list[tuple[str, str]]:
    return [("", "不选择"), *reasons.choices(purpose)]


def reason_field(purpose: Purpose, **kwargs: Any) -> forms.ChoiceField:
    """Asks the list each time a form is drawn: it may have changed since the start."""
    return forms.ChoiceField(label="原因", required=False, choices=partial(_offered, purpose), **kwargs)


class SendBackForm(RequiredOpinionForm):
    """退回: which reason of the list, and in words."""

    reason_code = reason_field(Purpose.SEND_BACK)
    field_order = ("reason_code", "note")
