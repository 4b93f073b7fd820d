"""登记台: the registration for a stack of letters, and what the clerk keeps from one to the next."""

from typing import Any

from django import forms

from cases.forms.registering import RegisterForm

# What may be kept. Nothing of the complainant is on the list.
KEEPABLE = (
    ("channel", "来源渠道"), ("details", "来件情况"), ("kind", "类型"), ("received_on", "受理日期"),
    ("identity_status", "署名情况"), ("region", "问题属地"), ("category", "问题类别"), ("style", "作风问题"),
)  # fmt: skip
USUALLY_KEPT = ["channel", "received_on"]


class DeskForm(RegisterForm):
    sections: Any = (*RegisterForm.sections, ("接着登记", ("keep",)))

    keep = forms.MultipleChoiceField(
        label="下一件保留", choices=KEEPABLE, required=False, widget=forms.CheckboxSelectMultiple
    )


def plain(value: Any) -> Any:
    """A cleaned value as it is kept and as the next form begins with it: codes and words only."""
    return value if value is None or isinstance(value, bool) else str(getattr(value, "code", value))
