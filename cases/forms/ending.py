"""What is typed round 办结: the checklist, the answer to the complainant."""

from typing import Any

from django import forms

from cases.forms.handling import LONG
from cases.models import EndingTerm
from povertyaudit.core.forms import CleanTextField, DateField, OpinionForm, PageForm

ITEM = "item_"


class TickForm(PageForm):
    """One line for each item of the list in force."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in EndingTerm.objects.checks().on():
            self.fields[f"{ITEM}{item.code}"] = CleanTextField(
                label=item.name, required=False, rows=2, max_length=LONG
            )

    def grounds(self) -> list[dict[str, Any]]:
        """What was written, by item."""
        items = {f"{ITEM}{item.code}": item for item in EndingTerm.objects.checks().on()}
        return [{"item": items[name], "ground": text} for name, text in self.cleaned_data.items() if text]


class DraftFeedbackForm(PageForm):
    draft = CleanTextField(
        label="反馈意见", rows=6, max_length=LONG,
        help_text="写明查核结论和处理情况；不写反映人信息，由登记单位向反映人反馈。",
    )  # fmt: skip


class FeedbackForm(OpinionForm):
    fed_back_on = DateField(label="反馈日期", latest_today=True)
    way = forms.ModelChoiceField(
        EndingTerm.objects.none(),
        label="反馈方式",
        required=False,
        to_field_name="code",
        empty_label="（未登记）",
    )
    objects_to = forms.BooleanField(label="反映人有异议", required=False)
    new_evidence = forms.BooleanField(label="反映人提供新的证据线索", required=False)
    objection = CleanTextField(
        label="异议和新证据的内容", required=False, rows=3, max_length=LONG, help_text="不写反映人信息。"
    )
    note = CleanTextField(label="反馈情况", required=False, rows=3, max_length=LONG)
    field_order = ("fed_back_on", "way", "objects_to", "new_evidence", "objection", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way: Any = self.fields["way"]
        way.queryset = EndingTerm.objects.ways().on()
